/** NumPy's .npz files: a zip of .npy files, one an array. Keras's own mnist.npz is one; so are the sets of MedMNIST. */
import fs from 'node:fs/promises';
import path from 'node:path';
import {file as filePath, text, texts} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {inWords} from '../files/errors';
import {refuseForeign} from '../files/foreign';
import {unzip} from '../files/zip';
import {datasetOf, type ArrayPair} from './arrays';
import type {ImageDataset} from './imageDataset';
import {tell} from './notes';
import * as npy from './npy';

/** Labels in order, all zeros, black pictures: arrays of a data set may be packed to next to nothing. */
const SPARE = 2 ** 26;
/** What the arrays may be called, images and labels of each part: by Keras and by MedMNIST. */
const LAYOUTS = [
  {train: ['x_train', 'y_train'], validation: ['x_val', 'y_val'], test: ['x_test', 'y_test']},
  {
    train: ['train_images', 'train_labels'],
    validation: ['val_images', 'val_labels'],
    test: ['test_images', 'test_labels'],
  },
] as const;
const KNOWN = new Set<string>(LAYOUTS.flatMap(({train, validation, test}) => [...train, ...validation, ...test]));

/**
 * Reads the arrays of a .npz file, by their names.
 *
 * @param file its path
 * @param names only these; nothing reads all
 * @returns each array under its name
 * @throws Error when the file isn't a whole zip of .npy files, or an array is missing or doesn't hold numbers
 * @example
 * const {weights, bias} = await npz.read('arrays.npz');
 * tf.tensor(Float32Array.from(weights.data, Number), weights.shape);
 */
export function read(file: string, names?: readonly string[]): Promise<Record<string, npy.NpyArray>> {
  return publicCall('npz.read', async () => {
    checkArguments({file, names}, {file: filePath, names: optional(texts)});
    const {arrays, there} = await readArrays(file, (name) => names?.includes(name) ?? true);
    const missing = names?.find((name) => !there.includes(name));
    if (missing !== undefined) throw new CallError(`${file}: there is no array '${missing}' in it`);
    return Object.fromEntries(arrays);
  });
}

async function readArrays(file: string, wanted: (name: string) => boolean) {
  await refuseForeign(file);
  const there: string[] = [];
  const isWanted = (entry: string) => {
    if (!entry.endsWith('.npy')) return false;
    const name = entry.replace(/\.npy$/, '');
    there.push(name);
    return wanted(name);
  };
  try {
    const entries = await unzip(await fs.readFile(file), isWanted, {spare: SPARE});
    const arrays = [...entries].map(([entry, data]) => {
      const name = entry.replace(/\.npy$/, '');
      return [name, npy.parse(data, `'${name}'`)] as const;
    });
    return {arrays: new Map(arrays), there};
  } catch (error) {
    throw new CallError(`${file}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  }
}

/** Options of {@link load}. */
export interface NpzOptions {
  /** What to call the data set; the file's name when left out. */
  name?: string;
  /** What the classes are called; their numbers when left out. */
  classNames?: string[];
}

/**
 * Loads a data set from a .npz file with the arrays x_train, y_train, x_test and y_test, or train_images, train_labels,
 * test_images and test_labels; and, where they are there, x_val and y_val, or val_images and val_labels. Images are
 * [n, height, width] or [n, height, width, channels], of 8 bits, 16 bits or floats; whole numbers of other types become the
 * smallest of these that holds all. Labels are class numbers from 0, [n] or [n, 1].
 *
 * @param file its path
 * @param options what to call the set and its classes
 * @returns the parts, with a validation where the file has one
 * @throws Error when an array is missing or holds something else
 * @example
 * const {train, test} = await npz.load(path.join(os.homedir(), '.keras/datasets/mnist.npz'));
 */
export function load(file: string, options: NpzOptions = {}): Promise<ImageDataset> {
  return publicCall('npz.load', async () => {
    checkArguments({file, options}, {file: filePath, options: loadOptions});
    const {arrays, there} = await readArrays(file, (name) => KNOWN.has(name));
    const layout = LAYOUTS.find(({train, test}) => [...train, ...test].every((name) => arrays.has(name)));
    if (layout === undefined) {
      const [{train, test}] = LAYOUTS;
      throw new CallError(
        `${file}: expected the arrays ${[...train, ...test].join(', ')}, got ${there.join(', ') || 'none'}; ` +
          'npz.read reads them, whatever they are called',
      );
    }
    const pair = ([images, labels]: readonly [string, string]): ArrayPair | undefined => {
      if (!arrays.has(images) || !arrays.has(labels)) return undefined;
      const named = (name: string) => ({...arrays.get(name)!, name: `${file}: '${name}'`});
      return {images: named(images), labels: named(labels)};
    };
    const parts = {train: pair(layout.train)!, validation: pair(layout.validation), test: pair(layout.test)};
    const {name = path.basename(file, '.npz'), classNames} = options;
    const {dataset, notes} = datasetOf(parts, {name, classNames});
    tell(notes);
    return dataset;
  });
}

const loadOptions = optionsOf<NpzOptions>({name: optional(text), classNames: optional(texts)});
