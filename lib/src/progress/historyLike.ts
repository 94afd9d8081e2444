/** What has been measured epoch by epoch: a History, or any object of its form. */
export interface HistoryLike {
  /** The epochs that ran, counted from 0. */
  readonly epoch: readonly number[];
  /** One number an epoch under each of Keras's names: loss, accuracy, val_loss, val_accuracy, … */
  readonly history: Readonly<Record<string, readonly number[]>>;
}
