import {publicCall} from '../arguments/publicCall';
import {checkArguments} from '../arguments/schema';
import {readHdf5} from '../files/hdf5';
import {keepNames} from '../tfjs/layerNames';
import {passMasksAsKeras} from '../tfjs/kerasMasks';
import {buildModel} from '../tfjs/layers';
import type {tf} from '../tfjs/tensorflow';
import {refuseKeras1} from './architecture/keras1';
import {withOwnKeys, withOwnNames} from './architecture/ownNames';
import {modelToTfjs} from './architecture/read';
import {otherFloats, precisionNotice} from './architecture/precision';
import {idleLayers, idleNotice} from './architecture/idle';
import {leftOutRegularizers, regularizerNotice} from './architecture/regularizers';
import {assignAll, type Assignment} from './container/assignments';
import {configurationIn, frozenLayers, isConfiguration, type Configuration} from './container/configuration';
import {readH5, stateFromH5} from './container/h5';
import {assignmentsFromH5} from './container/h5Weights';
import {readKeras, stateFromKeras} from './container/keras';
import {assignmentsFromKeras} from './container/kerasWeights';
import {modelPath, onFile} from './container/modelFile';
import {withModelFile, type Found} from './container/readFile';
import {readTfjs} from './container/tfjs';
import {count} from './container/variables';
import {parseObject} from './json';
import {notice} from './notice';
import {compile} from './training/compile';
import {stateFromFile, type SavedVariable} from './training/savedState';
import {stateToTfjs} from './training/state';

/**
 * Loads a model that convlab or Keras saved: `.h5` of Keras 2 or 3, `.keras` of Keras 2.12 or later; the content says
 * which, whatever the file is called. TensorFlow.js's own `model.json`, or the folder it lies in, is loaded as
 * `tf.loadLayersModel` does. The `.json` of Keras's `model.to_json()` is an architecture alone: its weights start at
 * random, as in a new model, until `loadWeights` brings them.
 *
 * If the file says how the model was compiled, it is compiled, and training goes on where it stopped. What of that
 * can't be done here is told on the console, and the model still predicts.
 *
 * Reading never runs code, never looks at another file but a model.json's weights, and takes no more memory than the
 * file's size warrants.
 *
 * @param path the file, or a folder with a model.json
 * @returns the model
 * @throws Error that names the file and what is wrong with it, or the layer that can't be built
 * @example
 * const model = await keras.load('mymodel.h5');
 * model.predict(images);
 */
export function load(path: string): Promise<tf.LayersModel> {
  return publicCall('keras.load', async () => {
    checkArguments({path}, {path: modelPath});
    return onFile(path, async () => {
      const found = await withModelFile(path, read);
      return 'architecture' in found ? build(found, path) : found;
    });
  });
}

interface Content extends Configuration {
  /** How many numbers the file holds; undefined for an architecture without any. */
  size?: number;
  assignments: (model: tf.LayersModel) => Assignment[];
  state: () => SavedVariable[];
}

async function read(found: Found): Promise<Content | tf.LayersModel> {
  if (found.format === 'model.json') {
    const json = parseObject(await found.file.readFile('utf8'), 'the file');
    if (!isConfiguration(json)) return readTfjs(found.path, json);
    return {...configurationIn(json), assignments: () => [], state: () => []};
  }
  if (found.format === '.keras') {
    const {file, ...config} = await readKeras(found);
    return {
      ...config,
      size: count(file),
      assignments: (model) => assignmentsFromKeras(file, model),
      state: () => stateFromKeras(file),
    };
  }
  const file = await readHdf5(found);
  const config = readH5(file);
  return {
    ...config,
    size: count(file),
    assignments: (model) => assignmentsFromH5(file, 'model_weights', model, frozenLayers(config)),
    state: () => stateFromH5(file),
  };
}

async function build({architecture, version, size, ...content}: Content, path: string): Promise<tf.LayersModel> {
  refuseKeras1(architecture, version);
  const own = withOwnNames(architecture);
  const model = await buildModel(modelToTfjs(own.architecture, version), size);
  try {
    keepNames(model, own.renamed);
    passMasksAsKeras(model);
    assignAll(content.assignments(model));
    const floats = otherFloats(architecture);
    if (size === undefined) notice(path, 'it is an architecture alone, and its weights start at random; keras.loadWeights(model, path) puts in those of a file'); // prettier-ignore
    if (floats.length > 0) notice(path, precisionNotice(floats));
    const regularizers = leftOutRegularizers(architecture);
    if (regularizers.length > 0) notice(path, regularizerNotice(regularizers));
    const idle = idleLayers(architecture);
    if (idle.length > 0) notice(path, idleNotice(idle));
    // Keras writes an empty configuration for a model that was never compiled.
    const compiled = content.compile !== undefined && (content.compile.loss ?? null) !== null;
    if (compiled && compile(model, withOwnKeys(content.compile!, own.renamed, architecture), path))
      await loadState(model, content.state, path);
    return model;
  } catch (error) {
    // Not model.dispose(), which leaves the weights of a model that is used inside of another one.
    for (const weight of model.weights) weight.dispose();
    throw error;
  }
}

/** The optimizer's memory is worth a warning, not the model: without it training starts as if compiled anew. */
async function loadState(model: tf.LayersModel, state: () => SavedVariable[], path: string): Promise<void> {
  try {
    await stateToTfjs(model, stateFromFile(model, state()));
  } catch (error) {
    notice(
      path,
      `the optimizer starts afresh, from step 0, so that the first steps of further training ` +
        `differ from Keras's: ${(error as Error).message}`,
    );
  }
}
