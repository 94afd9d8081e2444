import {tf} from '../tfjs/tensorflow';
import {ratio} from './mean';
import type {Metric} from './metric';

/** An output counts as a yes above this, Keras's default. */
const THRESHOLD = 0.5;

/** Of all that the model said yes to, the share that is one. */
export const precision = trueAmong((isTrue, saidYes) => saidYes.logicalAnd(isTrue.logicalNot()));

/** Of all that is a yes, the share that the model found. */
export const recall = trueAmong((isTrue, saidYes) => isTrue.logicalAnd(saidYes.logicalNot()));

function trueAmong(others: (isTrue: tf.Tensor, saidYes: tf.Tensor) => tf.Tensor): Metric {
  return {
    size: 2,
    count(yTrue, {values}) {
      const isTrue = yTrue.toBool();
      const saidYes = values.greater(THRESHOLD);
      return tf.stack([isTrue.logicalAnd(saidYes), others(isTrue, saidYes)].map((each) => each.toFloat().sum()));
    },
    result: ([both, other]) => ratio(both!, both! + other!),
  };
}
