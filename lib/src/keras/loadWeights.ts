import {publicCall} from '../arguments/publicCall';
import {trueOrFalse} from '../arguments/kinds';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {readHdf5, type Hdf5} from '../files/hdf5';
import {layerNames} from '../tfjs/layerNames';
import {modelKind} from '../tfjs/model';
import type {tf} from '../tfjs/tensorflow';
import {assignAll, fits, type Assignment} from './container/assignments';
import {assignLayer, isH5Weights, savedLayers, type SavedLayer} from './container/h5Weights';
import {readKerasWeights} from './container/keras';
import {assignmentsFromKeras, isKerasWeights, slashed} from './container/kerasWeights';
import {modelPath, onFile} from './container/modelFile';
import {withModelFile} from './container/readFile';

/** Which weights to load. */
export interface LoadWeightsOptions {
  /**
   * Only into the layers that the file has under the same name; all others keep what they have: so the first layers of
   * a larger network go into one of one's own. For `.h5` files; default false: the whole model, layer by layer.
   */
  byName?: boolean;
  /** Passes over the layers whose weights have another shape or number in the file, and says so. Default false. */
  skipMismatch?: boolean;
}

/**
 * Gives a model weights from a file of Keras's: `.h5` or `.weights.h5` of `model.save_weights()`, what Keras keeps in
 * its cache for `keras.applications`, or those in a whole model's `.h5` or `.keras`. The model must be built as the one
 * that was saved. Either all weights are replaced or, after an error, none.
 *
 * Layers are matched by name where the file has the model's names, otherwise in their order, as Keras does.
 *
 * @param model the model whose weights are replaced
 * @param path the file; what it is, its content says
 * @param options which weights
 * @returns when the weights are in
 * @throws Error that names the layer whose weights have another shape or number, with both
 * @example
 * const base = await keras.load('vgg16.keras');
 * await keras.loadWeights(base, 'vgg16_weights_tf_dim_ordering_tf_kernels.h5');
 */
export function loadWeights(model: tf.LayersModel, path: string, options: LoadWeightsOptions = {}): Promise<void> {
  return publicCall('keras.loadWeights', async () => {
    checkArguments({model, path, options}, {model: modelKind, path: modelPath, options: loadWeightsOptions});
    const {byName = false, skipMismatch = false} = options;
    return onFile(path, async () => {
      const file = await readWeights(path);
      const skip = skipMismatch ? new Skipped() : undefined;
      assignAll(assignments(file, model, byName, skip));
      skip?.tell(path);
    });
  });
}

const flag = optional(trueOrFalse);
const loadWeightsOptions = optionsOf<LoadWeightsOptions>({byName: flag, skipMismatch: flag});

function readWeights(path: string): Promise<Hdf5> {
  return withModelFile(path, async (found) => {
    if (found.format === 'model.json') {
      throw new Error(
        "a .json file holds no weights of Keras's; those of TensorFlow.js come with their model: keras.load(path)",
      );
    }
    if (found.format !== '.h5') return readKerasWeights(found);
    const file = await readHdf5(found);
    // A backslash in the name of a layer is its own.
    return isH5Weights(file, '') ? file : slashed(file);
  });
}

function assignments(file: Hdf5, model: tf.LayersModel, byName: boolean, skip?: Skipped): Assignment[] {
  const group = ['', 'model_weights'].find((place) => isH5Weights(file, place));
  if (group !== undefined) {
    const pairs = byName ? sameNames(model, savedLayers(file, group)) : pairedUp(model, savedLayers(file, group));
    return pairs.flatMap(([layer, saved]) => checkedLayer(layer, saved, skip));
  }
  if (!isKerasWeights(file)) throw new Error('it is an HDF5 file, but holds no weights as Keras writes them');
  if (byName) throw new Error('byName needs an .h5 file with the names of layers; this one counts them by class');
  const found = assignmentsFromKeras(file, model);
  return skip ? found.filter((each) => fits(each) || skip.add(each.path)) : found;
}

type Pair = [layer: tf.layers.Layer, saved: SavedLayer];

function sameNames(model: tf.LayersModel, saved: SavedLayer[]): Pair[] {
  const names = layerNames(model);
  const byName = new Map(saved.map((layer) => [layer.name, layer]));
  const pairs = model.layers.flatMap((layer): Pair[] => {
    const found = byName.get(layer.name) ?? byName.get(names.get(layer.name)!);
    return found ? [[layer, found]] : [];
  });
  if (pairs.length > 0) return pairs;
  const some = saved.slice(0, 3).map(({name}) => `'${name}'`).join(', '); // prettier-ignore
  throw new Error(`no layer of the model is called as one in the file, where they are ${some}, …`);
}

/** By name where each name is there, otherwise in order: Keras counts on with every model that a session makes. */
function pairedUp(model: tf.LayersModel, saved: SavedLayer[]): Pair[] {
  const layers = model.layers.filter((layer) => layer.weights.length > 0);
  if (layers.length !== saved.length) {
    throw new Error(
      `the model has ${layers.length} layers with weights, the file ${saved.length}; ` +
        'with {byName: true} those of equal names are loaded',
    );
  }
  const byName = new Map(saved.map((layer) => [layer.name, layer]));
  const names = layerNames(model);
  const named = layers.map((layer) => byName.get(layer.name) ?? byName.get(names.get(layer.name)!));
  const all = new Set(named).size === layers.length && !named.includes(undefined);
  return layers.map((layer, i) => [layer, all ? named[i]! : saved[i]!]);
}

/** A layer's assignments, if their shapes are right; an error that names the layer, or a note that it was passed over. */
function checkedLayer(layer: tf.layers.Layer, saved: SavedLayer, skip?: Skipped): Assignment[] {
  if (skip && layer.weights.length !== saved.arrays.length) {
    skip.add(layer.name);
    return [];
  }
  const found = assignLayer(layer, saved);
  const wrong = found.find((each) => !fits(each));
  if (wrong === undefined) return found;
  if (skip) {
    skip.add(layer.name);
    return [];
  }
  const shapes = `[${wrong.weight.shape.join(', ')}], got [${wrong.array.shape.join(', ')}]`;
  throw new Error(`layer '${layer.name}': array '${wrong.path}' should have shape ${shapes}`);
}

/** What was passed over. */
class Skipped {
  private readonly names: string[] = [];

  add(name: string): false {
    this.names.push(name);
    return false;
  }

  tell(path: string): void {
    if (this.names.length === 0) return;
    console.warn(`keras.loadWeights: ${path}: passed over, for another shape or number: ${this.names.join(', ')}`);
  }
}
