/** So many times the limit may pass on the clock, should nothing compute at all. */
const MOST = 20;

export interface Deadline {
  /** What is waited for has given a sign of life: its time begins anew. */
  readonly refresh: () => void;
  /** Nothing is waited for any more. */
  readonly clear: () => void;
}

/**
 * Waits until this process has computed for so long. On a machine with more to do than processors a thread may stand still
 * for seconds, through no fault of its own; a clock would take it for one that comes to no end.
 *
 * @param limit in milliseconds of the processor's time, all threads of this process together
 * @param passed is called once, when the limit has passed since the beginning or the last `refresh`
 */
export function startDeadline(limit: number, passed: () => void): Deadline {
  let computed = process.cpuUsage();
  let began = performance.now();
  let timer = setTimeout(look, limit);

  function look(): void {
    const {user, system} = process.cpuUsage(computed);
    const left = limit - (user + system) / 1000;
    if (left <= 0 || performance.now() - began >= MOST * limit) passed();
    else timer = setTimeout(look, left);
  }
  return {
    refresh: () => {
      computed = process.cpuUsage();
      began = performance.now();
      timer.refresh();
    },
    clear: () => {
      clearTimeout(timer);
    },
  };
}
