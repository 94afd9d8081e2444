import type {tf} from '../../tfjs/tensorflow';
import type {Hdf5, Hdf5Array} from '../../files/hdf5';
import {snakeCase} from '../../tfjs/layerNames';
import {isContainer, ownWeights, setWeight, sublayers, weightValues, type Weight} from '../../tfjs/layers';

/** The weights that one layer owns, under the path where Keras 3 keeps them in a .keras file. */
export interface Variables {
  /** For example 'layers/lstm/cell'. */
  path: string;
  layer: tf.layers.Layer;
  weights: Weight[];
}

/**
 * Every layer's place in Keras 3's tree: the class in snake case, counted among the layers of the same model, whatever
 * the layers are called. Source: keras.src.saving.saving_lib, _save_state and _save_container_state.
 */
export function variablesOf(layer: tf.layers.Layer, path = ''): Variables[] {
  const counts = new Map<string, number>();
  const own = {path, layer, weights: ownWeights(layer)};
  const inside = sublayers(layer).flatMap(({attribute, layer: inner}) => {
    if (attribute !== 'layers' && attribute !== 'cells') return variablesOf(inner, join(path, attribute));
    const className = inner.getClassName();
    // A Sequential's InputLayer isn't among its layers in Keras.
    if (className === 'InputLayer' && layer.getClassName() === 'Sequential') return [];
    const stem = snakeCase(isContainer(inner) && className !== 'Sequential' ? 'Functional' : className);
    const count = counts.get(stem) ?? 0;
    counts.set(stem, count + 1);
    return variablesOf(inner, join(path, attribute, count === 0 ? stem : `${stem}_${count}`));
  });
  return [own, ...inside];
}

/** A weight as an array for the file. */
export function toArray(weight: Weight): Hdf5Array {
  return {shape: [...weight.shape] as number[], data: weightValues(weight)};
}

/** The array at `path` of a file, or an error that says it's missing. */
export function arrayAt(file: Hdf5, path: string): Hdf5Array {
  const array = file.arrays.get(path);
  if (!array) throw new Error(`it has no array '${path}'`);
  return array;
}

/** Gives a weight the values of a file's array, to the bit. */
export function assign(weight: Weight, array: Hdf5Array, path: string): void {
  setWeight(weight, checked(array, weight.shape as number[], path));
}

/** An array's values if it has this shape and 32-bit floats; an error that says what came otherwise. */
export function checked({shape, data}: Hdf5Array, expected: readonly number[], path: string): Float32Array {
  if (!(data instanceof Float32Array)) throw new Error(`array '${path}' should hold 32-bit floats`);
  if (shape.length !== expected.length || shape.some((length, i) => length !== expected[i])) {
    throw new Error(`array '${path}' should have shape [${expected.join(', ')}], got [${shape.join(', ')}]`);
  }
  return data;
}

/** How many numbers a file holds. */
export function count(file: Hdf5): number {
  return [...file.arrays.values()].reduce((sum, {shape}) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('/');
}
