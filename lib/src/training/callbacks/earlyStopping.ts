import {notNegative, oneOf, text, trueOrFalse} from '../../arguments/kinds';
import {CallError, publicCall} from '../../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../../arguments/schema';
import type {tf} from '../../tfjs/tensorflow';
import type {FitCallback, Logs} from '../types';
import {directionOf} from './direction';

/** When to stop; names and defaults are those of Keras's EarlyStopping. */
export interface EarlyStoppingOptions {
  /** What to watch, by its name in the history. Default "val_loss". */
  monitor?: string;
  /** A change that isn't larger than this is none. Default 0. */
  minDelta?: number;
  /** How many epochs to wait for an improvement. Default 0: stop at the first epoch without one. */
  patience?: number;
  /** Whether smaller or larger is better. Default "auto": as the metric's name says. */
  mode?: 'auto' | 'min' | 'max';
  /** Whether to go back to the weights of the best epoch at the end. Default false. */
  restoreBestWeights?: boolean;
}

/**
 * A callback for `fit` that ends training when the model no longer gets better, as Keras's EarlyStopping does.
 *
 * @param options What to watch, and how patiently.
 * @returns The callback; it can be used for one training after the other.
 * @throws Error for options that are none, for a metric whose name doesn't say whether more of it is better, and, while
 *   training, when there is nothing under that name to watch.
 *
 * @example
 * const callbacks = earlyStopping({patience: 3, restoreBestWeights: true});
 * await fit(model, x, y, {epochs: 100, validationSplit: 0.2, callbacks});
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): FitCallback {
  return publicCall('earlyStopping', () => {
    checkArguments({options}, {options: earlyStoppingOptions});
    return stopping(options);
  });
}

const earlyStoppingOptions = optionsOf<EarlyStoppingOptions>({
  monitor: optional(text),
  minDelta: optional(notNegative),
  patience: optional(notNegative),
  mode: optional(oneOf('auto', 'min', 'max')),
  restoreBestWeights: optional(trueOrFalse),
});

function stopping(options: EarlyStoppingOptions): FitCallback {
  const {monitor = 'val_loss', minDelta = 0, patience = 0, mode = 'auto', restoreBestWeights = false} = options;
  const sign = (mode === 'auto' ? directionOf(monitor) : mode) === 'min' ? -1 : 1;
  let model: tf.LayersModel | undefined;
  let best = -Infinity;
  let waited = 0;
  let bestWeights: tf.Tensor[] = [];
  const forget = () => {
    for (const weight of bestWeights) weight.dispose();
    bestWeights = [];
  };
  return {
    setModel(trained) {
      model = trained;
    },
    onTrainBegin() {
      forget();
      best = -Infinity;
      waited = 0;
    },
    onEpochEnd(epoch, logs: Logs = {}) {
      const value = sign * monitored(monitor, logs);
      if (value - minDelta > best) {
        best = value;
        waited = 0;
        if (!restoreBestWeights) return;
        forget();
        // Clones share their values with the weights until training moves those on.
        bestWeights = model!.getWeights().map((weight) => weight.clone());
      } else if (++waited >= patience && epoch > 0) {
        model!.stopTraining = true;
      }
    },
    onTrainEnd() {
      try {
        if (bestWeights.length > 0) model!.setWeights(bestWeights);
      } finally {
        forget();
      }
    },
  };
}

function monitored(name: string, logs: Logs): number {
  if (Object.hasOwn(logs, name)) return logs[name]!;
  return publicCall('earlyStopping', () => {
    throw new CallError(
      `there is no ${name} to watch, only ${Object.keys(logs).join(', ')}; pass validationSplit or validationData to fit, or another monitor`,
    );
  });
}
