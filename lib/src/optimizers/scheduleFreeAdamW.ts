// Source of the algorithm: Defazio et al., 2024, arxiv.org/abs/2405.15682, as keras/src/optimizers/schedule_free_adamw.py has
// it.
import {notNegative, notNegativeWhole, share, shareAbove0} from '../arguments/kinds';
import {tf} from '../tfjs/tensorflow';
import {type AdamOptions, moved, remainder} from './adam';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {Rule} from './rule';

/** Where the weights lie between the steps and their mean, and how the rate begins. */
export interface ScheduleFreeAdamWOptions extends Omit<AdamOptions, 'amsgrad'> {
  /** The weights are this share of the mean of all steps, and the rest of it the last step; above 0. Default 0.9. */
  beta1?: number;
  /** Keeps divisions from growing without bounds. Default 1e-8. */
  epsilon?: number;
  /** For so many steps the learning rate grows to what it is. Default 0. */
  warmupSteps?: number;
}

export const SCHEDULE_FREE_ADAMW: Rule = {
  name: 'ScheduleFreeAdamW',
  defaults: {learningRate: 0.0025, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, warmupSteps: 0},
  kinds: {
    beta1: shareAbove0,
    beta2: share,
    epsilon: notNegative,
    warmupSteps: notNegativeWhole,
  },
  slots: () => [['momentum', 'velocity']],
  // What Keras calls the momentum is where the steps have led.
  initial: () => ({momentum: 'weight'}),
  begin(step, settings) {
    const {beta2, warmupSteps} = settings as Record<string, number>;
    return {
      step,
      remainder: remainder(beta2!, step),
      warmth: warmupSteps ? step.div(warmupSteps).minimum(1) : tf.scalar(1),
    };
  },
  update({gradient, weight, slots, rate, settings, shared}) {
    const {beta1, beta2, epsilon} = settings as Record<string, number>;
    const {step, warmth} = shared as Record<string, tf.Tensor>;
    const velocity = moved(slots.velocity!, gradient.square(), beta2!);
    const size = velocity.div(shared.remainder!).sqrt().add(epsilon!);
    const momentum = slots.momentum!.sub(gradient.mul(rate.mul(warmth!)).div(size));
    // By the momentum after its step, where the paper has the one before: so Keras computes.
    const mean = weight.sub(momentum.mul(1 - beta1!)).div(beta1!);
    const next = mean.add(momentum.sub(mean).div(step!));
    return {weight: momentum.mul(1 - beta1!).add(next.mul(beta1!)), slots: {momentum, velocity}};
  },
};

/**
 * AdamW without a falling learning rate: the weights lie between Adam's steps and the mean of them all, which comes to rest by
 * itself. There is no weight decay unless it is said.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.scheduleFreeAdamW({warmupSteps: 100}), loss: 'categoricalCrossentropy'});
 */
export function scheduleFreeAdamW(options: ScheduleFreeAdamWOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.scheduleFreeAdamW', SCHEDULE_FREE_ADAMW, options);
}
