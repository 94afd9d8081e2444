import {readFile, readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {inWords} from '../../files/errors';
import {foreignFile, foreignFolder} from './foreign';
import type {Format} from './modelFile';

/** What lies under a path: a file of Keras's, or a model.json of TensorFlow.js's. */
export type Found = {format: Format; bytes: Buffer} | {format: 'model.json'; path: string; bytes: Buffer};

// Node reads no file of more bytes in one piece, and HDF5 in WebAssembly holds no more.
const MOST_BYTES = 2 ** 31 - 1;

/**
 * The model file under a path, known by its first bytes, whatever its name ends in; in a folder, its model.json.
 *
 * @throws Error without the path, for the caller to put in front: what it is instead, and what to do.
 */
export async function readModelFile(path: string): Promise<Found> {
  try {
    const {size} = await stat(path);
    if ((await stat(path)).isDirectory()) return await inFolder(path);
    if (size > MOST_BYTES) {
      throw new Error(
        `it takes ${(size / 2 ** 30).toFixed(1)} GB, and more than 2 GB can't be read here; in Keras, save a model ` +
          'that is only to predict with include_optimizer=False, which leaves out up to two thirds',
      );
    }
    const bytes = await readFile(path);
    const format = formatOf(bytes);
    if (format) return {bytes, format};
    if (bytes[0] === 0x7b && path.endsWith('.json')) return {format: 'model.json', path, bytes};
    throw new Error(foreignFile(path, bytes));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    if (/^\w+:\/\//.test(path)) throw new Error('it is an address, not a file; download it first', {cause: error});
    throw new Error(inWords(error as NodeJS.ErrnoException), {cause: error});
  }
}

async function inFolder(folder: string): Promise<Found> {
  const names = await readdir(folder);
  if (!names.includes('model.json')) throw new Error(foreignFolder(names));
  const path = join(folder, 'model.json');
  return {format: 'model.json', path, bytes: await readFile(path)};
}

function formatOf(bytes: Buffer): Format | undefined {
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'))) return '.h5';
  return bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')) ? '.keras' : undefined;
}
