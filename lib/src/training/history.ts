/**
 * What `fit` measured, epoch by epoch, under Keras's names.
 *
 * @example
 * history.history.val_accuracy.at(-1); // accuracy on the validation images after the last epoch, 0 to 1
 */
export class History {
  /** The epochs that ran, counted from 0. */
  readonly epoch: number[] = [];
  /** One number an epoch under each name: loss, accuracy, val_loss, val_accuracy. */
  readonly history: Record<string, number[]> = {};

  /** @deprecated An earlier name: use `epoch`. */
  get epochs(): number[] {
    return this.epoch;
  }

  /** @deprecated An earlier name: use `history`. */
  get metrics(): Record<string, number[]> {
    return this.history;
  }

  /**
   * Adds the logs of a finished epoch.
   *
   * @param epoch Counted from 0.
   * @param logs Its losses and metrics.
   */
  add(epoch: number, logs: Record<string, number>): void {
    this.epoch.push(epoch);
    for (const [name, value] of Object.entries(logs)) this.valuesOf(name).push(value);
  }

  /** A metric may be called `constructor`, which every object has already. */
  private valuesOf(name: string): number[] {
    if (!Object.hasOwn(this.history, name)) {
      Object.defineProperty(this.history, name, {value: [], enumerable: true, configurable: true, writable: true});
    }
    return this.history[name]!;
  }
}
