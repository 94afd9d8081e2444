// Keras's .h5 files: the architecture as JSON in an attribute, the weights in a group for each layer of the model.
// Source: keras.src.legacy.saving.legacy_h5_format, which says what Keras 3 reads; Keras 2 reads the same.
import type {tf} from '../../tfjs/tensorflow';
import type {Attribute, Hdf5, Hdf5Array} from '../../files/hdf5';
import {parseObject, type JsonObject} from '../json';
import type {ModelFile} from './modelFile';
import {snakeCase} from '../../tfjs/layerNames';
import {kindOf, type StateVariable} from '../training/state';
import {withoutModules} from '../architecture/write';
import {variableName, type Weight} from '../../tfjs/layers';
import {arrayAt, assign, toArray} from './variables';

// The version whose layout this is: readers only ask whether it is 1.
const KERAS_VERSION = '2.15.0';
// A list of names lies in the group's header, which HDF5 limits to 64 kB; each takes 16 bytes.
const NAMES_PER_ATTRIBUTE = 4000;
// Where convlab keeps the optimizer's state. Not in Keras's group: Keras 3.15 that finds one, be it its own, builds the
// optimizer for no weights at all, and the model can't be trained until it is compiled again.
const OPTIMIZER = 'convlab_optimizer_weights';
const KERAS_OPTIMIZER = 'optimizer_weights';

/** A model as the content of an .h5 file. */
export function toH5({architecture, compile, state, model, names}: ModelFile): Hdf5 {
  const file: Hdf5 = {attributes: new Map(), arrays: new Map()};
  const versions: [string, string][] = [
    ['keras_version', KERAS_VERSION],
    ['backend', 'tensorflow'],
  ];
  const root = new Map<string, Attribute>([
    ...versions,
    ['model_config', JSON.stringify(withoutModules(architecture))],
  ]);
  file.attributes.set('', root);
  if (compile) {
    const {optimizer, ...rest} = compile;
    const training = {...rest, weighted_metrics: null, loss_weights: null, optimizer_config: optimizer};
    root.set('training_config', JSON.stringify(training));
  }
  const layers = model.layers.filter((layer) => !isInputOfSequential(layer, model));
  const layerNames = layers.map((layer) => names.get(layer.name)!);
  file.attributes.set(
    'model_weights',
    new Map<string, Attribute>([...versions, ...listOfNames('layer_names', layerNames)]),
  );
  layers.forEach((layer, i) => {
    const entries = layer.weights.map((weight) => [weightName(weight, names), toArray(weight)] as const);
    putArrays(file, `model_weights/${layerNames[i]!}`, entries);
  });
  if (state) {
    const prefix = snakeCase(compile!.optimizer.class_name);
    const entries = state.map(({kind, weight, array}) => {
      const name = weight ? `${weightName(weight, names).replace(/:0$/, '').replaceAll('/', '_')}_${kind}` : kind;
      return [`${prefix}/${name}`, array] as const;
    });
    putArrays(file, OPTIMIZER, entries);
  }
  return file;
}

function isInputOfSequential(layer: tf.layers.Layer, model: tf.LayersModel): boolean {
  return layer.getClassName() === 'InputLayer' && model.getClassName() === 'Sequential';
}

/** conv2d_Conv2D1/kernel → conv2d/kernel:0. */
function weightName(weight: Weight, names: ReadonlyMap<string, string>): string {
  const parts = variableName(weight).split('/');
  return `${parts.map((part) => names.get(part) ?? part).join('/')}:0`;
}

function putArrays(file: Hdf5, group: string, entries: (readonly [string, Hdf5Array])[]): void {
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

/** The configuration in an .h5 file. */
export function readH5(file: Hdf5): {architecture: JsonObject; version: string; compile?: JsonObject} {
  const root = file.attributes.get('');
  const config = root?.get('model_config');
  if (typeof config !== 'string') {
    const weightsOnly = root?.has('layer_names') === true;
    throw new Error(
      weightsOnly
        ? 'it holds weights only, without the model; in Keras, save with model.save() instead of save_weights()'
        : "it is an HDF5 file, but not a model of Keras's: it has no attribute model_config",
    );
  }
  const version = root?.get('keras_version');
  const training = root?.get('training_config');
  let compile: JsonObject | undefined;
  if (typeof training === 'string') {
    const {optimizer_config, ...rest} = parseObject(training, 'training_config');
    compile = {...rest, optimizer: optimizer_config ?? null};
  }
  return {
    architecture: parseObject(config, 'model_config'),
    version: typeof version === 'string' ? version : '2',
    ...(compile && {compile}),
  };
}

/** Gives a model the weights of an .h5 file. */
export function weightsFromH5(file: Hdf5, model: tf.LayersModel): void {
  for (const layer of model.layers) {
    const group = `model_weights/${layer.name}`;
    const names = namesIn(file, group, 'weight_names');
    if (names.length !== layer.weights.length) {
      throw new Error(
        `layer '${layer.name}' needs ${layer.weights.length} weights, the file has ${names.length} for it`,
      );
    }
    layer.weights.forEach((weight, i) => {
      const path = `${group}/${names[i]!}`;
      assign(weight, arrayAt(file, path), path);
    });
  }
}

/** The optimizer's variables of an .h5 file, as far as their names say what they are. */
export function stateFromH5(file: Hdf5): StateVariable[] {
  return [OPTIMIZER, KERAS_OPTIMIZER].flatMap((group) =>
    namesIn(file, group, 'weight_names').flatMap((name) => {
      const kind = kindOf(name);
      return kind === undefined ? [] : {kind, array: arrayAt(file, `${group}/${name}`)};
    }),
  );
}

/** A list of names, which may be cut into name0, name1, …; one that isn't there is empty. */
function namesIn(file: Hdf5, group: string, name: string): string[] {
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
