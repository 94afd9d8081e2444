/** NumPy's .npz files: a zip of .npy files, one an array. Keras's own mnist.npz is one; so are the sets of MedMNIST. */
import fs from 'node:fs/promises';
import path from 'node:path';
import {file as filePath, text, texts, wholeNumber} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {inWords} from '../files/errors';
import {refuseForeign} from '../files/foreign';
import {unzip} from '../files/zip';
import {datasetOf, type ArrayPair} from './arrays';
import type {ImageDataset} from './imageDataset';
import {warn} from './warnings';
import * as npy from './npy';
import {sharesKind, sharesToDraw, type Shares} from './shares';

/** Labels in order, all zeros, black pictures: arrays of a data set may be packed to next to nothing. */
const SPARE = 2 ** 26;
/** What the arrays are called: by Keras, by MedMNIST and by many others. The earlier word goes before the later. */
const IMAGES = ['x', 'images', 'image', 'imgs', 'data'];
const LABELS = ['y', 'labels', 'label', 'targets', 'target'];
const PART_NAMES = {
  train: /^(train(ing)?)?$/,
  validation: /^(val(id(ation)?)?|dev)$/,
  test: /^(test(ing)?|eval)$/,
};

type PartName = keyof typeof PART_NAMES;
const PARTS = ['train', 'validation', 'test'] as const;

/** Which part's images or labels an array of this name holds: `x_train`, `trainX`, `train_images` or, of all, `X`. */
function roleOf(name: string): {part: PartName; kind: 'images' | 'labels'; rank: number} | undefined {
  const plain = name.toLowerCase().replace(/[-_. ]/g, '');
  for (const [kind, words] of [['images', IMAGES] as const, ['labels', LABELS] as const]) {
    for (const [rank, word] of words.entries()) {
      const rests = [
        ...(plain.startsWith(word) ? [plain.slice(word.length)] : []),
        ...(plain.endsWith(word) ? [plain.slice(0, -word.length)] : []),
      ];
      const part = PARTS.find((part) => rests.some((rest) => PART_NAMES[part].test(rest)));
      if (part !== undefined) return {part, kind, rank: rests.includes('') ? rank + words.length : rank};
    }
  }
  return undefined;
}

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
    const bytes = await fs.readFile(file);
    if (bytes.subarray(0, 6).toString('latin1') === '\x93NUMPY') {
      throw new Error(
        'it is a single array, as numpy.save writes it; npy.read reads it, and numpy.savez saves several',
      );
    }
    const entries = await unzip(bytes, isWanted, {spare: SPARE});
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
  /** Shares, from 0 to 1, kept for the parts that the file doesn't have. Default: no validation, and 0.2 for the test. */
  split?: Partial<Shares>;
  /** Decides which images these are. Default 1. */
  seed?: number;
  /** What to call the data set; the file's name when left out. */
  name?: string;
  /** What the classes are called; their numbers when left out. */
  classNames?: string[];
}

/**
 * Loads a data set from a .npz file with the arrays x_train, y_train, x_test and y_test, or train_images, train_labels,
 * test_images and test_labels, in capitals or not; and, where they are there, x_val and y_val, or val_images and val_labels.
 * X and y alone, or images and labels, are divided as `split` says. Images are [n, height, width] or
 * [n, height, width, channels], of 8 bits, 16 bits or floats; whole numbers of other types become the smallest of these that
 * holds all. Labels are class numbers from 0, [n] or [n, 1].
 *
 * @param file its path
 * @param options what to call the set and its classes, which share to keep
 * @returns the parts, with a validation where the file has one or one was asked for
 * @throws Error when an array is missing or holds something else
 * @example
 * const {train, test} = await npz.load(path.join(os.homedir(), '.keras/datasets/mnist.npz'));
 */
export function load(file: string, options: NpzOptions = {}): Promise<ImageDataset> {
  return publicCall('npz.load', async () => {
    checkArguments({file, options}, {file: filePath, options: loadOptions});
    const {split, seed = 1, name = path.basename(file, '.npz'), classNames} = options;
    const {there} = await readArrays(file, () => false);
    const names = PARTS.map((part) => namesOf(file, there, part));
    const {arrays} = await readArrays(file, (name) => names.flat().includes(name));
    const [train, validation, test] = names.map((pair): ArrayPair | undefined => {
      const named = (name: string) => ({...arrays.get(name)!, name: `${file}: '${name}'`});
      return pair && {images: named(pair[0]), labels: named(pair[1])};
    });
    if (train === undefined) {
      throw new CallError(
        `${file}: expected the arrays x_train, y_train, x_test, y_test, or X and y, got ${there.join(', ') || 'none'}; ` +
          'save them under these names with numpy.savez, or read them with npz.read, whatever they are called',
      );
    }
    const shares = sharesToDraw(split, {
      validation: validation && `${file} has arrays for validation`,
      test: test && `${file} has arrays for test`,
    });
    const {dataset, notes} = datasetOf({train, validation, test}, {name, classNames}, {shares, seed});
    warn(notes);
    return dataset;
  });
}

/** Of the names in a file those of a part's images and labels. */
function namesOf(file: string, there: readonly string[], part: PartName): [string, string] | undefined {
  const [images, labels] = (['images', 'labels'] as const).map((kind) => {
    const found = there.flatMap((name) => {
      const role = roleOf(name);
      return role?.part === part && role.kind === kind ? [{name, rank: role.rank}] : [];
    });
    return found.sort((a, b) => a.rank - b.rank)[0]?.name;
  });
  if (images === undefined && labels === undefined) return undefined;
  if (images === undefined || labels === undefined) {
    const [has, lacks] = images === undefined ? [labels!, 'images'] : [images, 'labels'];
    throw new CallError(`${file}: '${has}' has no ${lacks} that belong to it; it holds ${there.join(', ')}`);
  }
  return [images, labels];
}

const loadOptions = optionsOf<NpzOptions>({
  split: optional(sharesKind),
  seed: optional(wholeNumber),
  name: optional(text),
  classNames: optional(texts),
});
