// Keras's focal cross-entropies, in which examples that the model is sure of count less: losses/losses.py.
import {tf} from '../tfjs/tensorflow';
import {clip, logitsOf, sigmoidCrossentropy, smooth, type CrossentropyOptions} from './crossentropy';
import type {Values} from './loss';

/** How much less they count. */
export interface FocalOptions extends CrossentropyOptions {
  /** The larger, the less. Default 2. */
  gamma?: number;
  /** What the ones count, out of 1. Default 0.25. */
  alpha?: number;
}

/** Of labels in [0, 1], one for each output; `alpha` counts with `applyClassBalancing` only. */
export function binaryFocalCrossentropy(options: FocalOptions & {applyClassBalancing?: boolean} = {}): Values {
  const {fromLogits, labelSmoothing = 0, gamma = 2, alpha = 0.25, applyClassBalancing = false} = options;
  return (yTrue, prediction) => {
    const labels = smooth(yTrue.toFloat(), labelSmoothing, 2);
    const logits = logitsOf(prediction, fromLogits);
    const ones = fromLogits === true ? prediction.values.sigmoid() : prediction.values;
    const clipped = clip(ones);
    const entropy = logits
      ? sigmoidCrossentropy(labels, logits)
      : either(labels, clipped.log(), tf.sub(1, clipped).log()).neg();
    const focal = tf
      .sub(1, either(labels, ones, tf.sub(1, ones)))
      .pow(gamma)
      .mul(entropy);
    const balanced = applyClassBalancing ? either(labels, tf.scalar(alpha), tf.scalar(1 - alpha)).mul(focal) : focal;
    return balanced.mean(-1);
  };
}

/** Of labels [n, …, classes], one-hot or probabilities. */
export function categoricalFocalCrossentropy(options: FocalOptions = {}): Values {
  const {fromLogits, labelSmoothing = 0, gamma = 2, alpha = 0.25} = options;
  return (yTrue, {values}) => {
    const labels = smooth(yTrue.toFloat(), labelSmoothing, yTrue.shape.at(-1)!);
    const given = fromLogits === true ? tf.softmax(values) : values;
    const probabilities = clip(given.div(given.sum(-1, true)));
    return tf.sub(1, probabilities).pow(gamma).mul(alpha).mul(labels).mul(probabilities.log()).sum(-1).neg();
  };
}

/** `yes` where a label is 1, `no` where it is 0, in between by how much. */
function either(labels: tf.Tensor, yes: tf.Tensor, no: tf.Tensor): tf.Tensor {
  return labels.mul(yes).add(tf.sub(1, labels).mul(no));
}
