import {open, readdir, stat, type FileHandle} from 'node:fs/promises';
import {join} from 'node:path';
import {inWords} from '../../files/errors';
import type {FilePart} from '../../files/part';
import {foreignFile, foreignFolder} from './foreign';
import type {Format} from './modelFile';

/** What lies under a path: a file of Keras's, or a model.json of TensorFlow.js's. The path is the file's, not its folder's. */
export interface Found extends FilePart {
  format: Format | 'model.json';
  path: string;
}

/** What says what a file is, in bytes from its beginning. */
const HEAD = 256;

/**
 * Runs `work` on the model file under a path, which is open meanwhile; in a folder, on its model.json. What it is, its first
 * bytes say, whatever its name ends in.
 *
 * @throws Error without the path, for the caller to put in front: what it is instead, and what to do.
 */
export async function withModelFile<Result>(path: string, work: (found: Found) => Promise<Result>): Promise<Result> {
  const found = await inWordsOf(path, () => find(path));
  try {
    return await work(found);
  } finally {
    await found.file.close();
  }
}

async function inWordsOf<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    if (/^\w+:\/\//.test(path)) throw new Error('it is an address, not a file; download it first', {cause: error});
    throw new Error(inWords(error as NodeJS.ErrnoException), {cause: error});
  }
}

async function find(given: string): Promise<Found> {
  const inFolder = (await stat(given)).isDirectory();
  const path = inFolder ? await modelJsonIn(given) : given;
  const file = await open(path);
  try {
    const {length, head} = await headOf(file);
    return {format: inFolder ? 'model.json' : formatOf(path, head), path, file, start: 0, length};
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function modelJsonIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  if (!names.includes('model.json')) throw new Error(foreignFolder(names));
  return join(folder, 'model.json');
}

async function headOf(file: FileHandle): Promise<{length: number; head: Buffer}> {
  const {size} = await file.stat();
  const {buffer, bytesRead} = await file.read(Buffer.alloc(HEAD), {position: 0});
  return {length: size, head: buffer.subarray(0, bytesRead)};
}

function formatOf(path: string, head: Buffer): Found['format'] {
  if (head.subarray(0, 8).equals(Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'))) return '.h5';
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return '.keras';
  if (head[0] === 0x7b && path.endsWith('.json')) return 'model.json';
  throw new Error(foreignFile(path, head));
}
