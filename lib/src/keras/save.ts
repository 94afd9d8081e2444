import {publicCall} from '../arguments/publicCall';
import {trueOrFalse} from '../arguments/kinds';
import {checkArguments, optional, optionsOf, type Kind} from '../arguments/schema';
import {writeWhole} from '../files/atomic';
import {freeArrays, writeHdf5} from '../files/hdf5';
import {modelKind} from '../tfjs/model';
import type {tf} from '../tfjs/tensorflow';
import type {KerasVersion} from './architecture/objects';
import {savedNames} from './architecture/savedNames';
import {modelToKeras} from './architecture/write';
import {modelToH5} from './container/h5';
import {weightsOf, writeKeras} from './container/keras';
import {formatToWrite, modelPath, onFile, type ModelFile} from './container/modelFile';
import {maskNotice} from './maskNotice';
import {notice} from './notice';
import {compileToKeras} from './training/compile';
import {stateToKeras} from './training/state';

/** How to save. */
export interface SaveOptions {
  /** Also how the model was compiled and what its optimizer remembers, so that training can go on. Default true. */
  includeOptimizer?: boolean;
  /**
   * 2 for a file that only Keras 2 shall open, which by `hard_sigmoid` means what TensorFlow.js does: `.h5` alone. Default 3:
   * a file for both, and a model with `hardSigmoid` is refused.
   */
  kerasVersion?: KerasVersion;
  /** @deprecated Its former name; the same as `includeOptimizer`. */
  optimizer?: boolean;
}

/**
 * Saves a model so that Keras opens it, from Python or R: `.h5` for all versions of Keras, `.keras` for Keras 3.
 *
 * The file is written whole or not at all; an old one is replaced only by a whole new one. Layers that TensorFlow.js
 * named itself get Keras's names: conv2d, conv2d_1, …
 * Of a network whose masks Keras would treat otherwise than TensorFlow.js, so that predictions differ, the console tells.
 *
 * @param model any model whose layers Keras has
 * @param path ends in .h5 (or .hdf5) or .keras
 * @param options what to leave out
 * @returns when the file is there
 * @throws Error before anything is written, that names the layer, loss or optimizer that Keras lacks
 * @example
 * await keras.save(model, 'mymodel.h5');
 * // Python: keras.models.load_model('mymodel.h5')     R: load_model_hdf5('mymodel.h5')
 */
export function save(model: tf.LayersModel, path: string, options: SaveOptions = {}): Promise<void> {
  return publicCall('keras.save', async () => {
    checkArguments({model, path, options}, {model: modelKind, path: modelPath, options: saveOptions});
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- readers' notebooks may use it
    const {includeOptimizer = options.optimizer ?? true, kerasVersion = 3} = options;
    return onFile(path, async () => {
      const format = formatToWrite(path);
      if (format === '.keras' && kerasVersion === 2) throw new Error('Keras 2 opens .h5 files: end the name in .h5');
      const content = await describe(model, includeOptimizer, kerasVersion);
      const masks = await maskNotice(model, content.architecture);
      if (masks !== undefined) notice(path, masks, 'keras.save');
      const weights = format === '.h5' ? modelToH5(content) : weightsOf(content);
      try {
        await writeWhole(path, async (file) => {
          if (format === '.h5') await writeHdf5(weights, file);
          else await writeKeras(content, weights, file);
        });
      } finally {
        freeArrays(weights);
      }
    });
  });
}

const flag = optional(trueOrFalse);
const version: Kind = {expected: '2 or 3', fits: (value) => value === 2 || value === 3};
// eslint-disable-next-line @typescript-eslint/no-deprecated -- as above
const saveOptions = optionsOf<SaveOptions>({includeOptimizer: flag, kerasVersion: optional(version), optimizer: flag});

/** Without how it was compiled if it wasn't, or if that isn't asked for. */
async function describe(model: tf.LayersModel, includeOptimizer: boolean, version: KerasVersion): Promise<ModelFile> {
  const names = savedNames(model);
  const content: ModelFile = {model, names, version, architecture: modelToKeras(model, version)};
  if (!includeOptimizer || (model.optimizer as tf.Optimizer | undefined) === undefined) return content;
  return {...content, compile: compileToKeras(model, names), state: await stateToKeras(model)};
}
