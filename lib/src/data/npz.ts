/** NumPy's .npz files: a zip of .npy files, one an array. Keras's own mnist.npz is one; so are the sets of MedMNIST. */
import fs from 'node:fs/promises';
import path from 'node:path';
import {check, checkOptions} from '../arguments/check';
import {file as filePath, text, texts} from '../arguments/kinds';
import {inWords} from '../files/errors';
import {unzip} from '../files/zip';
import type {ImageDataset} from './imageDataset';
import {ImageSet} from './imageSet';
import * as npy from './npy';

/** Labels in order, all zeros, black pictures: arrays of a data set may be packed to next to nothing. */
const SPARE = 2 ** 26;
/** What the four arrays may be called: by Keras and by MedMNIST. */
const NAMES = [
  ['x_train', 'y_train', 'x_test', 'y_test'],
  ['train_images', 'train_labels', 'test_images', 'test_labels'],
] as const;

/**
 * Reads the arrays of a .npz file, by their names.
 *
 * @param names only these; nothing reads all
 * @throws Error when the file isn't a whole zip of .npy files, or an array is missing or doesn't hold numbers
 * @example
 * const {weights, bias} = await npz.read('arrays.npz');
 * tf.tensor(Float32Array.from(weights.data, Number), weights.shape);
 */
export async function read(file: string, names?: readonly string[]): Promise<Record<string, npy.NpyArray>> {
  check('npz.read', 'file', file, filePath);
  if (names !== undefined) check('npz.read', 'names', names, texts);
  try {
    const bytes = await fs.readFile(file);
    const wanted = (entry: string) => entry.endsWith('.npy') && (names?.includes(nameOf(entry)) ?? true);
    const entries = await unzip(bytes, wanted, {spare: SPARE});
    const missing = names?.find((name) => !entries.has(`${name}.npy`));
    if (missing !== undefined) throw new Error(`there is no array '${missing}' in it`);
    return Object.fromEntries(
      [...entries].map(([entry, data]) => [nameOf(entry), npy.parse(data, `'${nameOf(entry)}'`)]),
    );
  } catch (error) {
    throw new Error(`npz.read: ${file}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  }
}

const nameOf = (entry: string) => entry.replace(/\.npy$/, '');

/** Options of {@link load}. */
export interface NpzOptions {
  /** What to call the data set; the file's name when left out. */
  name?: string;
  /** What the classes are called; their numbers when left out. */
  classNames?: string[];
}

/**
 * Loads a data set from a .npz file with the arrays x_train, y_train, x_test and y_test, or train_images, train_labels,
 * test_images and test_labels. Images are whole numbers from 0 to 255, [n, height, width] or [n, height, width, channels];
 * labels are class numbers from 0, [n] or [n, 1].
 *
 * @throws Error when an array is missing or holds something else
 * @example
 * const {train, test} = await npz.load(path.join(os.homedir(), '.keras/datasets/mnist.npz'));
 */
export async function load(file: string, options: NpzOptions = {}): Promise<ImageDataset> {
  check('npz.load', 'file', file, filePath);
  checkOptions<NpzOptions>('npz.load', options, {name: text, classNames: texts});
  const arrays = await read(file);
  const names = NAMES.find((each) => each.every((name) => Object.hasOwn(arrays, name)));
  if (names === undefined) {
    throw new Error(
      `npz.load: ${file}: expected the arrays ${NAMES[0].join(', ')}, got ${Object.keys(arrays).join(', ') || 'none'}; ` +
        'npz.read reads them, whatever they are called',
    );
  }
  const bytes = (name: string) => toBytes(arrays[name]!, `npz.load: ${file}: '${name}'`);
  const setOf = (images: string, labels: string) => new ImageSet(bytes(images), arrays[images]!.shape, bytes(labels));
  const train = setOf(names[0], names[1]);
  const test = setOf(names[2], names[3]);
  const classCount = 1 + [...train.labels, ...test.labels].reduce((most, label) => Math.max(most, label), 0);
  const {name = path.basename(file, '.npz'), classNames = Array.from({length: classCount}, (_, i) => String(i))} =
    options;
  if (classNames.length < classCount) {
    throw new Error(`npz.load: labels go up to ${classCount - 1} but there are ${classNames.length} classNames`);
  }
  return {name, classNames, train, test, skipped: []};
}

/** The same numbers as bytes, if they are bytes: nothing is scaled. */
function toBytes({data, dtype}: npy.NpyArray, what: string): Uint8Array {
  if (data instanceof Uint8Array) return data;
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]!);
    bytes[i] = value;
    if (bytes[i] !== value) {
      throw new Error(
        `${what} holds ${value} (${dtype}), but pixels and labels are whole numbers from 0 to 255; ` +
          'npz.read gives the numbers as they are, for a tensor of your own',
      );
    }
  }
  return bytes;
}
