/** The stop button, against a cell that waits. */
import {type CellError, plainError} from './errors';

export const INTERRUPTED = plainError('Interrupted', 'the cell was stopped');

/** A race of a cell against the stop button. */
export class Interruption {
  private reject: (reason: unknown) => void = () => undefined;
  private readonly promise = new Promise<never>((_, reject) => {
    this.reject = reject;
  });

  constructor() {
    this.promise.catch(() => undefined);
  }

  private happened = false;

  happen(): void {
    this.happened = true;
    this.reject(INTERRUPTED);
  }

  /** @throws what ends the cell, when the button was pressed before its code began: while it was compiled */
  async before(): Promise<void> {
    if (this.happened) await this.promise;
  }

  async race(value: unknown): Promise<unknown> {
    return Promise.race([value, this.promise]);
  }
}

/** What a stopped cell ended with: a wait that was given up, or a loop that the signal itself broke. */
export function interruptionOf(thrown: unknown): CellError | undefined {
  const broken = (thrown as NodeJS.ErrnoException | undefined)?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
  return broken || thrown === INTERRUPTED ? INTERRUPTED : undefined;
}
