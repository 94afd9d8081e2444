import {oneOf, trueOrFalse} from '../arguments/kinds';
import {publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import type {LossFunction} from '../tfjs/functionNames';
import {aucMetric, type AucOptions} from './auc';
import {configuredMetric} from './configured';

export type {AucOptions};

const aucOptions = optionsOf<AucOptions>({
  curve: optional(oneOf('ROC', 'PR')),
  summationMethod: optional(oneOf('interpolation', 'minoring', 'majoring')),
  numThresholds: optional({
    expected: 'a whole number of at least 2',
    fits: (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 2,
  }),
  multiLabel: optional(trueOrFalse),
  fromLogits: optional(trueOrFalse),
});

/**
 * The area under the curve: how well the outputs tell yes from no at all thresholds together, 1 at best and 0.5 by
 * guessing. It is counted over the whole epoch, as in Keras.
 *
 * @param options Which curve, and how its area is measured.
 * @returns A metric for `model.compile`; it is called `auc` in the logs.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: 'adam', loss: 'binaryCrossentropy', metrics: [metrics.auc({curve: 'PR'})]});
 */
export function auc(options: AucOptions = {}): LossFunction {
  return publicCall('metrics.auc', () => {
    checkArguments({options}, {options: aucOptions});
    return configuredMetric('auc', 'AUC', options, (columns) => aucMetric(options, columns));
  });
}
