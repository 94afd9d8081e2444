// Source of the algorithm: Shazeer and Stern, 2018, arxiv.org/abs/1804.04235, as keras/src/optimizers/adafactor.py has it.
import {notNegative, number, trueOrFalse} from '../arguments/kinds';
import {tf} from '../tfjs/tensorflow';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {OptimizerOptions, Rule} from './rule';

/** How mean squares move, and how far a step may go. */
export interface AdafactorOptions extends OptimizerOptions {
  /** At most 0: the share of new squares is the number of steps to this power. Default -0.8. */
  beta2Decay?: number;
  /** Is added to squares. Default 1e-30. */
  epsilon1?: number;
  /** Steps are in proportion to a weight's size, which counts as at least this. Default 0.001. */
  epsilon2?: number;
  /** The root of a step's mean square is at most this, before it is scaled. Default 1. */
  clipThreshold?: number;
  /** As in Keras 3.15, where the rate is at most one over the root of the number of steps either way. Default true. */
  relativeStep?: boolean;
}

function isMatrix(shape: readonly number[]): boolean {
  return shape.length >= 2;
}

export const ADAFACTOR: Rule = {
  name: 'Adafactor',
  defaults: {
    learningRate: 0.001,
    beta2Decay: -0.8,
    epsilon1: 1e-30,
    epsilon2: 1e-3,
    clipThreshold: 1,
    relativeStep: true,
  },
  kinds: {
    beta2Decay: {...number, expected: 'at most 0', fits: (value) => number.fits(value) && (value as number) <= 0},
    epsilon1: notNegative,
    epsilon2: notNegative,
    clipThreshold: notNegative,
    relativeStep: trueOrFalse,
  },
  // Mean squares of rows and of columns, of which those of single numbers follow. Where there is one axis only, Keras keeps
  // a 0 for each of the two.
  slots: () => [['r', 'c', 'velocity']],
  slotShape(slot, {shape}) {
    if (slot !== 'r' && slot !== 'c') return shape;
    if (!isMatrix(shape)) return [];
    return slot === 'r' ? shape.slice(0, -1) : [...shape.slice(0, -2), shape.at(-1)!];
  },
  begin(step, settings) {
    return {stays: tf.sub(1, step.pow(settings.beta2Decay as number)), largest: step.rsqrt()};
  },
  update({gradient, weight, slots, rate, settings, shared}) {
    const {epsilon1, epsilon2, clipThreshold} = settings as Record<string, number>;
    const {stays, largest} = shared as Record<string, tf.Tensor>;
    const square = gradient.square().add(epsilon1!);
    const moved = (mean: tf.Tensor, next: tf.Tensor) => mean.mul(stays!).add(tf.sub(1, stays!).mul(next));
    const size = (x: tf.Tensor) => x.square().mean().sqrt();
    const kept: Record<string, tf.Tensor> = {};
    if (isMatrix(weight.shape)) {
      kept.r = moved(slots.r!, square.mean(-1));
      kept.c = moved(slots.c!, square.mean(-2));
      kept.velocity = kept.r.div(kept.r.mean(-1, true)).expandDims(-1).mul(kept.c.expandDims(-2));
    } else kept.velocity = moved(slots.velocity!, square);
    const direction = gradient.div(kept.velocity.sqrt());
    const clipped = direction.div(size(direction).div(clipThreshold!).maximum(1));
    const length = size(weight).maximum(epsilon2!).mul(rate.minimum(largest!));
    return {weight: weight.sub(clipped.mul(length)), slots: kept};
  },
};

/**
 * Adafactor: steps in proportion to the weights, divided by mean squares of which only those of rows and columns count.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.adafactor({learningRate: 0.01}), loss: 'categoricalCrossentropy'});
 */
export function adafactor(options: AdafactorOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.adafactor', ADAFACTOR, options);
}
