import {notNegative} from '../arguments/kinds';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {OptimizerOptions, Rule} from './rule';

/** How gradients are added up. */
export interface AdagradOptions extends OptimizerOptions {
  /** What the sum of squares begins with. Default 0.1. */
  initialAccumulatorValue?: number;
  /** Keeps divisions from growing without bounds. Default 1e-7. */
  epsilon?: number;
}

export const ADAGRAD: Rule = {
  name: 'Adagrad',
  defaults: {learningRate: 0.001, initialAccumulatorValue: 0.1, epsilon: 1e-7},
  kinds: {initialAccumulatorValue: notNegative, epsilon: notNegative},
  slots: () => [['accumulator']],
  initial: ({initialAccumulatorValue}) => ({accumulator: initialAccumulatorValue as number}),
  update({gradient, weight, slots, rate, settings}) {
    const accumulator = slots.accumulator!.add(gradient.square());
    const size = accumulator.add(settings.epsilon as number).sqrt();
    return {weight: weight.sub(gradient.mul(rate).div(size)), slots: {accumulator}};
  },
};

/**
 * Adagrad: gradients divided by the root of the sum of all their squares so far.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.adagrad({learningRate: 0.01}), loss: 'categoricalCrossentropy'});
 */
export function adagrad(options: AdagradOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.adagrad', ADAGRAD, options);
}
