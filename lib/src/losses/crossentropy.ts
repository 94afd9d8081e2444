// Keras's cross-entropies, backend/tensorflow/nn.py: from the logits behind a last softmax or sigmoid, so that a loss of
// 40 is 40 and learns; from probabilities that are cut at 1e-7 where there are none. Keras asks only whether there are
// logits, not which of the two functions made probabilities of them.
import {tf} from '../tfjs/tensorflow';
import type {Prediction, Values} from './loss';

/** How a cross-entropy reads labels and predictions. */
export interface CrossentropyOptions {
  /** Whether the model puts out numbers of any size rather than probabilities. Default false. */
  fromLogits?: boolean;
  /** In [0, 1]: how much of the certainty of each label is spread evenly over the classes. Default 0. */
  labelSmoothing?: number;
}

/** Of labels [n, …, classes], one-hot or probabilities. */
export function categoricalCrossentropy({fromLogits, labelSmoothing = 0}: CrossentropyOptions = {}): Values {
  return (yTrue, prediction) => {
    const labels = smooth(yTrue.toFloat(), labelSmoothing, yTrue.shape.at(-1)!);
    const logits = logitsOf(prediction, fromLogits);
    if (logits) return softmaxCrossentropy(labels, logits);
    const {values} = prediction;
    const probabilities = clip(values.div(values.sum(-1, true)));
    return labels.mul(probabilities.log()).sum(-1).neg();
  };
}

/** Of class numbers. */
export interface SparseCrossentropyOptions extends Pick<CrossentropyOptions, 'fromLogits'> {
  /** A number that stands for no class: what has it counts nothing. */
  ignoreClass?: number;
}

/** Of class numbers [n, …] or [n, …, 1]. */
export function sparseCategoricalCrossentropy(options: SparseCrossentropyOptions = {}): Values {
  const {fromLogits, ignoreClass} = options;
  if (ignoreClass !== undefined) return ignoring(ignoreClass, sparseCategoricalCrossentropy({fromLogits}));
  return (yTrue, prediction) => {
    const {shape} = prediction.values;
    const numbers = yTrue.reshape(shape.slice(0, -1)).toInt();
    const labels = tf.oneHot(numbers, shape.at(-1)!).toFloat();
    return softmaxCrossentropy(labels, logitsOf(prediction, fromLogits) ?? clip(prediction.values).log());
  };
}

/** Of labels in [0, 1], one for each output; the mean over the last axis. */
export function binaryCrossentropy({fromLogits, labelSmoothing = 0}: CrossentropyOptions = {}): Values {
  return (yTrue, prediction) => {
    const labels = smooth(yTrue.toFloat(), labelSmoothing, 2);
    const logits = logitsOf(prediction, fromLogits);
    if (logits) return sigmoidCrossentropy(labels, logits).mean(-1);
    const ones = clip(prediction.values);
    const found = labels.mul(ones.log()).add(tf.sub(1, labels).mul(tf.sub(1, ones).log()));
    return found.mean(-1).neg();
  };
}

/** Keras masks what the model puts out, and so no longer finds the logits behind a softmax. */
function ignoring(ignored: number, lossOf: Values): Values {
  return (yTrue, {values}) => {
    const shape = values.shape.slice(0, -1);
    const isCounted = yTrue.reshape(shape).notEqual(ignored);
    const labels = tf.where(isCounted, yTrue.reshape(shape).toFloat(), 0);
    return tf.where(isCounted, lossOf(labels, {values}), 0);
  };
}

export function logitsOf({values, logits}: Prediction, fromLogits = false): tf.Tensor | undefined {
  return logits ?? (fromLogits ? values : undefined);
}

export function smooth(labels: tf.Tensor, smoothing: number, classes: number): tf.Tensor {
  return smoothing === 0 ? labels : labels.mul(1 - smoothing).add(smoothing / classes);
}

const EPSILON = 1e-7;

export function clip(probabilities: tf.Tensor): tf.Tensor {
  return probabilities.clipByValue(EPSILON, 1 - EPSILON);
}

function softmaxCrossentropy(labels: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  // Undeclared, but there: a value for each example, with a gradient of its own that has no rounding at the extremes.
  return tf.losses.softmaxCrossEntropy(labels, logits, undefined, 0, tf.Reduction.NONE);
}

/** max(x, 0) - x z + log(1 + exp(-|x|)), whose gradient is sigmoid(x) - z everywhere; tfjs's would be -z at x = 0. */
export const sigmoidCrossentropy = tf.customGrad<tf.Tensor>((labels, logits, save) => {
  const [z, x] = [labels as tf.Tensor, logits as tf.Tensor];
  (save as tf.GradSaveFunc)([z, x]);
  return {
    value: x.relu().sub(x.mul(z)).add(x.abs().neg().exp().log1p()),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [labelsThen, logitsThen] = saved as [tf.Tensor, tf.Tensor];
      return [dy.mul(logitsThen.neg()), dy.mul(logitsThen.sigmoid().sub(labelsThen))];
    },
  };
});
