import {notNegative, share, trueOrFalse} from '../arguments/kinds';
import {tf} from '../tfjs/tensorflow';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {OptimizerOptions, Rule} from './rule';

/** How far back the means of gradients go. */
export interface AdamOptions extends OptimizerOptions {
  /** The share of the mean gradient that stays in each step. Default 0.9. */
  beta1?: number;
  /** The share of the mean square that stays in each step. Default 0.999. */
  beta2?: number;
  /** Keeps divisions from growing without bounds. Default 1e-7. */
  epsilon?: number;
  /** Divides by the largest mean square so far (AMSGrad). Default false. */
  amsgrad?: boolean;
}

/** One minus the power of beta: what a mean of `step` gradients has of what it would have of many. */
export function remainder(beta: number, step: tf.Tensor): tf.Tensor {
  return tf.sub(1, tf.pow(beta, step));
}

/** A mean that moves a part of the way to what is new. */
export function moved(mean: tf.Tensor, next: tf.Tensor, beta: number): tf.Tensor {
  return mean.add(next.sub(mean).mul(1 - beta));
}

export const ADAM: Rule = {
  name: 'Adam',
  defaults: {learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false},
  kinds: {beta1: share, beta2: share, epsilon: notNegative, amsgrad: trueOrFalse},
  slots: ({amsgrad}) => [['momentum', 'velocity'], ...(amsgrad ? [['velocity_hat']] : [])],
  begin(step, settings) {
    const {beta1, beta2} = settings as Record<string, number>;
    return {correction: remainder(beta2!, step).sqrt().div(remainder(beta1!, step))};
  },
  update({gradient, weight, slots, rate, settings, shared}) {
    const {beta1, beta2, epsilon, amsgrad} = settings as Record<string, number>;
    const momentum = moved(slots.momentum!, gradient, beta1!);
    const velocity = moved(slots.velocity!, gradient.square(), beta2!);
    const largest = amsgrad ? slots.velocity_hat!.maximum(velocity) : undefined;
    const size = (largest ?? velocity).sqrt().add(epsilon!);
    return {
      weight: weight.sub(momentum.mul(shared.correction!.mul(rate)).div(size)),
      slots: {momentum, velocity, ...(largest && {velocity_hat: largest})},
    };
  },
};

/**
 * Adam: mean gradients divided by the root of their mean square, with all that Keras has for it.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.adam({amsgrad: true}), loss: 'categoricalCrossentropy'});
 */
export function adam(options: AdamOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.adam', ADAM, options);
}
