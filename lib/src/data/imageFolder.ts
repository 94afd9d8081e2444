/** Pictures of your own: a folder with a folder for each class, or with a table that says what each picture is. */
import path from 'node:path';
import {publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {count, folder, notNegativeWhole, oneOf, pictureSize, text, trueOrFalse} from '../arguments/kinds';
import {colourKind} from './decoders/colour';
import type {Fit} from './decoders/fit';
import {channelsKind, wantedBy, type ReadImageOptions} from './decoders/readImage';
import {alike, copyNotes} from './folder/copies';
import {examplesOptions, findExamples, type Example, type ExamplesOptions} from './folder/examples';
import {OneDepth} from './folder/oneDepth';
import {readExamples, type WantedSize} from './folder/readExamples';
import type {ImageDataset, Skipped} from './imageDataset';
import {ImageStream} from './imageStream';
import {skippedWarnings, warn} from './warnings';
import {finiteNotes, rangeNotes} from './range';

/** Options of {@link load}. */
export interface ImageFolderOptions extends ExamplesOptions {
  /** All pictures are brought to it: the side of a square, or [height, width]. */
  size: number | readonly [height: number, width: number];
  /**
   * 3 for red, green and blue, 1 for grey: 0.299 R + 0.587 G + 0.114 B of the values as stored. A list such as [0, 2] takes
   * these channels of the files, counted from 0. Default 3.
   */
  channels?: 1 | 3 | readonly number[];
  /** How a picture of another shape gets into the size. Default 'fill': stretched, as Keras does. */
  fit?: Fit;
  /** What shows through where a picture is transparent, as CSS writes colours. Default white. */
  background?: string;
  /** Which picture of files with several, from 0. */
  page?: number;
  /** Whether pictures that are made smaller are averaged. Default false, as in Keras's loader; see `readImage`. */
  antialias?: boolean;
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

/**
 * Loads a folder, or a .zip of one, with a folder for each class, which holds that class's pictures, at any depth. Classes go
 * by name: in the order of the alphabet, capitals first. What is hidden, left behind by the system or no picture is passed
 * over, stands in `skipped`, and a note says how many there are.
 *
 * Folders above the classes that are called train, validation and test, or nearly so (`Training`, `val`, `TEST`), are taken
 * as these parts. A part that isn't there is drawn from the training part, as `split` says.
 *
 * Shapes are [n, height, width, 3], or [n, height, width] with one channel. The values are those that the files store, of 8
 * bits, 16 bits or floats, the same for all: nothing is scaled. All processors read.
 *
 * @param dir the folder's path, or the archive's
 * @param options `size` is needed
 * @returns the parts, the classes' names, the files, and what was passed over
 * @throws Error when the folder can't be read, no class is found, a class has no picture or only the test has it, a picture
 *   is damaged or of another depth than the others, or a group stands in two parts
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
      const depth = new OneDepth();
      const read = (part: Example[]) => readExamples(part, wantedOf(options), depth, options.damaged);
      const trained = await read(train);
      const validated = validation && (await read(validation));
      const tested = await read(test);
      const skipped = [found.skipped, trained.skipped, validated?.skipped ?? [], tested.skipped].flat();
      const others = [...(validated ? [validated] : []), tested];
      const twice = copyNotes({
        train: alike(train, trained, others),
        validation: validated && alike(validation, validated, [trained]),
        test: alike(test, tested, [trained]),
      });
      const finite = Object.entries({train: trained, validation: validated, test: tested}).flatMap(([part, seen]) =>
        seen === undefined ? [] : finiteNotes(part, seen.set),
      );
      warn([...notes, ...twice, ...skippedWarnings(skipped), ...rangeNotes(trained.set), ...finite]);
      return {
        name: nameOf(dir, options),
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
  channels: optional(channelsKind),
  fit: optional(oneOf('fill', 'cover', 'contain')),
  background: optional(colourKind),
  page: optional(notNegativeWhole),
  antialias: optional(trueOrFalse),
  name: optional(text),
});

/** Options of {@link stream}. */
export interface StreamOptions extends ImageFolderOptions {
  /** Pictures a batch. Default 32. */
  batchSize?: number;
}

/** A folder's pictures as streams. */
export interface ImageStreams {
  name: string;
  /** What class 0, 1, 2, … is called. */
  classNames: string[];
  /** To learn from: all of it in a new order in each pass. */
  train: ImageStream;
  /** To watch the training by, where the folder has such a part or one was asked for. */
  validation?: ImageStream;
  /** To judge by. */
  test: ImageStream;
  /** What was passed over before any picture was read. */
  skipped: Skipped[];
}

/**
 * The folder that `load` would load, for more pictures than memory holds: they are read while the model learns, batch by
 * batch, by all processors and a little ahead. Each epoch takes all pictures of `train` in a new order, drawn from `seed`;
 * validation and test keep theirs.
 *
 * Each batch is an ImageSet with the values as they are stored, so that the model's first layer has to scale them:
 * `tf.layers.rescaling({scale: 1 / 255, inputShape: [64, 64, 3]})`. `augment(train, …)` changes them on their way.
 *
 * @param dir the folder's path, or the archive's
 * @param options as for `load`, and the size of a batch
 * @returns the streams, which `fit`, `evaluate` and `predict` take, and the classes' names
 * @throws Error as `load` does; for a damaged picture, once its turn comes
 * @example
 * const {train, validation, test} = await imageFolder.stream('cells', {size: 96, split: {validation: 0.1, test: 0.2}});
 * await fit(model, augment(train, {rotate: 10}), {epochs: 5, validationData: validation});
 * await evaluate(model, test);
 */
export function stream(dir: string, options: StreamOptions): Promise<ImageStreams> {
  return publicCall('imageFolder.stream', async () => {
    checkArguments({dir, options}, {dir: folder, options: streamOptions});
    // What an archive was unpacked to stays until the process ends: the streams read it.
    const {classNames, train, validation, test, notes, skipped} = await findExamples(dir, options);
    warn([...notes, ...copyNotes({train, validation, test}), ...skippedWarnings(skipped)]);
    const {batchSize = 32, seed = 1, damaged = 'refuse'} = options;
    const wanted = wantedOf(options);
    const inOrder = {batchSize, damaged};
    const depth = new OneDepth();
    return {
      name: nameOf(dir, options),
      classNames,
      train: new ImageStream(train, wanted, depth, {...inOrder, seed}),
      ...(validation && {validation: new ImageStream(validation, wanted, depth, inOrder)}),
      test: new ImageStream(test, wanted, depth, inOrder),
      skipped,
    };
  });
}

const streamOptions = {options: {...loadOptions.options, batchSize: optional(count)}};

function wantedOf({size, channels, fit, background, page, antialias}: ImageFolderOptions): WantedSize {
  const options: ReadImageOptions = {size, channels, fit, background, page, antialias};
  return wantedBy(options) as WantedSize;
}

function nameOf(dir: string, {name}: ImageFolderOptions): string {
  return name ?? path.basename(path.resolve(dir)).replace(/\.zip$/i, '');
}
