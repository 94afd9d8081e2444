import {trueOrFalse} from '../arguments/kinds';
import {publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import type {LossFunction} from '../tfjs/functionNames';
import * as crossentropy from './crossentropy';
import type {CrossentropyOptions} from './crossentropy';
import {configuredLoss} from './configured';

export type {CrossentropyOptions};

const fromLogits = optional(trueOrFalse);
const crossentropyOptions = optionsOf<CrossentropyOptions>({
  fromLogits,
  labelSmoothing: optional({
    expected: 'from 0 to 1',
    fits: (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1,
  }),
});
const sparseOptions = optionsOf<Pick<CrossentropyOptions, 'fromLogits'>>({fromLogits});

/**
 * Cross-entropy with options, for labels that are one-hot or probabilities, [n, …, classes]. Without options
 * `loss: 'categoricalCrossentropy'` is the same.
 *
 * @param options Whether the model puts out logits, and how far to smooth the labels.
 * @returns A loss for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: 'adam', loss: losses.categoricalCrossentropy({labelSmoothing: 0.1}), metrics: ['accuracy']});
 */
export function categoricalCrossentropy(options: CrossentropyOptions = {}): LossFunction {
  return publicCall('losses.categoricalCrossentropy', () => {
    checkArguments({options}, {options: crossentropyOptions});
    return configuredLoss('categoricalCrossentropy', options, crossentropy.categoricalCrossentropy(options));
  });
}

/**
 * Cross-entropy with options, for class numbers, [n] or [n, 1].
 *
 * @param options Whether the model puts out logits.
 * @returns A loss for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: 'adam', loss: losses.sparseCategoricalCrossentropy({fromLogits: true})});
 */
export function sparseCategoricalCrossentropy(options: Pick<CrossentropyOptions, 'fromLogits'> = {}): LossFunction {
  return publicCall('losses.sparseCategoricalCrossentropy', () => {
    checkArguments({options}, {options: sparseOptions});
    return configuredLoss(
      'sparseCategoricalCrossentropy',
      options,
      crossentropy.sparseCategoricalCrossentropy(options),
    );
  });
}

/**
 * Cross-entropy with options, for labels in [0, 1], one for each output: yes or no, or several labels at once.
 *
 * @param options Whether the model puts out logits, and how far to smooth the labels.
 * @returns A loss for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: 'adam', loss: losses.binaryCrossentropy({labelSmoothing: 0.1})});
 */
export function binaryCrossentropy(options: CrossentropyOptions = {}): LossFunction {
  return publicCall('losses.binaryCrossentropy', () => {
    checkArguments({options}, {options: crossentropyOptions});
    return configuredLoss('binaryCrossentropy', options, crossentropy.binaryCrossentropy(options));
  });
}
