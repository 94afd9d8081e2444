/**
 * IDX, the format of MNIST and its relatives: a short header, then the bytes.
 * Described at the end of http://yann.lecun.com/exdb/mnist/: two zero bytes, the element type, the number of
 * dimensions, each dimension as a big-endian 32-bit number, and the elements in row-major order.
 */
import path from 'node:path';
import {file as filePath, fileBytes, folder, text, texts} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {inWords} from '../files/errors';
import {readUnzipped} from '../files/gzip';
import {refuseForeign} from '../files/foreign';
import {datasetOf, type ArrayPair, type NamedArray} from './arrays';
import {emnistOf, upright} from './emnist';
import {openFolder} from './folder/openFolder';
import {findIdxFile, idxFiles, type IdxFiles} from './idxFiles';
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
    try {
      return parse(await readUnzipped(file), file);
    } catch (error) {
      const {code, message} = error as NodeJS.ErrnoException;
      const reason = code === undefined ? message : `${file}: ${inWords(error as NodeJS.ErrnoException)}`;
      throw new CallError(reason, {cause: error});
    }
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
 * Loads a folder, or a .zip, with the four IDX files of a data set: images and labels, for training and for the test.
 * Their names are MNIST's, `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and
 * `t10k-labels-idx1-ubyte`, or like them: with a prefix, with `test` for `t10k`, with `.gz` at the end; in the folder itself or, if there are none, in those below, as EMNIST's archive has them in `gzip`.
 *
 * EMNIST's files are known by their names: its pictures lie on their side, and are put upright, and its letters are counted
 * from 1, and here from 0, as every network counts. Of labels with several columns, as QMNIST has them, the first is taken.
 *
 * @param dir the folder's or the archive's path
 * @param options what to call the set and its classes
 * @returns the training part and the test
 * @throws Error when a file is missing, occurs twice, isn't IDX, or images and labels differ in number
 * @example
 * const {train, test} = await idx.load('kmnist');
 * await idx.load('gzip.zip', {prefix: 'emnist-letters'}); // EMNIST's own archive
 */
export function load(dir: string, options: IdxOptions = {}): Promise<ImageDataset> {
  return publicCall('idx.load', async () => {
    checkArguments({dir, options}, {dir: folder, options: idxOptions});
    const isZip = /\.zip$/i.test(dir);
    const opened = isZip ? await openFolder(dir) : {dir, close: () => undefined};
    const {train, test} = await loadParts(dir, opened.dir, options.prefix).finally(opened.close);
    const emnist = emnistOf(path.basename(train.file));
    const ownName = path.basename(path.resolve(dir), isZip ? path.extname(dir) : '');
    const {name = options.prefix ?? ownName, classNames = emnist?.classNames} = options;
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

/** @param inside where the files are: in an unpacked archive's folder elsewhere */
async function loadParts(dir: string, inside: string, prefix?: string): Promise<{train: Part; test: Part}> {
  const found = {dir, inside, names: await idxFiles(dir, inside, prefix)};
  // One after the other, here and below: what is wrong is named in this order.
  const train = await loadPart(found, 'train');
  return {train, test: await loadPart(found, 't10k|test')};
}

interface Part extends ArrayPair {
  file: string;
}

async function loadPart(found: IdxFiles, part: string): Promise<Part> {
  const file = findIdxFile(found, part, 'images');
  const images = await read(path.join(found.inside, file));
  const labelFile = findIdxFile(found, part, 'labels');
  const labels = firstColumn(await read(path.join(found.inside, labelFile)));
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
