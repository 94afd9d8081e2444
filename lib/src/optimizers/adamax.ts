import {notNegative, share} from '../arguments/kinds';
import {type AdamOptions, moved, remainder} from './adam';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {Rule} from './rule';

export const ADAMAX: Rule = {
  name: 'Adamax',
  defaults: {learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7},
  kinds: {beta1: share, beta2: share, epsilon: notNegative},
  slots: () => [['momentum', 'norm']],
  begin: (step, {beta1}) => ({remainder: remainder(beta1 as number, step)}),
  update({gradient, weight, slots, rate, settings, shared}) {
    const {beta1, beta2, epsilon} = settings as Record<string, number>;
    const momentum = moved(slots.momentum!, gradient, beta1!);
    const norm = slots.norm!.mul(beta2!).maximum(gradient.abs());
    const size = norm.add(epsilon!).mul(shared.remainder!);
    return {weight: weight.sub(momentum.mul(rate).div(size)), slots: {momentum, norm}};
  },
};

/**
 * Adamax: Adam with the largest gradient in place of the mean square.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.adamax({learningRate: 0.002}), loss: 'categoricalCrossentropy'});
 */
export function adamax(options: Omit<AdamOptions, 'amsgrad'> = {}): KerasOptimizer {
  return createOptimizer('optimizers.adamax', ADAMAX, options);
}
