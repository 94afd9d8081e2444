import {share, trueOrFalse} from '../arguments/kinds';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {OptimizerOptions, Rule, Updated} from './rule';

/** How to go down the slope. */
export interface SgdOptions extends OptimizerOptions {
  /** The share of the last step that is taken again, from 0 to 1. Default 0. */
  momentum?: number;
  /** Looks ahead by the momentum. Default false. */
  nesterov?: boolean;
}

export const SGD: Rule = {
  name: 'SGD',
  defaults: {learningRate: 0.01, momentum: 0, nesterov: false},
  kinds: {momentum: share, nesterov: trueOrFalse},
  slots: ({momentum}) => (momentum === 0 ? [] : [['momentum']]),
  update({gradient, weight, slots, rate, settings}): Updated {
    const step = gradient.mul(rate);
    if (settings.momentum === 0) return {weight: weight.sub(step), slots: {}};
    const factor = settings.momentum as number;
    const momentum = slots.momentum!.mul(factor).sub(step);
    return {weight: weight.add(settings.nesterov ? momentum.mul(factor).sub(step) : momentum), slots: {momentum}};
  },
};

/**
 * Stochastic gradient descent, with momentum if asked for.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.sgd({learningRate: 0.05, momentum: 0.9, clipnorm: 1}), loss: 'categoricalCrossentropy'});
 */
export function sgd(options: SgdOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.sgd', SGD, options);
}
