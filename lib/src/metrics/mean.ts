import {tf} from '../tfjs/tensorflow';
import type {Values} from '../losses/loss';
import type {Metric} from './metric';

/**
 * The mean over all examples; over all steps that aren't masked where the values have steps.
 *
 * @param anyLabels whether the labels may have another shape than the outputs
 */
export function mean(values: Values, anyLabels = false): Metric {
  return {
    anyLabels,
    size: 2,
    count(yTrue, prediction) {
      const each = values(yTrue, prediction).toFloat();
      const {mask} = prediction;
      // A function that gives the mean of its batch gives it for all the batch's examples.
      if (each.rank === 0) return tf.stack([each, tf.scalar(1)]).mul(yTrue.shape[0]);
      if (mask?.size !== each.size) return tf.stack([each.sum(), tf.scalar(each.size)]);
      const counted = mask.toFloat();
      return tf.stack([each.mul(counted.reshape(each.shape)).sum(), counted.sum()]);
    },
    result: ([sum, count]) => ratio(sum!, count!),
  };
}

/** As in Keras, nothing out of nothing is 0. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
