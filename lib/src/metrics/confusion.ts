import {tf} from '../tfjs/tensorflow';
import {ratio} from './mean';
import type {Metric} from './metric';

/** What counts as a yes. */
export interface Choice {
  /** An output above this. Default 0.5, and any with `topK`. */
  threshold?: number;
  /** Only if it is among so many largest of its example. */
  topK?: number;
  /** The outputs and labels of this class alone. */
  classId?: number;
}

/** Of all that the model said yes to, the share that is one. */
export const precisionOf = (choice: Choice) =>
  trueAmong(choice, (isTrue, saidYes) => saidYes.logicalAnd(isTrue.logicalNot()));

/** Of all that is a yes, the share that the model found. */
export const recallOf = (choice: Choice) =>
  trueAmong(choice, (isTrue, saidYes) => isTrue.logicalAnd(saidYes.logicalNot()));

/** How many outputs are true or false positives or negatives. */
export function counted(isRight: boolean, positive: boolean, choice: Choice): Metric {
  const isYes = isRight === positive;
  return {
    size: 1,
    count(yTrue, {values}) {
      const [isTrue, saidYes] = chosen(yTrue, values, choice);
      const label = isYes ? isTrue : isTrue.logicalNot();
      return (positive ? saidYes : saidYes.logicalNot()).logicalAnd(label).toFloat().sum().reshape([1]);
    },
    result: ([count]) => count!,
  };
}

function trueAmong(choice: Choice, others: (isTrue: tf.Tensor, saidYes: tf.Tensor) => tf.Tensor): Metric {
  return {
    size: 2,
    count(yTrue, {values}) {
      const [isTrue, saidYes] = chosen(yTrue, values, choice);
      return tf.stack([isTrue.logicalAnd(saidYes), others(isTrue, saidYes)].map((each) => each.toFloat().sum()));
    },
    result: ([both, other]) => ratio(both!, both! + other!),
  };
}

/** Which labels are a yes, and where the model said it. Source: Keras, metrics/metrics_utils.py. */
function chosen(yTrue: tf.Tensor, values: tf.Tensor, {topK, classId, ...choice}: Choice): [tf.Tensor, tf.Tensor] {
  const {threshold = topK === undefined ? 0.5 : -Infinity} = choice;
  const above = values.greater(threshold);
  const saidYes = topK === undefined ? above : above.logicalAnd(amongLargest(values, topK));
  const of = (each: tf.Tensor) =>
    classId === undefined ? each : each.gather(tf.tensor1d([classId], 'int32'), each.rank - 1);
  return [of(yTrue.toBool()), of(saidYes)];
}

function amongLargest(values: tf.Tensor, k: number): tf.Tensor {
  const {indices} = tf.topk(values, k);
  return tf.oneHot(indices.toInt(), values.shape.at(-1)!).sum(-2).toBool();
}
