import {notNegative, share} from '../arguments/kinds';
import {tf} from '../tfjs/tensorflow';
import {type AdamOptions, moved, remainder} from './adam';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {Rule} from './rule';

export const LAMB: Rule = {
  name: 'Lamb',
  defaults: {learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7},
  kinds: {beta1: share, beta2: share, epsilon: notNegative},
  slots: () => [['momentum', 'velocity']],
  begin(step, settings) {
    const {beta1, beta2} = settings as Record<string, number>;
    return {first: remainder(beta1!, step), second: remainder(beta2!, step)};
  },
  update({gradient, weight, slots, rate, settings, shared}) {
    const {beta1, beta2, epsilon} = settings as Record<string, number>;
    const momentum = moved(slots.momentum!, gradient, beta1!);
    const velocity = moved(slots.velocity!, gradient.square(), beta2!);
    const step = momentum.div(shared.first!).div(velocity.div(shared.second!).sqrt().add(epsilon!));
    const [size, length] = [weight, step].map((each) => each.square().sum().sqrt()) as [tf.Tensor, tf.Tensor];
    const bothThere = size.greater(0).logicalAnd(length.greater(0));
    const ratio = tf.where(bothThere, size.div(length), tf.onesLike(size));
    return {weight: weight.sub(step.mul(ratio.mul(rate))), slots: {momentum, velocity}};
  },
};

/**
 * LAMB: Adam whose steps are in proportion to the weights, for large batches.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.lamb({learningRate: 0.01}), loss: 'categoricalCrossentropy'});
 */
export function lamb(options: Omit<AdamOptions, 'amsgrad'> = {}): KerasOptimizer {
  return createOptimizer('optimizers.lamb', LAMB, options);
}
