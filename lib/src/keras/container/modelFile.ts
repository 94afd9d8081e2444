import {file} from '../../arguments/kinds';
import {CallError} from '../../arguments/publicCall';
import type {Kind} from '../../arguments/schema';
import type {tf} from '../../tfjs/tensorflow';
import type {CompileConfig} from '../training/compile';
import type {JsonObject} from '../json';
import type {KerasVersion} from '../architecture/objects';
import type {StateVariable} from '../training/state';

/** Everything of a model that goes into a file, whichever its format. */
export interface ModelFile {
  model: tf.LayersModel;
  /** TensorFlow.js's names → Keras's. */
  names: ReadonlyMap<string, string>;
  /** As Keras 3 writes it. */
  architecture: JsonObject;
  /** Of Keras, for which some names in it are. */
  version: KerasVersion;
  compile?: CompileConfig;
  state?: StateVariable[];
}

/** The two formats of Keras's model files: HDF5, and Keras 3's zip archive. */
export type Format = '.h5' | '.keras';

export const modelPath: Kind = {...file, expected: "a file's path, such as 'mymodel.h5'"};

/**
 * Work on the file under a path, whose errors begin with the path.
 *
 * @throws CallError where `work` throws
 */
export async function onFile<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new CallError(`${path}: ${(error as Error).message}`, {cause: error});
  }
}

/** The format in which a model is written under this name. @throws Error for any other ending. */
export function formatToWrite(path: string): Format {
  if (path.endsWith('.weights.h5')) {
    throw new Error('.weights.h5 is for weights alone: pass such a name to keras.saveWeights, or end it in .h5');
  }
  if (path.endsWith('.h5') || path.endsWith('.hdf5')) return '.h5';
  if (path.endsWith('.keras')) return '.keras';
  throw new Error("the name's ending says the format, and it must be .h5 or .keras");
}
