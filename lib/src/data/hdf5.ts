/** Pictures in an HDF5 file: two of its data sets, one of images and one of labels. */
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
import {tell} from './notes';
import {sharesKind, TEST_SHARE, type Shares} from './shares';

/** The names of two data sets in the file, such as `images` or `group/images`. */
export interface Hdf5Names {
  /** [n, height, width] or [n, height, width, channels]. */
  images: string;
  /** Class numbers from 0, [n] or [n, 1]. */
  labels: string;
}

/** Options of {@link load}. */
export interface Hdf5Options extends Hdf5Names {
  /** The data sets of validation, where the file has them. */
  validation?: Hdf5Names;
  /** The data sets of the test. Default: a fifth of the images is kept for it. */
  test?: Hdf5Names;
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
 */
export function load(file: string, options: Hdf5Options): Promise<ImageDataset> {
  return publicCall('hdf5.load', async () => {
    checkArguments({file, options}, {file: filePath, options: loadOptions});
    const {images, labels, validation, test, split = {}, seed = 1, classNames} = options;
    for (const part of ['validation', 'test'] as const) {
      if (options[part] !== undefined && split[part] !== undefined) {
        throw new CallError(`${part} names data sets of the file, so none is drawn; leave split.${part} out`);
      }
    }
    const parts = [{images, labels}, validation, test];
    const arrays = await readArrays(
      file,
      parts.flatMap((names) => (names === undefined ? [] : [names.images, names.labels])),
    );
    const [train, validated, tested] = parts.map((names): ArrayPair | undefined => {
      return names && {images: arrays(names.images), labels: arrays(names.labels)};
    });
    const shares = {validation: 0, test: test === undefined ? TEST_SHARE : 0, ...split};
    const {name = path.basename(file).replace(/\.\w+$/, '')} = options;
    const {dataset, notes} = datasetOf(
      {train: train!, validation: validated, test: tested},
      {name, classNames},
      {shares, seed},
    );
    tell(notes);
    return dataset;
  });
}

const namesKind = optional({
  expected: "the names of two data sets, {images: '…', labels: '…'}",
  fits: (value) => {
    const {images, labels, ...others} = Object(value) as Record<string, unknown>;
    return [images, labels].every((name) => text.fits(name)) && Object.keys(others).length === 0;
  },
});

const loadOptions = optionsOf<Hdf5Options>({
  images: text,
  labels: text,
  validation: namesKind,
  test: namesKind,
  split: optional(sharesKind),
  seed: optional(wholeNumber),
  name: optional(text),
  classNames: optional(texts),
});

async function readArrays(file: string, names: readonly string[]): Promise<(name: string) => NamedArray> {
  await refuseForeign(file);
  const pathOf = (name: string) => name.replace(/^\/+|\/+$/g, '');
  try {
    const arrays = await readHdf5Arrays(await fs.readFile(file), names.map(pathOf));
    return (name) => {
      const {shape, data} = arrays.get(pathOf(name))!;
      return {name: `${file}: '${name}'`, shape, data: data as NamedArray['data']};
    };
  } catch (error) {
    throw new CallError(`${file}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  }
}
