/** What a cell prints, as it prints it: pieces that come close together travel in one message. */

export type StreamName = 'stdout' | 'stderr';

/** The reader sees what was printed after so long at the latest. */
const MOST_DELAY_MS = 20;

/** Takes the place of the process's own output. */
export class Stdio {
  private name: StreamName = 'stdout';
  private waiting: string[] = [];
  private since = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param send is called with the text of a message */
  constructor(private readonly send: (name: StreamName, text: string) => void) {
    for (const name of ['stdout', 'stderr'] as const) {
      const decoder = new TextDecoder();
      process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
        this.write(name, typeof chunk === 'string' ? chunk : decoder.decode(chunk, {stream: true}));
        const done = rest.at(-1);
        if (typeof done === 'function') process.nextTick(done);
        return true;
      };
    }
  }

  /** Sends what waits; called before anything else is sent, so that all comes in its order. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    const text = this.waiting.join('');
    this.waiting = [];
    this.send(this.name, text);
  }

  private write(name: StreamName, text: string): void {
    if (name !== this.name) this.flush();
    this.name = name;
    if (this.waiting.length === 0) this.since = performance.now();
    this.waiting.push(text);
    // A loop that never pauses lets no timer run: it looks at the clock itself.
    if (performance.now() - this.since > MOST_DELAY_MS) this.flush();
    else
      this.timer ??= setTimeout(() => {
        this.flush();
      }, MOST_DELAY_MS);
  }
}
