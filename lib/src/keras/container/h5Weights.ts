// The weights in Keras's .h5 files: a group for each layer of the model, with a list of names that says the order. In a
// model's file under model_weights; in a file of weights alone at its root.
// Source: keras.src.legacy.saving.legacy_h5_format, which says what Keras 3 reads; Keras 2 reads the same.
import type {ArrayToWrite, Attribute, Hdf5, Hdf5Array, Hdf5ToWrite} from '../../files/hdf5';
import {heldWeight, sublayers, variableName, weightsTrainedFirst, type Weight} from '../../tfjs/layers';
import {nameInFile} from '../../tfjs/layerNames';
import type {tf} from '../../tfjs/tensorflow';
import type {Assignment} from './assignments';
import type {KerasVersion} from '../architecture/objects';
import {withoutCudnn} from './cudnn';
import {arrayAt} from './variables';

/** The version whose words these are: Keras only asks whether it is 1, `keras.load` what they mean. */
export const versions = (version: KerasVersion): readonly (readonly [string, string])[] => [
  ['keras_version', version === 2 ? '2.15.0' : '3.15.1'],
  ['backend', 'tensorflow'],
];
// A list of names lies in the group's header, which HDF5 limits to 64 kB; each takes 16 bytes.
const NAMES_PER_ATTRIBUTE = 4000;

/** A model's weights as the content of an .h5 file of weights alone; they are held on to until they are written. */
export function weightsToH5(model: tf.LayersModel, names: ReadonlyMap<string, string>): Hdf5ToWrite {
  const file: Hdf5ToWrite = {attributes: new Map(), arrays: new Map()};
  putWeights(file, '', model, names);
  return file;
}

/** Adds a model's weights under a group. */
export function putWeights(
  file: Hdf5ToWrite,
  group: string,
  model: tf.LayersModel,
  names: ReadonlyMap<string, string>,
): void {
  const layers = model.layers.filter((layer) => !isInputOfSequential(layer, model));
  const layerNames = layers.map((layer) => names.get(layer.name)!);
  const attributes = file.attributes.get(group) ?? new Map<string, Attribute>();
  for (const [name, value] of [...versions(3), ...listOfNames('layer_names', layerNames)]) attributes.set(name, value);
  file.attributes.set(group, attributes);
  layers.forEach((layer, i) => {
    const weights = weightsTrainedFirst(layer);
    const entries = weights.map((weight) => [weightName(weight, names), heldWeight(weight)] as const);
    putArrays(file, under(group, layerNames[i]!), entries);
  });
}

function isInputOfSequential(layer: tf.layers.Layer, model: tf.LayersModel): boolean {
  return layer.getClassName() === 'InputLayer' && model.getClassName() === 'Sequential';
}

/** conv2d_Conv2D1/kernel → conv2d/kernel:0. A layer's own name may hold a slash. */
export function weightName(weight: Weight, names: ReadonlyMap<string, string>): string {
  const name = variableName(weight);
  const slash = name.lastIndexOf('/');
  const layer = name.slice(0, Math.max(slash, 0));
  const whole = names.get(layer) ?? layer.split('/').map((part) => names.get(part) ?? part).join('/'); // prettier-ignore
  return `${under(whole, name.slice(slash + 1))}:0`;
}

/** Adds arrays to a group, and the list of their names; one that is there already gets a number. */
export function putArrays(file: Hdf5ToWrite, group: string, entries: (readonly [string, ArrayToWrite])[]): void {
  const taken = new Map<string, number>();
  const names = entries.map(([name, array]) => {
    const count = taken.get(name) ?? 0;
    taken.set(name, count + 1);
    const unique = count === 0 ? name : `${name}_${count}`;
    file.arrays.set(`${group}/${unique}`, array);
    return unique;
  });
  const attributes = file.attributes.get(group) ?? new Map<string, Attribute>();
  for (const [name, value] of listOfNames('weight_names', names)) attributes.set(name, value);
  file.attributes.set(group, attributes);
}

