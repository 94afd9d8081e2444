import type {tf} from '../tfjs/tensorflow';

/** What a model put out for a batch, with what a loss may need to know about it. */
export interface Prediction {
  values: tf.Tensor;
  /** What stood before the softmax or sigmoid that made these values; undefined where nothing of the kind did. */
  logits?: tf.Tensor;
  /** Which steps of a sequence count, [n, steps]; undefined where all do. */
  mask?: tf.Tensor;
}

/** Values for n examples, [n, …], or their mean; of a loss, or of a metric that is a mean. */
export type Values = (yTrue: tf.Tensor, prediction: Prediction) => tf.Tensor;
