/**
 * IDX, the format of MNIST and its relatives: a short header, then the bytes.
 * Described at the end of http://yann.lecun.com/exdb/mnist/: two zero bytes, the element type, the number of
 * dimensions, each dimension as a big-endian 32-bit number, and the elements in row-major order.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import {file as filePath, fileBytes, folder, text, texts} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {readUnzipped} from '../files/gzip';
import {refuseForeign} from '../files/foreign';
import {datasetOf, type NamedArray} from './arrays';
import {emnistOf, upright} from './emnist';
import type {ImageDataset} from './imageDataset';
import {warn} from './warnings';
import type {Elements} from './npyElements';

type Numbers = Exclude<Elements, BigInt64Array | BigUint64Array | Uint16Array | Uint32Array>;

/** The types of elements, by their codes: how long each is, and how to read the one at an offset. */
const TYPES: ReadonlyMap<number, {size: number; read: (view: DataView, count: number) => Numbers}> = new Map([
  [0x08, {size: 1, read: ({buffer, byteOffset}, count) => new Uint8Array(buffer as ArrayBuffer, byteOffset, count)}],
  [0x09, {size: 1, read: (view, count) => fill(new Int8Array(count), (i) => view.getInt8(i))}],
  [0x0b, {size: 2, read: (view, count) => fill(new Int16Array(count), (i) => view.getInt16(2 * i))}],
  [0x0c, {size: 4, read: (view, count) => fill(new Int32Array(count), (i) => view.getInt32(4 * i))}],
  [0x0d, {size: 4, read: (view, count) => fill(new Float32Array(count), (i) => view.getFloat32(4 * i))}],
  [0x0e, {size: 8, read: (view, count) => fill(new Float64Array(count), (i) => view.getFloat64(8 * i))}],
]);

function fill<T extends Numbers>(array: T, valueAt: (i: number) => number): T {
  for (let i = 0; i < array.length; i++) array[i] = valueAt(i);
  return array;
}

/** An array as an IDX file holds it. */
export interface IdxArray {
  /** For example [60000, 28, 28]. */
  shape: number[];
  /** The elements, row by row; of MNIST bytes, 0 to 255. */
  data: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}

/**
 * Reads the bytes of an IDX file.
 *
 * @param bytes the whole file, already unzipped
 * @param name what to call the file in an error
 * @returns its shape and its elements, of the file's type, in this machine's byte order
 * @throws Error when the bytes aren't IDX, or are too few or too many
 * @example
 * idx.parse(fs.readFileSync('t10k-labels-idx1-ubyte')).shape; // [10000]
 */
