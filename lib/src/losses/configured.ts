import type {LossFunction} from '../tfjs/functionNames';
import {declareOurs} from '../tfjs/settings';
import {tf} from '../tfjs/tensorflow';
import type {Values} from './loss';
import {reduced} from './reduced';

/** A loss with options: tfjs's name for it without them. */
export interface LossConfiguration {
  name: string;
  options: object;
  values: Values;
  /** How much it counts in the sum of several; 1 where it isn't said. */
  weight?: number;
  /** What a batch's loss is of its values; their mean where it isn't said. */
  reduction?: Reduction;
  /** Which of the values count, by the labels; all where it isn't said. */
  counts?: Counts;
}

/** 1 or true where a label counts, in the labels' order. */
export type Counts = (yTrue: tf.Tensor) => tf.Tensor;

/** Keras's `reduction`: 'mean' is its "sum_over_batch_size". */
export type Reduction = 'mean' | 'sum';

const all = new WeakMap<LossFunction, LossConfiguration>();

/** A function for `model.compile` that remembers what it is; tfjs's own model.fit can call it, too. */
export function configuredLoss(
  name: string,
  options: object,
  values: Values,
  reduction: Reduction = 'mean',
  counts?: Counts,
): LossFunction {
  const f = (yTrue: tf.Tensor, yPred: tf.Tensor) =>
    tf.tidy(() => {
      const found = values(yTrue, {values: yPred});
      if (counts) return reduced(found, undefined, counts(yTrue), reduction);
      return reduction === 'sum' ? found.sum() : found;
    });
  return withConfiguration(f, {name, options, values, reduction, ...(counts && {counts})});
}

/** Gives a function its name and its configuration. */
export function withConfiguration(f: LossFunction, loss: LossConfiguration): LossFunction {
  Object.defineProperty(f, 'name', {value: loss.name});
  all.set(f, loss);
  return declareOurs(f);
}

/** What `configuredLoss` was given; undefined for any other function. */
export function lossConfigurationOf(f: LossFunction): LossConfiguration | undefined {
  return all.get(f);
}
