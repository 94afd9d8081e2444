import {CallError} from '../arguments/publicCall';
import type {Kind} from '../arguments/schema';
import {tf} from './tensorflow';

/** A model with layers in it, whose weights are still there. */
export const modelKind: Kind = {
  expected: 'a model, made by tf.sequential, tf.model or keras.load',
  fits: (value) => value instanceof tf.LayersModel || isFromAnotherCopy(value),
  problem: (value) => {
    if (isFromAnotherCopy(value)) return ANOTHER_COPY;
    const model = value as tf.LayersModel;
    if (model.layers.length === 0) return 'the model has no layers yet; add some with model.add(…)';
    return isDisposed(model) ? DISPOSED : undefined;
  },
};

/** Two copies of TensorFlow.js share tensors, but know nothing of each other's models. */
function isFromAnotherCopy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof tf.LayersModel) return false;
  const {layers, predict, compile} = value as Record<string, unknown>;
  return Array.isArray(layers) && typeof predict === 'function' && typeof compile === 'function';
}

const ANOTHER_COPY =
  "the model was made by another copy of TensorFlow.js than convlab's; make it with the tf that convlab exports";

const DISPOSED = 'the model was disposed, and its weights are gone; make it anew, or dispose it later';

/** @throws CallError when the weights are gone: a callback or other code may dispose of a model that is still at work. */
export function checkAlive(model: tf.LayersModel): void {
  if (isDisposed(model)) throw new CallError(DISPOSED);
}

function isDisposed(model: tf.LayersModel): boolean {
  return model.weights.some((weight) => (weight as unknown as {val: tf.Variable}).val.isDisposed);
}
