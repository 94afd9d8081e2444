/**
 * IDX, the format of MNIST and its relatives: a short header, then the bytes.
 * Described at the end of http://yann.lecun.com/exdb/mnist/: two zero bytes, the element type, the number of
 * dimensions, each dimension as a big-endian 32-bit number, and the elements in row-major order.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import {check, checkOptions} from '../arguments/check';
import {file as filePath, fileBytes, folder, text, texts} from '../arguments/kinds';
import {readUnzipped} from '../files/gzip';
import type {ImageDataset} from './imageDataset';
import {ImageSet} from './imageSet';

const UNSIGNED_BYTE = 0x08;

/** An array as an IDX file holds it. */
export interface IdxArray {
  /** For example [60000, 28, 28]. */
  shape: number[];
  /** The elements, 0 to 255, row by row. */
  data: Uint8Array;
}

/**
 * Reads the bytes of an IDX file.
 *
 * @param bytes the whole file, already unzipped
 * @param name what to call the file in an error
 * @throws Error when the bytes aren't IDX, hold another type than unsigned bytes, or are too few or too many
 * @example
 * idx.parse(fs.readFileSync('t10k-labels-idx1-ubyte')).shape; // [10000]
 */
export function parse(bytes: Uint8Array, name = 'IDX'): IdxArray {
  check('idx.parse', 'bytes', bytes, fileBytes);
  if (bytes.length < 4) throw new Error(`${name}: expected an IDX file, got only ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== 0) {
    const magic = view.getUint32(0).toString(16).padStart(8, '0');
    throw new Error(`${name}: expected an IDX file, which begins with two zero bytes, got 0x${magic}`);
  }
  const type = bytes[2]!;
  if (type !== UNSIGNED_BYTE) {
    throw new Error(
      `${name}: expected IDX elements of type 0x08 (unsigned bytes), got type 0x${type.toString(16).padStart(2, '0')}`,
    );
  }
  const dimensions = bytes[3]!;
  const header = 4 + 4 * dimensions;
  if (dimensions === 0 || bytes.length < header) {
    throw new Error(`${name}: an IDX header of ${dimensions} dimensions doesn't fit into ${bytes.length} bytes`);
  }
  const shape = Array.from({length: dimensions}, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length - header !== size) {
    throw new Error(
      `${name}: shape [${shape.join(', ')}] needs ${size} bytes after the header, got ${bytes.length - header}; ` +
        `the file is ${bytes.length - header < size ? 'cut short' : 'longer than it says'}, get it again`,
    );
  }
  return {shape, data: bytes.subarray(header)};
}

/**
 * Reads one IDX file, unzipping it when its name ends in .gz.
 *
 * @throws Error when it can't be read, and as `parse` does
 */
export async function read(file: string): Promise<IdxArray> {
  check('idx.read', 'file', file, filePath);
  const bytes = await readUnzipped(file).catch((error: unknown) => {
    const {code} = error as NodeJS.ErrnoException;
    throw code === undefined ? error : new Error(`idx.read: can't read the file ${file} (${code})`, {cause: error});
  });
  return parse(bytes, path.basename(file));
}

/** Options of {@link load}. */
export interface IdxOptions {
  /** What to call the data set; the folder's name when left out. */
  name?: string;
  /** What the classes are called; their numbers when left out. */
  classNames?: string[];
}

/**
 * Loads a folder with the four IDX files of a data set: images and labels, for training and for the test.
 * Their names are MNIST's, `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and
 * `t10k-labels-idx1-ubyte`, or like them: with a prefix, with `test` for `t10k`, with `.gz` at the end.
 *
 * @throws Error when a file is missing, occurs twice, isn't IDX, or images and labels differ in number
 * @example
 * const {train, test} = await idx.load('kmnist');
 */
export async function load(dir: string, options: IdxOptions = {}): Promise<ImageDataset> {
  check('idx.load', 'dir', dir, folder);
  checkOptions<IdxOptions>('idx.load', options, {name: text, classNames: texts});
  const names = await listFolder(dir);
  // One after the other, here and below: what is wrong is named in this order.
  const train = await loadSet(dir, names, 'train');
  const test = await loadSet(dir, names, 't10k|test');
  const classCount = 1 + Math.max(largest(train.labels), largest(test.labels));
  const {name = path.basename(path.resolve(dir)), classNames = numbers(classCount)} = options;
  if (classNames.length < classCount) {
    throw new Error(`idx.load: labels go up to ${classCount - 1} but there are ${classNames.length} classNames`);
  }
  return {name, classNames, train, test, skipped: []};
}

async function listFolder(dir: string): Promise<string[]> {
  try {
    return (await fs.readdir(dir)).sort();
  } catch (error) {
    throw new Error(`idx.load: can't read the folder ${dir} (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

async function loadSet(dir: string, names: string[], part: string): Promise<ImageSet> {
  const images = await read(path.join(dir, findFile(dir, names, part, 'images')));
  const labels = await read(path.join(dir, findFile(dir, names, part, 'labels')));
  if (labels.shape.length !== 1) {
    throw new Error(`idx.load: expected labels of 1 dimension in ${dir}, got shape [${labels.shape.join(', ')}]`);
  }
  return new ImageSet(images.data, images.shape, labels.data);
}

function findFile(dir: string, names: string[], part: string, kind: string): string {
  const pattern = new RegExp(`(^|[-_.])(${part})[-_.]${kind}([-_.].*)?$`);
  const [found, ...others] = names.filter((name) => pattern.test(name));
  if (found === undefined) {
    const example = `${part.replace(/\|.*/, '')}-${kind}-idx${kind === 'images' ? 3 : 1}-ubyte`;
    throw new Error(
      `idx.load: no file like ${example} or ${example}.gz in ${dir}; it holds ${names.slice(0, 8).join(', ') || 'nothing'}`,
    );
  }
  // The same file zipped and unzipped side by side is one file.
  const doubts = others.filter((name) => name.replace(/\.gz$/, '') !== found);
  if (doubts.length > 0) {
    throw new Error(
      `idx.load: ${dir} has several candidates, ${[found, ...doubts].join(', ')}; keep one data set a folder`,
    );
  }
  return found;
}

function largest(values: Uint8Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function numbers(count: number): string[] {
  return Array.from({length: count}, (_, i) => String(i));
}
