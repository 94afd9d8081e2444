const running = new Set<Interrupt>();

/**
 * Asks every `fit`, `evaluate` and `predict` under way to stop after its current batch.
 * `fit` then resolves with the epochs it finished, and the model keeps what it has learnt; the other two reject.
 *
 * @returns Whether anything was running.
 * @throws Nothing.
 *
 * @example
 * setTimeout(interruptTraining, 60_000); // a minute, and no longer
 * await fit(model, x, y, {epochs: 1000});
 */
export function interruptTraining(): boolean {
  for (const interrupt of running) interrupt.requested = true;
  return running.size > 0;
}

/**
 * A stop request that one run listens for. Ctrl-C in a terminal and the notebook's stop button both arrive as SIGINT;
 * while a run listens, the first one ends the run rather than the process.
 */
export class Interrupt {
  requested = false;
  private readonly listener = () => {
    this.requested = true;
  };

  constructor() {
    running.add(this);
    // Not at once: tslab runs the first part of a cell under Node's own SIGINT guard, and a listener added inside it
    // leaves the process without any when the guard goes, so that the stop button would kill the kernel.
    queueMicrotask(() => {
      // once: a second Ctrl-C finds no listener, and does what it always does.
      if (running.has(this)) process.once('SIGINT', this.listener);
    });
  }

  /** Stops listening. */
  close(): void {
    running.delete(this);
    process.off('SIGINT', this.listener);
  }
}

/** Lets timers, sockets and signals have their turn when the last one is some while ago. */
export class Breather {
  private last = performance.now();

  /** @param everyMs Work this long without a pause; a single batch that takes longer can't be cut. */
  constructor(private readonly everyMs = 25) {}

  async breathe(): Promise<void> {
    if (performance.now() - this.last < this.everyMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.last = performance.now();
  }
}
