import {checkOptions, type Kinds} from '../../arguments/check';
import {notNegative, oneOf, text, trueOrFalse} from '../../arguments/kinds';
import type {tf} from '../../tfjs/tensorflow';
import type {FitCallback, Logs} from '../types';

/** When to stop. */
export interface EarlyStoppingOptions {
  /** What to watch, by its name in the history. Default "val_loss". */
  monitor?: string;
  /** How many epochs to wait for an improvement. Default 0: stop at the first epoch without one. */
  patience?: number;
  /** A change smaller than this is none. Default 0. */
  minDelta?: number;
  /** Whether smaller or larger is better. By default larger is for every name that contains "acc". */
  mode?: 'min' | 'max';
  /** Whether to go back to the weights of the best epoch at the end, as Keras's does (tfjs's own can't). Default true. */
  restoreBestWeights?: boolean;
}

/**
 * A callback for `fit` that ends training when the model no longer gets better, and gives it the weights of its best
 * epoch.
 *
 * @throws Error for options that are none, and while training, when there is nothing under that name to watch.
 *
 * @example
 * await fit(model, x, y, {epochs: 100, validationSplit: 0.2, callbacks: earlyStopping({patience: 3})});
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): FitCallback {
  checkOptions('earlyStopping', options, optionKinds);
  const {monitor = 'val_loss', patience = 0, minDelta = 0, restoreBestWeights = true} = options;
  const {mode = monitor.includes('acc') ? 'max' : 'min'} = options;
  const sign = mode === 'min' ? -1 : 1;
  let model: tf.LayersModel | undefined;
  let best = -Infinity;
  let waited = 0;
  let bestWeights: tf.Tensor[] = [];
  return {
    setModel(trained) {
      model = trained;
    },
    onTrainBegin() {
      best = -Infinity;
      waited = 0;
    },
    onEpochEnd(_epoch, logs: Logs = {}) {
      const value = logs[monitor];
      if (value === undefined) {
        throw new Error(
          `earlyStopping: there is no ${monitor} to watch, only ${Object.keys(logs).join(', ')}; pass validationSplit or validationData to fit, or another monitor`,
        );
      }
      if (sign * value - minDelta > best) {
        best = sign * value;
        waited = 0;
        if (!restoreBestWeights) return;
        for (const weight of bestWeights) weight.dispose();
        // Clones share their values with the weights until training moves those on.
        bestWeights = model!.getWeights().map((weight) => weight.clone());
      } else if (++waited >= patience) {
        model!.stopTraining = true;
      }
    },
    onTrainEnd() {
      if (bestWeights.length > 0) model!.setWeights(bestWeights);
      for (const weight of bestWeights) weight.dispose();
      bestWeights = [];
    },
  };
}

const optionKinds: Kinds<EarlyStoppingOptions> = {
  monitor: text,
  patience: notNegative,
  minDelta: notNegative,
  mode: oneOf('min', 'max'),
  restoreBestWeights: trueOrFalse,
};
