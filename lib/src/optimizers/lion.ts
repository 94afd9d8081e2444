import {share, shareAbove0} from '../arguments/kinds';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {OptimizerOptions, Rule} from './rule';

/** How far back the mean gradient goes. */
export interface LionOptions extends OptimizerOptions {
  /** The share of the mean gradient in each step, above 0. Default 0.9. */
  beta1?: number;
  /** The share of the mean gradient that stays. Default 0.99. */
  beta2?: number;
}

export const LION: Rule = {
  name: 'Lion',
  defaults: {learningRate: 0.001, beta1: 0.9, beta2: 0.99},
  kinds: {beta1: shareAbove0, beta2: share},
  slots: () => [['momentum']],
  update({gradient, weight, slots, rate, settings}) {
    const {beta1, beta2} = settings as Record<string, number>;
    const mixed = (beta: number) => slots.momentum!.mul(beta).add(gradient.mul(1 - beta));
    return {weight: weight.sub(mixed(beta1!).sign().mul(rate)), slots: {momentum: mixed(beta2!)}};
  },
};

/**
 * Lion: steps of one size, in the direction of the mean gradient.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.lion({learningRate: 1e-4, weightDecay: 0.1}), loss: 'categoricalCrossentropy'});
 */
export function lion(options: LionOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.lion', LION, options);
}
