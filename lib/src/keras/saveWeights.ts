import {checkModel} from '../arguments/model';
import {writeWhole} from '../files/atomic';
import {writeHdf5, type Hdf5} from '../files/hdf5';
import {layerNames} from '../tfjs/layerNames';
import type {tf} from '../tfjs/tensorflow';
import {putWeights} from './container/h5Weights';
import {weightsToKeras} from './container/kerasWeights';
import {checkPath} from './container/modelFile';

/**
 * Saves a model's weights alone, so that `model.load_weights(path)` of Keras gives them to the same model there:
 * `.weights.h5` as Keras 3 writes them, any other `.h5` as Keras 2 does, which both read. The file is written whole or
 * not at all.
 *
 * @param model any model; its layers may be such as `keras.save` can't describe
 * @param path ends in .weights.h5 or .h5
 * @returns when the file is there
 * @throws Error for another ending, or what the disk says
 * @example
 * await keras.saveWeights(model, 'best.weights.h5');
 * // Python: model.load_weights('best.weights.h5')
 */
export async function saveWeights(model: tf.LayersModel, path: string): Promise<void> {
  checkModel('keras.saveWeights', model);
  checkPath('keras.saveWeights', path);
  try {
    if (!path.endsWith('.h5')) throw new Error("the name's ending must be .weights.h5 (Keras 3) or .h5 (Keras 2)");
    const names = layerNames(model);
    await writeWhole(path, await writeHdf5(path.endsWith('.weights.h5') ? weightsToKeras(model, names) : toH5()));
    function toH5(): Hdf5 {
      const file: Hdf5 = {attributes: new Map(), arrays: new Map()};
      putWeights(file, '', model, names);
      return file;
    }
  } catch (error) {
    throw new Error(`keras.saveWeights: ${path}: ${(error as Error).message}`, {cause: error});
  }
}
