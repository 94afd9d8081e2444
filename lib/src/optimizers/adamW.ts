import {ADAM, type AdamOptions} from './adam';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {Rule} from './rule';

export const ADAMW: Rule = {...ADAM, name: 'AdamW', defaults: {...ADAM.defaults, weightDecay: 0.004}};

/**
 * Adam with weight decay, 0.004 unless it is said: weights shrink besides what the gradients do.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.adamW({learningRate: 1e-3, weightDecay: 0.01}), loss: 'categoricalCrossentropy'});
 */
export function adamW(options: AdamOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.adamW', ADAMW, options);
}
