import type {tf} from '../tfjs/tensorflow';
import type {Prediction} from '../losses/loss';

/** A metric: batches are counted, and the result comes from the counts of all, so that a ratio is that of the epoch. */
export interface Metric {
  /** Whether labels may have another shape than the outputs, such as class numbers beside a column for each class. */
  readonly anyLabels?: boolean;
  /** How many numbers it counts. */
  readonly size: number;
  /** What a batch adds to the counts: [size]. */
  count(yTrue: tf.Tensor, prediction: Prediction): tf.Tensor;
  /** The metric, from the sum of the batches' counts. */
  result(counts: readonly number[]): number;
}
