import type {tf} from '../tfjs/tensorflow';
import type {Reduction} from './configured';

/**
 * A batch's loss from its values: their sum, each with its weight, by how many there are. Of steps that are masked
 * neither counts. With the reduction 'sum' it is their sum alone. Source: Keras, losses/loss.py.
 *
 * @param values [n, …], or their mean.
 * @param weights [n], or of the values' shape.
 * @param mask [n, steps].
 * @throws Error for a mean with weights.
 */
export function reduced(
  values: tf.Tensor,
  weights: tf.Tensor | undefined,
  mask: tf.Tensor | undefined,
  reduction: Reduction = 'mean',
): tf.Scalar {
  if (values.rank === 0) {
    if (weights === undefined) return values as tf.Scalar;
    throw new Error(
      'classWeight and sampleWeight need a loss that returns a value for each example; the one that the model was compiled with returns a single number: leave out its last mean()',
    );
  }
  const counted = mask?.size === values.size ? mask.toFloat().reshape(values.shape) : undefined;
  const weighted = [weights && alongside(weights, values), counted].reduce<tf.Tensor>(
    (product, factor) => (factor ? product.mul(factor) : product),
    values,
  );
  if (reduction === 'sum') return weighted.sum();
  // A batch of nothing but padding has no loss, rather than none that is a number.
  return counted ? weighted.sum().div(counted.sum().maximum(1)) : weighted.mean();
}

/** In the values' rank: weights for each example count for all its values. */
function alongside(weights: tf.Tensor, values: tf.Tensor): tf.Tensor {
  const shape = values.shape.map((_, i) => weights.shape[i] ?? 1);
  return weights.toFloat().reshape(shape);
}
