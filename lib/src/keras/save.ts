import {checkOptions} from '../arguments/check';
import {trueOrFalse} from '../arguments/kinds';
import {checkModel} from '../arguments/model';
import {writeWhole} from '../files/atomic';
import type {tf} from '../tfjs/tensorflow';
import {compileToKeras} from './training/compile';
import {toH5} from './container/h5';
import {writeHdf5} from '../files/hdf5';
import {toKeras} from './container/keras';
import {checkPath, formatOf, type ModelFile} from './container/modelFile';
import {layerNames} from '../tfjs/layerNames';
import {stateToKeras} from './training/state';
import {modelToKeras} from './architecture/write';

/** How to save. */
export interface SaveOptions {
  /** Also how the model was compiled and what its optimizer remembers, so that training can go on. Default true. */
  optimizer?: boolean;
}

/**
 * Saves a model so that Keras opens it, from Python or R: `.h5` for all versions of Keras, `.keras` for Keras 3.
 *
 * The file is written whole or not at all; an old one is replaced only by a whole new one. Layers that TensorFlow.js
 * named itself get Keras's names: conv2d, conv2d_1, …
 *
 * @param path ends in .h5 or .keras.
 * @throws Error before anything is written, that names the layer, loss or optimizer that Keras lacks.
 * @example
 * await keras.save(model, 'mymodel.h5');
 * // Python: keras.models.load_model('mymodel.h5')     R: load_model_hdf5('mymodel.h5')
 */
export async function save(model: tf.LayersModel, path: string, options: SaveOptions = {}): Promise<void> {
  checkModel('keras.save', model);
  checkPath('keras.save', path);
  checkOptions<SaveOptions>('keras.save', options, {optimizer: trueOrFalse});
  const {optimizer = true} = options;
  try {
    const format = formatOf(path);
    const names = layerNames(model);
    const content: ModelFile = {model, names, architecture: modelToKeras(model)};
    if (optimizer && isCompiled(model)) {
      content.compile = compileToKeras(model, names);
      content.state = await stateToKeras(model);
    }
    const bytes = format === '.h5' ? await writeHdf5(toH5(content)) : await toKeras(content);
    await writeWhole(path, bytes);
  } catch (error) {
    throw new Error(`keras.save: ${path}: ${(error as Error).message}`, {cause: error});
  }
}

function isCompiled(model: tf.LayersModel): boolean {
  return (model.optimizer as tf.Optimizer | undefined) !== undefined;
}
