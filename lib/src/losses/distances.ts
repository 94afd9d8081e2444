// Distances of Keras's that TensorFlow.js lacks, or has otherwise: losses/losses.py.
import {tf} from '../tfjs/tensorflow';
import type {Values} from './loss';

/** Half the square up to `delta`, and from there on as steep as it is there. */
export function huber({delta = 1}: {delta?: number} = {}): Values {
  return (yTrue, {values}) => {
    const distance = values.sub(yTrue.toFloat()).abs();
    const near = distance.minimum(delta);
    // Where it is further: delta times the rest.
    return near.square().mul(0.5).add(distance.sub(near).mul(delta)).mean(-1);
  };
}

/** The cosine of the angle between labels and outputs: 1 for the same direction. */
export const cosine: Values = (yTrue, {values}) => direction(yTrue.toFloat()).mul(direction(values)).sum(-1);

/** -1 for the same direction. */
export const cosineSimilarity: Values = (yTrue, prediction) => cosine(yTrue, prediction).neg();

function direction(x: tf.Tensor): tf.Tensor {
  return x.mul(tf.minimum(x.square().sum(-1, true).rsqrt(), 1e7));
}
