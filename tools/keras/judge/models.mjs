// What real Keras judges.
import {functionalModels} from './functional.mjs';
import {sequentialModels} from './sequential.mjs';

/**
 * Each has a name, the shapes of its `inputs`, and `build()`; `integers` says below which number whole inputs stay.
 *
 * @param {typeof import('convlab').tf} tf
 */
export function models(tf) {
  const table = {...sequentialModels(tf), ...functionalModels(tf)};
  return Object.entries(table).map(([name, entry]) => ({name, ...entry}));
}

/** The optimizers whose state, after some steps, is saved with a model. */
export function optimizers(tf, ours) {
  return {
    sgd: () => tf.train.sgd(0.05),
    momentum: () => tf.train.momentum(0.05, 0.9),
    nesterov: () => tf.train.momentum(0.05, 0.9, true),
    rmsprop: () => tf.train.rmsprop(0.005),
    rmspropMomentum: () => tf.train.rmsprop(0.005, 0.8, 0.5),
    adam: () => tf.train.adam(0.01),
    adamOptions: () => tf.train.adam(0.01, 0.8, 0.99, 1e-5),
    adagrad: () => tf.train.adagrad(0.05),
    ours_sgd: () => ours.sgd({learningRate: 0.05, momentum: 0.9, nesterov: true, clipvalue: 0.01}),
    ours_rmsprop: () => ours.rmsprop({learningRate: 0.005, momentum: 0.4, centered: true, epsilon: 0.001}),
    amsgrad: () => ours.adam({learningRate: 0.01, amsgrad: true, clipnorm: 0.1}),
    adamW: () => ours.adamW({learningRate: 0.01, weightDecay: 0.1}),
    adamax: () => ours.adamax({learningRate: 0.01}),
    nadam: () => ours.nadam({learningRate: 0.01}),
    ours_adagrad: () => ours.adagrad({learningRate: 0.05, globalClipnorm: 0.1}),
    adadelta: () => ours.adadelta({learningRate: 1}),
    ftrl: () => ours.ftrl({learningRate: 0.05, l1RegularizationStrength: 0.01}),
    lion: () => ours.lion({learningRate: 0.005}),
    adafactor: () => ours.adafactor({learningRate: 0.1}),
    muon: () => ours.muon({learningRate: 0.01, excludeLayers: ['dense'], weightDecay: 0.1}),
    muonMatrices: () => ours.muon({learningRate: 0.01, rmsRate: null}),
    scheduleFreeAdamW: () => ours.scheduleFreeAdamW({learningRate: 0.05, beta1: 0.8}),
    average: () => ours.adam({learningRate: 0.01, useEma: true, emaMomentum: 0.8, emaOverwriteFrequency: 4}),
    accumulated: () => ours.adam({learningRate: 0.01, gradientAccumulationSteps: 3}),
  };
}
