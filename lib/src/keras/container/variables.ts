import type {tf} from '../../tfjs/tensorflow';
import type {Hdf5, Hdf5Array} from '../../files/hdf5';
import {snakeCase} from '../../tfjs/layerNames';
import {kerasClass} from '../../tfjs/ownNames';
import {isContainer, ownWeights, sublayers, type Weight} from '../../tfjs/layers';

/** The weights that one layer owns, under the path where Keras 3 keeps them in a .keras file. */
export interface Variables {
  /** For example 'layers/lstm/cell'. */
  path: string;
  layer: tf.layers.Layer;
  weights: Weight[];
}

/** Where layers of one class, with this name in snake case, lie under the same model. */
export type Places = (parent: string, stem: string, layers: tf.layers.Layer[]) => Map<tf.layers.Layer, string>;

const counted =
  (attribute: string): Places =>
  (parent, stem, layers) =>
    new Map(layers.map((layer, i) => [layer, join(parent, attribute, i === 0 ? stem : `${stem}_${i}`)]));

/**
 * Every layer's place in Keras 3's tree: the class in snake case, counted among the layers of the same model, whatever
 * the layers are called. Source: keras.src.saving.saving_lib, _save_state and _save_container_state.
 *
 * @param places For files that count otherwise.
 */
export function variablesOf(layer: tf.layers.Layer, places: Places = counted('layers'), path = ''): Variables[] {
  const inside = sublayers(layer);
  const byStem = new Map<string, tf.layers.Layer[]>();
  for (const {attribute, layer: inner} of inside) {
    if (attribute !== 'layers' && attribute !== 'cells') continue;
    const className = kerasClass(inner.getClassName());
    // An operation isn't one of a model's layers in Keras.
    if (className === 'KerasOperation') continue;
    // A Sequential's InputLayer isn't among its layers in Keras.
    if (className === 'InputLayer' && layer.getClassName() === 'Sequential') continue;
    const stem = snakeCase(isContainer(inner) && className !== 'Sequential' ? 'Functional' : className);
    byStem.set(stem, [...(byStem.get(stem) ?? []), inner]);
  }
  const placed = new Map<tf.layers.Layer, string>();
  for (const [stem, layers] of byStem) {
    const place = isContainer(layer) ? places : counted('cells');
    for (const [inner, found] of place(path, stem, layers)) placed.set(inner, found);
  }
  return [
    {path, layer, weights: ownWeights(layer)},
    ...inside.flatMap(({attribute, layer: inner}) => {
      if (attribute !== 'layers' && attribute !== 'cells') return variablesOf(inner, places, join(path, attribute));
      const place = placed.get(inner);
      return place === undefined ? [] : variablesOf(inner, places, place);
    }),
  ];
}

/** The array at `path` of a file, or an error that says it's missing. */
export function arrayAt(file: Hdf5, path: string): Hdf5Array {
  const array = file.arrays.get(path);
  if (!array) throw new Error(`it has no array '${path}'`);
  return array;
}

/** How many numbers a file holds. */
export function count(file: Hdf5): number {
  return [...file.arrays.values()].reduce((sum, {shape}) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('/');
}
