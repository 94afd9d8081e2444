import {notNegative, share, trueOrFalse} from '../arguments/kinds';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {OptimizerOptions, Rule} from './rule';

/** How to divide gradients by their usual size. */
export interface RmspropOptions extends OptimizerOptions {
  /** The share of the average of squares that stays in each step. Default 0.9. */
  rho?: number;
  /** The share of the last step that is taken again. Default 0. */
  momentum?: number;
  /** Keeps divisions from growing without bounds. Default 1e-7. */
  epsilon?: number;
  /** Divides by the deviation rather than by the size. Default false. */
  centered?: boolean;
}

export const RMSPROP: Rule = {
  name: 'RMSprop',
  defaults: {learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false},
  kinds: {rho: share, momentum: share, epsilon: notNegative, centered: trueOrFalse},
  slots: ({momentum, centered}) => [
    ['velocity'],
    ...(momentum === 0 ? [] : [['momentum']]),
    ...(centered ? [['average_gradient']] : []),
  ],
  update({gradient, weight, slots, rate, settings}) {
    const {rho, momentum, epsilon, centered} = settings as Record<string, number>;
    const velocity = slots.velocity!.mul(rho!).add(gradient.square().mul(1 - rho!));
    const mean = centered ? slots.average_gradient!.mul(rho!).add(gradient.mul(1 - rho!)) : undefined;
    const spread = mean ? velocity.sub(mean.square()) : velocity;
    const step = gradient.mul(rate).div(spread.add(epsilon!).sqrt());
    const moved = momentum === 0 ? undefined : slots.momentum!.mul(momentum!).add(step);
    return {
      weight: weight.sub(moved ?? step),
      slots: {velocity, ...(moved && {momentum: moved}), ...(mean && {average_gradient: mean})},
    };
  },
};

/**
 * RMSprop: steps are gradients divided by the root of their mean square.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.rmsprop({centered: true}), loss: 'categoricalCrossentropy'});
 */
export function rmsprop(options: RmspropOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.rmsprop', RMSPROP, options);
}
