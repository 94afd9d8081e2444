import {notNegative, share} from '../arguments/kinds';
import {tf} from '../tfjs/tensorflow';
import {type AdamOptions, moved, remainder} from './adam';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {Rule} from './rule';

/** Keras's: the momentum grows by this from step to step. */
const DECAY = 0.96;

export const NADAM: Rule = {
  name: 'Nadam',
  defaults: {learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7},
  kinds: {beta1: share, beta2: share, epsilon: notNegative},
  slots: () => [['momentum', 'velocity']],
  globals: {u_product: 1},
  begin(step, settings, globals) {
    const {beta1, beta2} = settings as Record<string, number>;
    const factor = (at: tf.Tensor) => tf.sub(1, tf.pow(DECAY, at).mul(0.5)).mul(beta1!);
    const now = factor(step);
    return {
      now,
      next: factor(step.add(1)),
      u_product: globals.u_product!.mul(now),
      remainder: remainder(beta2!, step),
    };
  },
  update({gradient, weight, slots, rate, settings, shared}) {
    const {beta1, beta2, epsilon} = settings as Record<string, number>;
    const {now, next, u_product: product} = shared as Record<string, tf.Tensor>;
    const momentum = moved(slots.momentum!, gradient, beta1!);
    const velocity = moved(slots.velocity!, gradient.square(), beta2!);
    const ahead = momentum.mul(next!).div(tf.sub(1, product!.mul(next!)));
    const mean = ahead.add(gradient.mul(tf.sub(1, now!)).div(tf.sub(1, product!)));
    const size = velocity.div(shared.remainder!).sqrt().add(epsilon!);
    return {weight: weight.sub(mean.mul(rate).div(size)), slots: {momentum, velocity}};
  },
};

/**
 * Nadam: Adam that looks ahead by its momentum.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.nadam({learningRate: 0.002}), loss: 'categoricalCrossentropy'});
 */
export function nadam(options: Omit<AdamOptions, 'amsgrad'> = {}): KerasOptimizer {
  return createOptimizer('optimizers.nadam', NADAM, options);
}
