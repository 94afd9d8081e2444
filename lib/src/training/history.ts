/**
 * What a training run reported, epoch by epoch, under Keras's names.
 *
 * @example
 * history.metrics.val_accuracy.at(-1); // accuracy on the validation images after the last epoch, 0 to 1
 */
export class History {
  /** The epochs that ran, from 0. */
  readonly epochs: number[] = [];
  /** One number an epoch under each name: loss, accuracy, val_loss, val_accuracy. */
  readonly metrics: Record<string, number[]> = {};

  /** Adds the logs of a finished epoch. */
  add(epoch: number, logs: Record<string, number>): void {
    this.epochs.push(epoch);
    for (const [name, value] of Object.entries(logs)) (this.metrics[name] ??= []).push(value);
  }
}
