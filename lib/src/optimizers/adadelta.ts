import {notNegative, share} from '../arguments/kinds';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {OptimizerOptions, Rule} from './rule';

/** How far back means go. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** The share of the means of squares that stays in each step. Default 0.95. */
  rho?: number;
  /** Keeps divisions from growing without bounds. Default 1e-7. */
  epsilon?: number;
}

export const ADADELTA: Rule = {
  name: 'Adadelta',
  defaults: {learningRate: 0.001, rho: 0.95, epsilon: 1e-7},
  kinds: {rho: share, epsilon: notNegative},
  slots: () => [['accumulated_grad', 'accumulated_delta_var']],
  update({gradient, weight, slots, rate, settings}) {
    const {rho, epsilon} = settings as Record<string, number>;
    const squares = slots.accumulated_grad!.mul(rho!).add(gradient.square().mul(1 - rho!));
    const step = slots.accumulated_delta_var!.add(epsilon!).sqrt().mul(gradient).div(squares.add(epsilon!).sqrt());
    const steps = slots.accumulated_delta_var!.mul(rho!).add(step.square().mul(1 - rho!));
    return {
      weight: weight.sub(step.mul(rate)),
      slots: {accumulated_grad: squares, accumulated_delta_var: steps},
    };
  },
};

/**
 * Adadelta: steps as long as those before, in proportion to the gradient.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.adadelta({learningRate: 1}), loss: 'categoricalCrossentropy'});
 */
export function adadelta(options: AdadeltaOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.adadelta', ADADELTA, options);
}
