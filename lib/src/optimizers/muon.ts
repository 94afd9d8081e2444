// Sources of the algorithm: kellerjordan.github.io/posts/muon and Liu et al., 2025, arxiv.org/abs/2502.16982, as
// keras/src/optimizers/muon.py has them.
import {notNegative, notNegativeWhole, number, share, trueOrFalse} from '../arguments/kinds';
import type {Kind} from '../arguments/schema';
import {tf} from '../tfjs/tensorflow';
import {ADAM} from './adam';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {OfWeight, OptimizerOptions, Rule, Settings, Update, Updated} from './rule';

/** How matrices are trained, and how all else is: by Adam. */
export interface MuonOptions extends OptimizerOptions {
  /** Adam's share of the mean gradient that stays. Default 0.9. */
  adamBeta1?: number;
  /** Adam's share of the mean square that stays. Default 0.999. */
  adamBeta2?: number;
  /** Weight decay of what Adam trains. Default 0.004, as is `weightDecay`, that of the matrices. */
  adamWeightDecay?: number;
  /** Adam's learning rate is this many times the other. Default 1. */
  adamLrRatio?: number;
  /** Keeps Adam's divisions from growing without bounds. Default 1e-7. */
  epsilon?: number;
  /** Regular expressions: weights whose layer has a name that fits one are trained by Adam, as the last layer should be. */
  excludeLayers?: readonly string[];
  /** Whether weights with "embedding" in their names are trained by Adam. Default true. */
  excludeEmbeddings?: boolean;
  /** The factors of x, x³ and x⁵ in Newton's and Schulz's steps. Defaults 3.4445, -4.775 and 2.0315. */
  muonA?: number;
  muonB?: number;
  muonC?: number;
  /** How many of those steps there are. Default 5. */
  nsSteps?: number;
  /** The share of the last step that is taken again, from 0 to 1. Default 0.95. */
  momentum?: number;
  /** Looks ahead by the momentum. Default true. */
  nesterov?: boolean;
  /** Steps are this times the root of a matrix's longer side, so that Adam's rates fit; null for steps as they are. Default 0.2. */
  rmsRate?: number | null;
}

const patterns: Kind = {
  expected: 'a list of texts, each a regular expression',
  fits: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string' && isPattern(each)),
};

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

export const MUON: Rule = {
  name: 'Muon',
  defaults: {
    learningRate: 0.001,
    adamBeta1: 0.9,
    adamBeta2: 0.999,
    adamWeightDecay: 0.004,
    epsilon: 1e-7,
    weightDecay: 0.004,
    excludeLayers: [],
    excludeEmbeddings: true,
    muonA: 3.4445,
    muonB: -4.775,
    muonC: 2.0315,
    adamLrRatio: 1,
    momentum: 0.95,
    nsSteps: 5,
    nesterov: true,
    rmsRate: 0.2,
  },
  kinds: {
    adamBeta1: share,
    adamBeta2: share,
    adamWeightDecay: notNegative,
    adamLrRatio: notNegative,
    epsilon: notNegative,
    excludeLayers: patterns,
    excludeEmbeddings: trueOrFalse,
    muonA: number,
    muonB: number,
    muonC: number,
    nsSteps: notNegativeWhole,
    momentum: share,
    nesterov: trueOrFalse,
    rmsRate: {expected: `${notNegative.expected} or null`, fits: (value) => value === null || notNegative.fits(value)},
  },
  // Whether there is a velocity says who trains a weight.
  slots: () => [['momentum', 'velocity']],
  slotShape: (slot, weight, settings) =>
    slot !== 'velocity' || isForAdam(weight, settings) ? weight.shape : undefined,
  weightDecay: ({velocity}, settings) => settings[velocity ? 'adamWeightDecay' : 'weightDecay'] as number,
  begin: (step, settings, globals) => ADAM.begin!(step, ofAdam(settings), globals),
  update(update) {
    const {slots, rate, settings} = update;
    if (!slots.velocity) return matrixStep(update);
    return ADAM.update({...update, rate: rate.mul(settings.adamLrRatio as number), settings: ofAdam(settings)});
  },
};

function ofAdam({adamBeta1, adamBeta2, epsilon}: Settings): Settings {
  return {beta1: adamBeta1!, beta2: adamBeta2!, epsilon: epsilon!};
}

function isForAdam({shape, name}: OfWeight, {excludeEmbeddings, excludeLayers}: Settings): boolean {
  if (shape.length !== 2) return true;
  if (excludeEmbeddings && name.toLowerCase().includes('embedding')) return true;
  return (excludeLayers as readonly string[]).some((pattern) => new RegExp(pattern).test(name));
}

function matrixStep({gradient, weight, slots, rate, settings}: Update): Updated {
  const {nesterov, rmsRate} = settings;
  const stays = settings.momentum as number;
  const momentum = slots.momentum!.mul(stays).add(gradient);
  const step = orthogonal(nesterov ? gradient.add(momentum.mul(stays)) : momentum, settings).mul(rate);
  const scaled = typeof rmsRate === 'number' ? step.mul(Math.sqrt(Math.max(...step.shape)) * rmsRate) : step;
  return {weight: weight.sub(scaled), slots: {momentum}};
}

/** About the nearest matrix whose singular values are all 1, by Newton's and Schulz's iteration. */
function orthogonal(given: tf.Tensor, {muonA, muonB, muonC, nsSteps}: Settings): tf.Tensor {
  const [height, width] = given.shape as [number, number];
  const isHigh = height > width;
  const wide = isHigh ? given.transpose() : given;
  // Then no singular value is above 1.
  let x = wide.div(wide.square().sum().sqrt().add(1e-7));
  for (let i = 0; i < (nsSteps as number); i++) {
    const square = tf.matMul(x, x, false, true);
    const factor = square.mul(muonB as number).add(square.mul(muonC as number).matMul(square));
    x = x.mul(muonA as number).add(factor.matMul(x));
  }
  return isHigh ? x.transpose() : x;
}

/**
 * Muon: steps of matrices that turn rather than stretch, all directions alike; Adam for weights that are no matrices, for
 * embeddings, and for layers that are named.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.muon({learningRate: 0.005, excludeLayers: ['output']}), loss: 'categoricalCrossentropy'});
 */
export function muon(options: MuonOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.muon', MUON, options);
}