function listOfNames(name: string, names: string[]): [string, string[]][] {
  if (names.length <= NAMES_PER_ATTRIBUTE) return [[name, names]];
  const pieces: [string, string[]][] = [];
  for (let at = 0; at < names.length; at += NAMES_PER_ATTRIBUTE) {
    pieces.push([`${name}${pieces.length}`, names.slice(at, at + NAMES_PER_ATTRIBUTE)]);
  }
  return pieces;
}

/** A list of names, which may be cut into name0, name1, …; one that isn't there is empty. */
export function namesIn(file: Hdf5, group: string, name: string): string[] {
  const attributes = file.attributes.get(group);
  const whole = attributes?.get(name);
  if (Array.isArray(whole)) return whole;
  const names: string[] = [];
  for (let i = 0; ; i++) {
    const piece = attributes?.get(`${name}${i}`);
    if (!Array.isArray(piece)) return names;
    names.push(...piece);
  }
}

/** Whether a group lists layers with weights. */
export function isH5Weights(file: Hdf5, group: string): boolean {
  const attributes = file.attributes.get(group);
  return attributes?.has('layer_names') === true || attributes?.has('layer_names0') === true;
}

/** A layer's arrays of a file, in order. */
export interface SavedLayer {
  name: string;
  arrays: {path: string; array: Hdf5Array}[];
}

/** The layers that a group lists, without those that have no weights. */
export function savedLayers(file: Hdf5, group: string): SavedLayer[] {
  return namesIn(file, group, 'layer_names').flatMap((name) => {
    const place = under(group, name);
    const arrays = namesIn(file, place, 'weight_names').map((each) => {
      const path = `${place}/${each}`;
      return {path, array: arrayAt(file, path)};
    });
    return arrays.length === 0 ? [] : {name, arrays};
  });
}

/**
 * Which array goes into which weight, layer by layer of the same name: how a file fits the model that it describes.
 *
 * @param frozen the layers of which the file says that they don't learn, whatever the layers inside are
 */
export function assignmentsFromH5(
  file: Hdf5,
  group: string,
  model: tf.LayersModel,
  frozen: ReadonlySet<string>,
): Assignment[] {
  const saved = new Map(savedLayers(file, group).map((layer) => [layer.name, layer]));
  return model.layers.flatMap((layer) => {
    const name = nameInFile(layer);
    return assignLayer(layer, saved.get(name) ?? {name, arrays: []}, !frozen.has(name));
  });
}

/** @throws Error unless the layer has as many weights as the file. */
export function assignLayer(layer: tf.layers.Layer, saved: SavedLayer, isLearning = true): Assignment[] {
  const {name, arrays} = inOrder(layer, saved);
  const weights = weightsTrainedFirst(layer, isLearning);
  if (weights.length !== arrays.length) {
    const called = name === layer.name ? '' : `, where it is called '${name}'`;
    throw new Error(
      `layer '${layer.name}' needs ${weights.length} weights, the file has ${arrays.length} for it${called}`,
    );
  }
  return weights.map((weight, i) => ({weight, ...arrays[i]!}));
}

/** Layers for Nvidia's cards, and Bidirectional's two of them, have their weights in another order. */
function inOrder(layer: tf.layers.Layer, {name, arrays}: SavedLayer): SavedLayer {
  const inside = sublayers(layer).map((inner) => inner.layer.getClassName());
  if (layer.getClassName() !== 'Bidirectional') return withoutCudnn(layer.getClassName(), {name, arrays});
  const half = arrays.length / 2;
  const each = [arrays.slice(0, half), arrays.slice(half)].map((own, i) =>
    withoutCudnn(inside[i]!, {name, arrays: own}),
  );
  return {name, arrays: each.flatMap((own) => own.arrays)};
}

function under(group: string, name: string): string {
  return group === '' ? name : `${group}/${name}`;
}
