import {check} from '../../arguments/check';
import type {tf} from '../../tfjs/tensorflow';
import {LearningRate} from '../../tfjs/learningRate';
import type {FitCallback} from '../types';

/**
 * A callback for `fit` that sets the optimizer's learning rate before each epoch, as Keras's LearningRateScheduler does.
 * Large steps at first get near the goal soon, small ones at the end find it.
 *
 * @param rate The learning rate for an epoch; epochs count from 0.
 * @throws Error, while training, for a rate that isn't a number of 0 or more, and for an optimizer that has none.
 *
 * @example
 * await fit(model, x, y, {epochs: 10, callbacks: learningRateSchedule((epoch) => 0.002 * 0.7 ** epoch)});
 */
export function learningRateSchedule(rate: (epoch: number) => number): FitCallback {
  check('learningRateSchedule', 'rate', rate, {
    expected: 'a function from the epoch, counted from 0, to its learning rate',
    fits: (value) => typeof value === 'function',
    help: 'for example (epoch) => 0.001 * 0.8 ** epoch',
  });
  let optimizer: LearningRate | undefined;
  return {
    setModel(model: tf.LayersModel) {
      optimizer = new LearningRate(model.optimizer);
    },
    onEpochBegin(epoch) {
      const value = rate(epoch);
      if (!(value >= 0 && value < Infinity)) {
        throw new Error(`learningRateSchedule: the rate of epoch ${epoch} must be a number of 0 or more, got ${value}`);
      }
      if (optimizer?.value === undefined) {
        throw new Error('learningRateSchedule: this optimizer has no learningRate to set; use one of tf.train');
      }
      optimizer.value = value;
    },
  };
}
