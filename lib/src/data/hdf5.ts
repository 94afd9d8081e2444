/** Pictures in HDF5: two data sets of a file, or of two files, one of images and one of labels. */
import fs from 'node:fs/promises';
import path from 'node:path';
import {file as filePath, text, texts, wholeNumber} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {inWords} from '../files/errors';
import {refuseForeign} from '../files/foreign';
import {readHdf5Arrays} from '../files/hdf5';
import {datasetOf, type ArrayPair, type NamedArray} from './arrays';
import type {ImageDataset} from './imageDataset';
import {warn} from './warnings';
import {sharesKind, sharesToDraw, type Shares} from './shares';

/** The names of two data sets in the file, such as `images` or `group/images`. */
export interface Hdf5Names {
  /** [n, height, width] or [n, height, width, channels]. */
  images: string;
  /** Class numbers from 0, [n] or [n, 1]. */
  labels: string;
  /** The file of the labels, where they have one of their own. Default: the one of the images. */
  labelsFile?: string;
}

/** Where a further part is. */
export interface Hdf5Part extends Hdf5Names {
  /** The file of its images. Default: the one of the training part. */
  file?: string;
}

/** Options of {@link load}. */
export interface Hdf5Options extends Hdf5Names {
  /** The data sets of validation, where there are some. */
  validation?: Hdf5Part;
  /** The data sets of the test. Default: a fifth of the images is kept for it. */
  test?: Hdf5Part;
  /** Shares, from 0 to 1, that are kept for the parts that aren't named. Default: no validation, and 0.2 for the test. */
  split?: Partial<Shares>;
  /** Decides which images these are. Default 1. */
  seed?: number;
  /** What to call the data set; the file's name when left out. */
  name?: string;
  /** What the classes are called; their numbers when left out. */
  classNames?: string[];
}

/**
 * Loads images and labels from an HDF5 file, by the names that they have in it. Values stay as they are stored: bytes,
 * numbers of 16 bits, floats; whole numbers of other types become the smallest of these that holds all.
 *
 * @param file its path
 * @param options the names in the file; for a name that isn't there the error lists those that are
 * @returns the training part and the test, and a validation where there is one
 * @throws Error when the file is no HDF5, a name isn't in it, or images and labels don't belong together
 * @example
 * const {train, test} = await hdf5.load('galaxies.h5', {images: 'images', labels: 'ans'});
 * await hdf5.load('signs.h5', {images: 'x', labels: 'y', test: {images: 'x_test', labels: 'y_test'}});
 * await hdf5.load('train_x.h5', {images: 'x', labels: 'y', labelsFile: 'train_y.h5'});
 */
export function load(file: string, options: Hdf5Options): Promise<ImageDataset> {
  return publicCall('hdf5.load', async () => {
    checkArguments({file, options}, {file: filePath, options: loadOptions});
    const {images, labels, labelsFile, validation, test, split, seed = 1, classNames} = options;
    const shares = sharesToDraw(split, {
      validation: validation && 'validation names its data sets',
      test: test && 'test names its data sets',
    });
    const parts = [{images, labels, labelsFile}, validation, test].map((part) => part && placesOf(file, part));
    const arrays = await readArrays(parts.flatMap((part) => (part === undefined ? [] : [part.images, part.labels])));
    const [train, validated, tested] = parts.map((part): ArrayPair | undefined => {
      return part && {images: arrays(part.images), labels: arrays(part.labels)};
    });
    const {name = path.basename(file).replace(/\.\w+$/, '')} = options;
    const {dataset, notes} = datasetOf(
      {train: train!, validation: validated, test: tested},
      {name, classNames},
      {shares, seed},
    );
    warn(notes);
    return dataset;
  });
}

const namesKind = optional({
  expected: "the names of two data sets, {images: '…', labels: '…'}",
  fits: (value) => {
    const {images, labels, file = '', labelsFile = '', ...others} = Object(value) as Record<string, unknown>;
    return (
      [images, labels, file, labelsFile].every((name) => typeof name === 'string') && Object.keys(others).length === 0
    );
  },
});

const loadOptions = optionsOf<Hdf5Options>({
  images: text,
  labels: text,
  labelsFile: optional(filePath),
  validation: namesKind,
  test: namesKind,
  split: optional(sharesKind),
  seed: optional(wholeNumber),
  name: optional(text),
  classNames: optional(texts),
});

/** A data set of a file. */
interface Place {
  file: string;
  name: string;
}

function placesOf(trainFile: string, {images, labels, file = trainFile, labelsFile = file}: Hdf5Part) {
  return {images: {file, name: pathIn(images)}, labels: {file: labelsFile, name: pathIn(labels)}};
}

function pathIn(name: string): string {
  return name.replace(/^\/+|\/+$/g, '');
}

/** Reads each file once. */
async function readArrays(places: readonly Place[]): Promise<(place: Place) => NamedArray> {
  const read = new Map<string, Awaited<ReturnType<typeof readHdf5Arrays>>>();
  for (const file of new Set(places.map((place) => place.file))) {
    await refuseForeign(file);
    const wanted = places.flatMap((place) => (place.file === file ? [place.name] : []));
    try {
      read.set(file, await readHdf5Arrays(await fs.readFile(file), wanted));
    } catch (error) {
      const reason = inWords(error as NodeJS.ErrnoException);
      const help = reason.startsWith('there are no numbers')
        ? '; if the labels are in another file, name it: labelsFile'
        : '';
      throw new CallError(`${file}: ${reason}${help}`, {cause: error});
    }
  }
  return ({file, name}) => {
    const {shape, data} = read.get(file)!.get(name)!;
    return {name: `${file}: '${name}'`, shape, data: data as NamedArray['data']};
  };
}
