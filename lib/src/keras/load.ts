import {readFile} from 'node:fs/promises';
import type {tf} from '../tensorflow';
import {compile} from './compile';
import {readH5, stateFromH5, weightsFromH5} from './h5Format';
import {readHdf5, type Hdf5} from './hdf5';
import type {JsonObject} from './json';
import {readKeras, stateFromKeras, weightsFromKeras} from './kerasFormat';
import {formatOf, type Format} from './modelFile';
import {keepNames} from './names';
import {stateToTfjs, type StateVariable} from './state';
import {buildModel} from './tfjs';
import {modelToTfjs} from './toTfjs';
import {count} from './variables';

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
  let model: tf.LayersModel | undefined;
  try {
    const format = formatOf(path);
    const content = await read(path, format);
    const {architecture, version, file} = content;
    model = await buildModel(modelToTfjs(architecture, version), count(file));
    if (format === '.h5') weightsFromH5(file, model);
    else weightsFromKeras(file, model);
    keepNames(model);
    if (content.compile && compile(model, content.compile, path)) {
      await loadState(model, format === '.h5' ? () => stateFromH5(file) : (m) => stateFromKeras(file, m), path);
    }
    return model;
  } catch (error) {
    model?.dispose();
    throw new Error(`keras.load: ${path}: ${messageOf(error)}`, {cause: error});
  }
}

/** The optimizer's memory is worth a warning, not the model: without it training starts as if compiled anew. */
async function loadState(model: tf.LayersModel, state: (model: tf.LayersModel) => StateVariable[], path: string) {
  try {
    await stateToTfjs(model, state(model));
  } catch (error) {
    console.warn(`keras.load: ${path}: the optimizer starts afresh: ${messageOf(error)}`);
  }
}

interface Content {
  architecture: JsonObject;
  version: string;
  compile?: JsonObject;
  file: Hdf5;
}

async function read(path: string, format: Format): Promise<Content> {
  const bytes = await readFile(path);
  const found = formatOfBytes(bytes);
  if (found !== format) {
    const what =
      found === undefined ? `it is not a ${format} file` : `its content is that of a ${found} file: rename it`;
    throw new Error(bytes.length === 0 ? 'it is empty' : what);
  }
  if (format === '.keras') return readKeras(bytes);
  const file = await readHdf5(bytes);
  return {...readH5(file), file};
}

function formatOfBytes(bytes: Buffer): Format | undefined {
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'))) return '.h5';
  return bytes.subarray(0, 2).equals(Buffer.from('PK')) ? '.keras' : undefined;
}

/** The system's errors say ENOENT; readers of notebooks know it by other words. */
function messageOf(error: unknown): string {
  const words: Record<string, string> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder, not a file',
    EACCES: 'you may not read it',
  };
  const {code, message} = error as NodeJS.ErrnoException;
  return words[code ?? ''] ?? message;
}
