import {publicCall} from '../arguments/publicCall';
import {checkArguments} from '../arguments/schema';
import {writeWhole} from '../files/atomic';
import {freeArrays, writeHdf5} from '../files/hdf5';
import {layerNames} from '../tfjs/layerNames';
import {modelKind} from '../tfjs/model';
import type {tf} from '../tfjs/tensorflow';
import {weightsToH5} from './container/h5Weights';
import {weightsToKeras} from './container/kerasWeights';
import {modelPath, onFile} from './container/modelFile';

/**
 * Saves a model's weights alone, so that `model.load_weights(path)` of Keras gives them to the same model there:
 * `.weights.h5` as Keras 3 writes them, any other `.h5` as Keras 2 does, which both read. The file is written whole or
 * not at all.
 *
 * @param model any model; its layers may be such as `keras.save` can't describe
 * @param path ends in .weights.h5 or .h5 (or .hdf5)
 * @returns when the file is there
 * @throws Error for another ending, or what the disk says
 * @example
 * await keras.saveWeights(model, 'best.weights.h5');
 * // Python: model.load_weights('best.weights.h5')
 */
export function saveWeights(model: tf.LayersModel, path: string): Promise<void> {
  return publicCall('keras.saveWeights', async () => {
    checkArguments({model, path}, {model: modelKind, path: modelPath});
    return onFile(path, async () => {
      if (!/\.(h5|hdf5)$/.test(path))
        throw new Error("the name's ending must be .weights.h5 (Keras 3) or .h5 (Keras 2)");
      const convert = path.endsWith('.weights.h5') ? weightsToKeras : weightsToH5;
      const weights = convert(model, layerNames(model));
      try {
        await writeWhole(path, async (file) => {
          await writeHdf5(weights, file);
        });
      } finally {
        freeArrays(weights);
      }
    });
  });
}
