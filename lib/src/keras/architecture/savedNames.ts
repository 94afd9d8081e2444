import {makesMasks} from '../../tfjs/kerasMasks';
import {layerNames} from '../../tfjs/layerNames';
import type {tf} from '../../tfjs/tensorflow';

/** What Keras 3 calls the operations by which it computes masks as it opens a file: as if nothing had these names. */
const TAKEN = /^(any|concatenate|expand_dims|logical_or|not_equal|ones_like|zeros_like)(_\d+)?$/;

/**
 * The names of a model's layers in a file: TensorFlow.js's → Keras's. With masks Keras refuses a layer `concatenate` beside its
 * own operation of that name; such a layer becomes `layer_concatenate`.
 */
export function savedNames(model: tf.LayersModel): Map<string, string> {
  const names = layerNames(model);
  if (!makesMasks(model)) return names;
  return new Map([...names].map(([own, name]) => [own, TAKEN.test(name) ? `layer_${name}` : name]));
}
