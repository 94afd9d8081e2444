/** Pictures of your own: a folder with a folder for each class, or with a table that says what each picture is. */
import os from 'node:os';
import path from 'node:path';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {folder, oneOf, pictureSize, text} from '../arguments/kinds';
import type {Fit} from './decoders/fit';
import {readImage} from './decoders/readImage';
import {examplesOptions, findExamples, type Example, type ExamplesOptions} from './folder/examples';
import type {ImageDataset, Skipped} from './imageDataset';
import {ImageSet} from './imageSet';
import {skippedNotes, tell} from './notes';
import {depthOf} from './pixels';

/** Options of {@link load}. */
export interface ImageFolderOptions extends ExamplesOptions {
  /** All pictures are brought to it: the side of a square, or [height, width]. */
  size: number | readonly [height: number, width: number];
  /** 3 for red, green and blue, 1 for grey. Default 3. */
  channels?: 1 | 3;
  /** How a picture of another shape gets into the size. Default 'fill': stretched, as Keras does. */
  fit?: Fit;
  /** What shows through where a picture is transparent, as CSS writes colours. Default white. */
  background?: string;
  /** What to call the data set; the folder's name when left out. */
  name?: string;
}

/** A data set that remembers its files. */
export interface ImageFolder extends ImageDataset {
  /** The file of each picture of `train`. */
  trainFiles: string[];
  /** The file of each picture of `validation`, where there is one. */
  validationFiles?: string[];
  /** The file of each picture of `test`. */
  testFiles: string[];
}

const MOST_BYTES = 2 ** 31;

/**
 * Loads a folder, or a .zip of one, with a folder for each class, which holds that class's pictures, at any depth. Classes go
 * by name: in the order of the alphabet, capitals first. What is hidden, left behind by the system or no picture is passed
 * over, stands in `skipped`, and a note says how many there are.
 *
 * Folders above the classes that are called train, validation and test, or nearly so (`Training`, `val`, `TEST`), are taken
 * as these parts. A part that isn't there is drawn from the training part, as `split` says.
 *
 * Shapes are [n, height, width, 3], or [n, height, width] with one channel.
 *
 * @param dir the folder's path, or the archive's
 * @param options `size` is needed
 * @returns the parts, the classes' names, the files, and what was passed over
 * @throws Error when the folder can't be read, no class is found, a class has no picture or only the test has it, a picture
 *   is damaged, or a group stands in two parts
 * @example
 * const {train, test, classNames} = await imageFolder.load('cells', {size: 64});
 * // cells/healthy/001.jpg, cells/healthy/002.jpg, …, cells/infected/001.jpg, …
 *
 * await imageFolder.load('skin', {size: 96, labels: 'labels.csv', split: {validation: 0.1, test: 0.2}});
 * await imageFolder.load('plates', {size: 64, group: (path) => path.split('_')[0]}); // plate7_well3.tif
 */
export function load(dir: string, options: ImageFolderOptions): Promise<ImageFolder> {
  return publicCall('imageFolder.load', async () => {
    checkArguments({dir, options}, {dir: folder, options: loadOptions});
    const {classNames, train, validation, test, notes, close, ...found} = await findExamples(dir, options);
    try {
      const trained = await readAll(train, options);
      const validated = validation && (await readAll(validation, options));
      const tested = await readAll(test, options);
      const skipped = [trained, validated, tested].reduce(
        (all, part) => [...all, ...(part?.skipped ?? [])],
        found.skipped,
      );
      tell([...notes, ...skippedNotes(skipped)]);
      return {
        name: options.name ?? path.basename(path.resolve(dir)).replace(/\.zip$/i, ''),
        classNames,
        train: trained.set,
        ...(validated && {validation: validated.set, validationFiles: validated.files}),
        test: tested.set,
        trainFiles: trained.files,
        testFiles: tested.files,
        skipped,
      };
    } finally {
      close();
    }
  });
}

const loadOptions = optionsOf<ImageFolderOptions>({
  ...examplesOptions,
  size: pictureSize,
  channels: optional(oneOf(1, 3)),
  fit: optional(oneOf('fill', 'cover', 'contain')),
  background: optional(text),
  name: optional(text),
});

async function readAll(examples: readonly Example[], options: ImageFolderOptions) {
  const {size, channels = 3, fit, background, damaged = 'refuse'} = options;
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  const bytes = height * width * channels;
  if (examples.length * bytes > MOST_BYTES) {
    const gigabytes = ((examples.length * bytes) / 1e9).toFixed(1);
    throw new CallError(
      `${examples.length} pictures of ${height} x ${width} need ${gigabytes} GB; choose a smaller size`,
    );
  }
  const pixels = new Uint8Array(examples.length * bytes);
  const skipped: Skipped[] = [];
  const left = [...examples.entries()];
  const kept: number[] = [];
  // As many at a time as there are processors: each takes the next one when it is done.
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [i, {file, name}] = next;
      try {
        const image = await readImage(file, {size, channels, fit, background});
        if (!(image.pixels instanceof Uint8Array)) throw new Error(`${file}: it has ${depthOf(image.pixels)}, not 8`);
        pixels.set(image.pixels, i * bytes);
        kept.push(i);
      } catch (error) {
        const reason = (error as Error).message.replace(`${file}: `, '');
        if (damaged === 'refuse') {
          left.length = 0;
          throw new CallError(`${name}: ${reason}; mend it, remove it, or pass damaged: 'skip'`, {cause: error});
        }
        skipped.push({file: name, reason});
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
    files: kept.map((i) => examples[i]!.name),
    skipped: skipped.sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
}
