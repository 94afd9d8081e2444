import {describe} from '../../arguments/describe';
import {CallError, publicCall} from '../../arguments/publicCall';
import {checkArguments, type Kind} from '../../arguments/schema';
import {LearningRate} from '../../tfjs/learningRate';
import type {tf} from '../../tfjs/tensorflow';
import type {FitCallback} from '../types';

/**
 * A callback for `fit` that sets the optimizer's learning rate before each epoch, as Keras's LearningRateScheduler does.
 * Large steps at first get near the goal soon, small ones at the end find it.
 *
 * @param schedule The learning rate for an epoch, a number of 0 or more: from the epoch, counted from 0, and the rate
 *   before it.
 * @returns The callback.
 * @throws Error for what isn't a function, and, while training, for a rate that isn't a number of 0 or more, and for an
 *   optimizer that has none.
 *
 * @example
 * await fit(model, x, y, {epochs: 10, callbacks: learningRateSchedule((epoch, rate) => (epoch < 5 ? rate : 0.8 * rate))});
 */
export function learningRateSchedule(schedule: (epoch: number, rate: number) => number): FitCallback {
  return publicCall('learningRateSchedule', () => {
    checkArguments({schedule}, {schedule: scheduleKind});
    return scheduling(schedule);
  });
}

const scheduleKind: Kind = {
  expected: 'a function of the epoch, counted from 0, and the learning rate before it',
  fits: (value) => typeof value === 'function',
  help: 'for example (epoch, rate) => 0.8 * rate',
};

function scheduling(schedule: (epoch: number, rate: number) => number): FitCallback {
  let optimizer: LearningRate | undefined;
  return {
    setModel(model: tf.LayersModel) {
      optimizer = new LearningRate(model.optimizer);
    },
    onEpochBegin(epoch) {
      publicCall('learningRateSchedule', () => {
        if (optimizer?.value === undefined) {
          throw new CallError('this optimizer has no learningRate to set; use one of tf.train');
        }
        const rate: unknown = schedule(epoch, optimizer.value);
        if (typeof rate !== 'number' || !(rate >= 0 && rate < Infinity)) {
          throw new CallError(`the rate of epoch ${epoch} must be a number of 0 or more, got ${describe(rate)}`);
        }
        optimizer.value = rate;
      });
    },
  };
}
