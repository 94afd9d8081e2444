import {tf} from '../tfjs/tensorflow';
import {ratio} from './mean';
import type {Metric} from './metric';

/** Of all that the model said yes to, by an output above the threshold, the share that is one. */
export const precisionAt = (threshold: number) =>
  trueAmong(threshold, (isTrue, saidYes) => saidYes.logicalAnd(isTrue.logicalNot()));

/** Of all that is a yes, the share that the model found. */
export const recallAt = (threshold: number) =>
  trueAmong(threshold, (isTrue, saidYes) => isTrue.logicalAnd(saidYes.logicalNot()));

/** How many outputs are true or false positives or negatives. */
export function counted(isRight: boolean, positive: boolean, threshold: number): Metric {
  const isYes = isRight === positive;
  return {
    size: 1,
    count(yTrue, {values}) {
      const [isTrue, saidYes] = [yTrue.toBool(), values.greater(threshold)];
      const label = isYes ? isTrue : isTrue.logicalNot();
      return (positive ? saidYes : saidYes.logicalNot()).logicalAnd(label).toFloat().sum().reshape([1]);
    },
    result: ([count]) => count!,
  };
}

function trueAmong(threshold: number, others: (isTrue: tf.Tensor, saidYes: tf.Tensor) => tf.Tensor): Metric {
  return {
    size: 2,
    count(yTrue, {values}) {
      const isTrue = yTrue.toBool();
      const saidYes = values.greater(threshold);
      return tf.stack([isTrue.logicalAnd(saidYes), others(isTrue, saidYes)].map((each) => each.toFloat().sum()));
    },
    result: ([both, other]) => ratio(both!, both! + other!),
  };
}
