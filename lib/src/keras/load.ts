import type {tf} from '../tfjs/tensorflow';
import {compile} from './training/compile';
import {readH5, stateFromH5, weightsFromH5} from './container/h5';
import {readHdf5, type Hdf5} from '../files/hdf5';
import type {JsonObject} from './json';
import {readKeras, stateFromKeras, weightsFromKeras} from './container/keras';
import {checkPath, type Format} from './container/modelFile';
import {keepNames} from '../tfjs/layerNames';
import {readModelFile} from './container/readFile';
import {stateToTfjs, type StateVariable} from './training/state';
import {buildModel} from '../tfjs/layers';
import {modelToTfjs} from './architecture/read';
import {count} from './container/variables';

/**
 * Loads a model that convlab or Keras saved: .h5 of Keras 2 or 3, .keras of Keras 3. If the file says how the model was
 * compiled, it is compiled, and training goes on where it stopped. What of that TensorFlow.js lacks is told on the
 * console, and the model still predicts.
 *
 * Reading never runs code, never looks at another file, and takes no more memory than the file's size warrants.
 *
 * @param path ends in .h5 or .keras.
 * @throws Error that names the file and what is wrong with it, or the layer that TensorFlow.js lacks.
 * @example
 * const model = await keras.load('mymodel.h5');
 * model.predict(images);
 */
export async function load(path: string): Promise<tf.LayersModel> {
  checkPath('keras.load', path);
  let model: tf.LayersModel | undefined;
  try {
    const {bytes, format} = await readModelFile(path);
    const content = await read(bytes, format);
    const {architecture, version, file} = content;
    model = await buildModel(modelToTfjs(architecture, version), count(file));
    if (format === '.h5') weightsFromH5(file, model);
    else weightsFromKeras(file, model);
    keepNames(model);
    if (content.compile?.optimizer && compile(model, content.compile, path)) {
      await loadState(model, format === '.h5' ? () => stateFromH5(file) : (m) => stateFromKeras(file, m), path);
    }
    return model;
  } catch (error) {
    // Not model.dispose(), which leaves the weights of a model that is used inside of another one.
    for (const weight of model?.weights ?? []) weight.dispose();
    throw new Error(`keras.load: ${path}: ${(error as Error).message}`, {cause: error});
  }
}

/** The optimizer's memory is worth a warning, not the model: without it training starts as if compiled anew. */
async function loadState(model: tf.LayersModel, state: (model: tf.LayersModel) => StateVariable[], path: string) {
  try {
    await stateToTfjs(model, state(model));
  } catch (error) {
    console.warn(`keras.load: ${path}: the optimizer starts afresh: ${(error as Error).message}`);
  }
}

interface Content {
  architecture: JsonObject;
  version: string;
  compile?: JsonObject;
  file: Hdf5;
}

async function read(bytes: Uint8Array, format: Format): Promise<Content> {
  if (format === '.keras') return readKeras(bytes);
  const file = await readHdf5(bytes);
  return {...readH5(file), file};
}
