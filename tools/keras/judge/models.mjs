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
export function optimizers(tf) {
  return {
    sgd: () => tf.train.sgd(0.05),
    momentum: () => tf.train.momentum(0.05, 0.9),
    nesterov: () => tf.train.momentum(0.05, 0.9, true),
    rmsprop: () => tf.train.rmsprop(0.005),
    rmspropMomentum: () => tf.train.rmsprop(0.005, 0.8, 0.5),
    adam: () => tf.train.adam(0.01),
    adamOptions: () => tf.train.adam(0.01, 0.8, 0.99, 1e-5),
    adagrad: () => tf.train.adagrad(0.05),
  };
}