export function parse(bytes: Uint8Array, name = 'IDX'): IdxArray {
  publicCall('idx.parse', () => {
    checkArguments({bytes}, {bytes: fileBytes});
  });
  if (bytes.length < 4) throw new Error(`${name}: expected an IDX file, got only ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== 0) {
    const magic = view.getUint32(0).toString(16).padStart(8, '0');
    throw new Error(`${name}: expected an IDX file, which begins with two zero bytes, got 0x${magic}`);
  }
  const code = bytes[2]!;
  const type = TYPES.get(code);
  if (type === undefined) {
    const codes = [...TYPES.keys()].map(hex).join(', ');
    throw new Error(`${name}: expected IDX elements of one of the types ${codes}, got type ${hex(code)}`);
  }
  const dimensions = bytes[3]!;
  const header = 4 + 4 * dimensions;
  if (dimensions === 0 || bytes.length < header) {
    throw new Error(`${name}: an IDX header of ${dimensions} dimensions doesn't fit into ${bytes.length} bytes`);
  }
  const shape = Array.from({length: dimensions}, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.reduce((product, length) => product * length, 1);
  const [needed, given] = [count * type.size, bytes.length - header];
  if (given !== needed) {
    throw new Error(
      `${name}: shape [${shape.join(', ')}] needs ${needed} bytes after the header, got ${given}; ` +
        `the file is ${given < needed ? 'cut short' : 'longer than it says'}, get it again`,
    );
  }
  return {shape, data: type.read(new DataView(bytes.buffer, bytes.byteOffset + header, given), count)};
}

function hex(code: number): string {
  return `0x${code.toString(16).padStart(2, '0')}`;
}

/**
 * Reads one IDX file, unzipping it when its name ends in .gz.
 *
 * @param file its path
 * @returns its shape and its elements
 * @throws Error when it can't be read, and as `parse` does
 * @example
 * const {shape, data} = await idx.read('train-images-idx3-ubyte.gz'); // [60000, 28, 28]
 */
export function read(file: string): Promise<IdxArray> {
  return publicCall('idx.read', async () => {
    checkArguments({file}, {file: filePath});
    await refuseForeign(file);
    const bytes = await readUnzipped(file).catch((error: unknown) => {
      const {code} = error as NodeJS.ErrnoException;
      throw code === undefined ? error : new CallError(`can't read the file ${file} (${code})`, {cause: error});
    });
    return parse(bytes, path.basename(file));
  });
}

/** Options of {@link load}. */
export interface IdxOptions {
  /** How the names of its files begin, where the folder holds several data sets, as EMNIST's own archive does. */
  prefix?: string;
  /** What to call the data set; the prefix or the folder's name when left out. */
  name?: string;
  /** What the classes are called; their numbers when left out. */
  classNames?: string[];
}

/**
 * Loads a folder with the four IDX files of a data set: images and labels, for training and for the test.
 * Their names are MNIST's, `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and
 * `t10k-labels-idx1-ubyte`, or like them: with a prefix, with `test` for `t10k`, with `.gz` at the end.
 *
 * EMNIST's files are known by their names: its pictures lie on their side, and are put upright, and its letters are counted
 * from 1, and here from 0, as every network counts. Of labels with several columns, as QMNIST has them, the first is taken.
 *
 * @param dir the folder's path
 * @param options what to call the set and its classes
 * @returns the training part and the test
 * @throws Error when a file is missing, occurs twice, isn't IDX, or images and labels differ in number
 * @example
 * const {train, test} = await idx.load('kmnist');
 * await idx.load('emnist/gzip', {prefix: 'emnist-letters'});
 */
export function load(dir: string, options: IdxOptions = {}): Promise<ImageDataset> {
  return publicCall('idx.load', async () => {
    checkArguments({dir, options}, {dir: folder, options: idxOptions});
    const names = filesOf(dir, await listFolder(dir), options.prefix);
    // One after the other, here and below: what is wrong is named in this order.
    const train = await loadPart(dir, names, 'train');
    const test = await loadPart(dir, names, 't10k|test');
    const emnist = emnistOf(train.file);
    const {name = options.prefix ?? path.basename(path.resolve(dir)), classNames = emnist?.classNames} = options;
    const parts = emnist === undefined ? {train, test} : {train: upright(train, emnist), test: upright(test, emnist)};
    const {dataset, notes} = datasetOf(parts, {name, classNames});
    warn([...(emnist === undefined ? [] : [emnist.note]), ...notes]);
    return dataset;
  });
}

const idxOptions = optionsOf<IdxOptions>({
  prefix: optional(text),
  name: optional(text),
  classNames: optional(texts),
});

async function listFolder(dir: string): Promise<string[]> {
  try {
    return (await fs.readdir(dir)).sort();
  } catch (error) {
    throw new CallError(`can't read the folder ${dir} (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

function filesOf(dir: string, names: string[], prefix = ''): string[] {
  const files = names.filter((name) => name.startsWith(prefix));
  if (files.length > 0 || prefix === '') return files;
  throw new CallError(
    `no file in ${dir} begins with the prefix '${prefix}'; it holds ${names.slice(0, 8).join(', ') || 'nothing'}`,
  );
}

async function loadPart(dir: string, names: string[], part: string) {
  const file = findFile(dir, names, part, 'images');
  const images = await read(path.join(dir, file));
  const labelFile = findFile(dir, names, part, 'labels');
  const labels = firstColumn(await read(path.join(dir, labelFile)));
  return {file, images: named(file, images), labels: named(labelFile, labels)};
}

function named(name: string, {shape, data}: IdxArray): NamedArray {
  return {name, shape, data};
}

/** QMNIST has eight numbers for each digit: its class, and who wrote it. */
function firstColumn(array: IdxArray): IdxArray {
  const [rows, columns, ...others] = array.shape;
  if (columns === undefined || columns < 2 || others.length > 0) return array;
  return {shape: [rows!], data: array.data.filter((_, i) => i % columns === 0)};
}

function findFile(dir: string, names: string[], part: string, kind: string): string {
  const pattern = new RegExp(`(^|[-_.])(${part})[-_.]${kind}([-_.].*)?$`);
  const [found, ...others] = names.filter((name) => pattern.test(name));
  if (found === undefined) {
    const example = `${part.replace(/\|.*/, '')}-${kind}-idx${kind === 'images' ? 3 : 1}-ubyte`;
    throw new CallError(
      `no file like ${example} or ${example}.gz in ${dir}; it holds ${names.slice(0, 8).join(', ') || 'nothing'}`,
    );
  }
  // The same file zipped and unzipped side by side is one file.
  const doubts = others.filter((name) => name.replace(/\.gz$/, '') !== found);
  if (doubts.length > 0) {
    const candidates = [found, ...doubts];
    const prefix = candidates
      .map((name) => name.replace(/[-_.]?(train|t10k|test)[-_.].*$/, ''))
      .find((each) => each !== '');
    throw new CallError(
      `${dir} has several candidates, ${candidates.join(', ')}; keep one data set a folder` +
        (prefix === undefined ? '' : `, or say which: prefix: '${prefix}'`),
    );
  }
  return found;
}
