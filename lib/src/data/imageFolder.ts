/** Pictures of your own: a folder with a folder for each class. */
import os from 'node:os';
import path from 'node:path';
import {check, checkOptions} from '../arguments/check';
import {folder, oneOf, pictureSize, share, text, wholeNumber} from '../arguments/kinds';
import type {Fit} from './decoders/fit';
import {readImage} from './decoders/readImage';
import {examplesIn, foldersIn, type Example} from './classFolders';
import {ImageSet, type ImageDataset} from './imageSet';
import {depthOf} from './pixels';
import {split} from './split';

/** Options of {@link load}. */
export interface ImageFolderOptions {
  /** All pictures are brought to it: the side of a square, or [height, width]. */
  size: number | readonly [height: number, width: number];
  /** 3 for red, green and blue, 1 for grey. Default 3. */
  channels?: 1 | 3;
  /** How a picture of another shape gets into the size. Default 'fill': stretched, as Keras does. */
  fit?: Fit;
  /** What shows through where a picture is transparent, as CSS writes colours. Default white. */
  background?: string;
  /** The share of each class that is kept for the test, from 0 to 1. Default 0.2. */
  testSplit?: number;
  /** Decides which pictures these are, and the order of all. Default 1. */
  seed?: number;
  /** What to do with a picture that can't be read: stop with an error, or leave it out. Default 'refuse'. */
  damaged?: 'refuse' | 'skip';
  /** What to call the data set; the folder's name when left out. */
  name?: string;
}

/** A data set that remembers its files. */
export interface ImageFolder extends ImageDataset {
  /** The file of each picture of `train`. */
  trainFiles: string[];
  /** The file of each picture of `test`. */
  testFiles: string[];
  /** What was left out: each file, and why. */
  skipped: string[];
}

const MOST_BYTES = 2 ** 31;

/**
 * Loads a folder with a folder for each class, which holds that class's pictures: PNG, JPEG, GIF, WebP, TIFF, of any size
 * and shape. Classes go by name: in the order of the alphabet, capitals first. Files that are no pictures by their ending
 * are passed over. If the folder's only folders are `train` and `test`, the classes are inside these, and nothing is split.
 *
 * Shapes are [n, height, width, 3], or [n, height, width] with one channel; values 0 to 255.
 *
 * @throws Error when the folder can't be read, a class has no picture, or a picture is damaged
 * @example
 * const {train, test, classNames} = await imageFolder.load('cells', {size: 64});
 * // cells/healthy/001.jpg, cells/healthy/002.jpg, …, cells/infected/001.jpg, …
 */
export async function load(dir: string, options: ImageFolderOptions): Promise<ImageFolder> {
  check('imageFolder.load', 'dir', dir, folder);
  checkOptions<ImageFolderOptions>('imageFolder.load', options, {
    size: pictureSize,
    channels: oneOf(1, 3),
    fit: oneOf('fill', 'cover', 'contain'),
    background: text,
    testSplit: share,
    seed: wholeNumber,
    damaged: oneOf('refuse', 'skip'),
    name: text,
  });
  check('imageFolder.load', 'size', (options as Partial<ImageFolderOptions> | undefined)?.size, pictureSize);
  const {name = path.basename(path.resolve(dir))} = options;
  try {
    const {classNames, train, test} = await findExamples(dir, options);
    const trained = await readAll(train, options);
    const tested = await readAll(test, options);
    const skipped = [...trained.skipped, ...tested.skipped];
    return {
      name,
      classNames,
      train: trained.set,
      test: tested.set,
      trainFiles: trained.files,
      testFiles: tested.files,
      skipped,
    };
  } catch (error) {
    throw new Error(`imageFolder.load: ${(error as Error).message}`, {cause: error});
  }
}

async function findExamples(dir: string, {testSplit = 0.2, seed = 1}: ImageFolderOptions) {
  const folders = await foldersIn(dir);
  if (folders.join() !== 'test,train') {
    return {classNames: folders, ...divide(await examplesIn(dir, folders), testSplit, seed)};
  }
  const classNames = await foldersIn(path.join(dir, 'train'));
  const {train} = divide(await examplesIn(path.join(dir, 'train'), classNames), 0, seed);
  return {classNames, train, test: await examplesIn(path.join(dir, 'test'), classNames)};
}

function divide(examples: Example[], testSplit: number, seed: number) {
  const {train, test} = split(
    examples.map(({label}) => label),
    testSplit,
    seed,
  );
  return {train: train.map((i) => examples[i]!), test: test.map((i) => examples[i]!)};
}

async function readAll(examples: readonly Example[], options: ImageFolderOptions) {
  const {size, channels = 3, fit, background, damaged = 'refuse'} = options;
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  const bytes = height * width * channels;
  if (examples.length * bytes > MOST_BYTES) {
    const gigabytes = ((examples.length * bytes) / 1e9).toFixed(1);
    throw new Error(`${examples.length} pictures of ${height} x ${width} need ${gigabytes} GB; choose a smaller size`);
  }
  const pixels = new Uint8Array(examples.length * bytes);
  const skipped: string[] = [];
  const left = [...examples.entries()];
  const kept: number[] = [];
  // As many at a time as there are processors: each takes the next one when it is done.
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [i, {file}] = next;
      try {
        const image = await readImage(file, {size, channels, fit, background});
        if (!(image.pixels instanceof Uint8Array)) throw new Error(`${file}: it has ${depthOf(image.pixels)}, not 8`);
        pixels.set(image.pixels, i * bytes);
        kept.push(i);
      } catch (error) {
        const {message} = error as Error;
        if (damaged === 'refuse') {
          left.length = 0;
          throw new Error(`${message}; mend it, remove it, or pass damaged: 'skip'`, {cause: error});
        }
        skipped.push(message);
      }
    }
  };
  await Promise.all(Array.from({length: os.availableParallelism()}, work));
  const shape = [examples.length, height, width, ...(channels === 3 ? [3] : [])];
  const set = new ImageSet(
    pixels,
    shape,
    Uint8Array.from(examples, ({label}) => label),
  );
  kept.sort((a, b) => a - b);
  return {
    set: kept.length === set.length ? set : set.select(kept),
    files: kept.map((i) => examples[i]!.file),
    skipped: skipped.sort(),
  };
}
