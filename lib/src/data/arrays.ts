// From arrays of numbers, whatever file they come from, to a data set.
import {CallError} from '../arguments/publicCall';
import type {ImageDataset} from './imageDataset';
import {ImageSet} from './imageSet';
import type {Elements} from './npyElements';
import {depthOf, isPixels, type Pixels} from './pixels';
import {finiteNotes, rangeNotes, scaleNotes} from './range';
import type {Shares} from './shares';
import {split} from './split';

/** An array, and what to call it in an error: `'x_train'`. */
export interface NamedArray {
  name: string;
  shape: number[];
  /** Row by row. */
  data: Elements;
}

/** Images, and a class number for each. */
export interface ArrayPair {
  images: NamedArray;
  labels: NamedArray;
}

/** The parts of a data set that a file has. */
export interface ArrayParts {
  train: ArrayPair;
  validation?: ArrayPair | undefined;
  test?: ArrayPair | undefined;
}

/** What a data set is called, and its classes. */
export interface Names {
  name: string;
  /** Their numbers when left out. */
  classNames?: readonly string[] | undefined;
}

/** How to draw the parts that a file doesn't have from the training part. */
export interface Draw {
  shares: Readonly<Shares>;
  seed: number;
}

/**
 * A data set of arrays. Images keep their values: bytes, numbers of 16 bits and floats of 32 bits stay what they are; whole
 * numbers of other types become the smallest of these that holds all of them.
 *
 * @returns the data set, and what the reader should know, as sentences
 * @throws CallError when a value can't be held, parts are of different depths, labels are no class numbers, or there are more
 *   classes than names
 */
export function datasetOf(
  parts: ArrayParts,
  {name, classNames: given}: Names,
  draw?: Draw,
): {dataset: ImageDataset; notes: string[]} {
  const pairs = [parts.train, parts.validation, parts.test].filter((pair) => pair !== undefined);
  pairs.forEach(checkPair);
  checkSizes(pairs);
  const {pixels, notes} = toPixels(pairs.map(({images}) => images));
  const sets = new Map(
    pairs.map((pair, i) => [pair, new ImageSet(pixels[i]!, pair.images.shape, toLabels(pair.labels))]),
  );
  const setOf = (pair: ArrayPair | undefined) => (pair === undefined ? undefined : sets.get(pair));
  const whole = setOf(parts.train)!;
  // Where nothing is drawn the file's order stays.
  const drawn =
    draw && draw.shares.validation + draw.shares.test > 0
      ? split([...whole.labels], draw.shares, draw.seed)
      : undefined;
  const test = setOf(parts.test) ?? whole.select(drawn?.test ?? []);
  const validation = setOf(parts.validation) ?? (draw?.shares.validation ? whole.select(drawn!.validation) : undefined);
  const classes = 1 + Math.max(...[...sets.values()].map(({labels}) => largest(labels)));
  const classNames = given === undefined ? Array.from({length: classes}, (_, i) => String(i)) : [...given];
  if (classNames.length < classes) {
    throw new CallError(`labels go up to ${classes - 1} but there are ${classNames.length} classNames`);
  }
  const train = drawn ? whole.select(drawn.train) : whole;
  return {
    dataset: {name, classNames, train, ...(validation && {validation}), test, skipped: []},
    notes: [
      ...notes,
      ...rangeNotes(whole),
      ...scaleNotes(pairs.map((pair) => [pair.images.name, sets.get(pair)!])),
      ...Object.entries({train, validation, test}).flatMap(([part, set]) => (set ? finiteNotes(part, set) : [])),
    ],
  };
}

function largest(labels: Uint8Array): number {
  return labels.reduce((most, label) => Math.max(most, label), 0);
}

/** Images are known by their shape, and each has a label. */
function checkPair({images, labels}: ArrayPair): void {
  const at = `${images.name} has shape [${images.shape.join(', ')}]`;
  if (images.shape.length !== 3 && images.shape.length !== 4) {
    throw new CallError(
      `${at}; expected images, [n, height, width] or [n, height, width, channels]; numpy.reshape brings rows of pixels into it`,
    );
  }
  const [n, rows] = [images.shape[0]!, labels.shape[0] ?? 0];
  if (n !== rows) {
    throw new CallError(
      `${at}, so ${n} images, and ${labels.name} has ${rows} labels; expected one an image: do they belong together?`,
    );
  }
  if (n === 0) throw new CallError(`${at}; expected at least one image`);
}

/** A model takes pictures of one size. */
function checkSizes([train, ...others]: readonly ArrayPair[]): void {
  const sizeOf = ({images: {shape}}: ArrayPair) => shape.slice(1).join(' × ');
  const other = others.find((pair) => sizeOf(pair) !== sizeOf(train!));
  if (other === undefined) return;
  throw new CallError(
    `${other.images.name} has images of ${sizeOf(other)} and ${train!.images.name} of ${sizeOf(train!)}; the parts of a data ` +
      'set have images of one size',
  );
}

/** The images of all parts, at one depth. */
function toPixels(arrays: readonly NamedArray[]): {pixels: Pixels[]; notes: string[]} {
  arrays.forEach(checkShape);
  checkDepths(arrays);
  const stored = arrays.filter(({data}) => isPixels(data));
  if (stored.length === arrays.length) return {pixels: arrays.map(({data}) => data as Pixels), notes: []};
  const limits = arrays.map(limitsOf);
  const [low, high] = [Math.min(...limits.map(({low}) => low)), Math.max(...limits.map(({high}) => high))];
  const isWhole = limits.every(({isWhole}) => isWhole) && !stored.some(({data}) => data instanceof Float32Array);
  const Depth = isWhole && low >= 0 && high < 2 ** 16 ? (high < 2 ** 8 ? Uint8Array : Uint16Array) : Float32Array;
  const pixels = arrays.map(({data}) => filled(new Depth(data.length), data));
  const rounded = arrays.filter(({data}, i) => Depth === Float32Array && !isSame(data, pixels[i]!));
  const whole = rounded.find((array) => limitsOf(array).isWhole);
  if (whole !== undefined) {
    throw new CallError(
      `${whole.name} holds whole numbers from ${limitsOf(whole).low} to ${limitsOf(whole).high}; floats of 32 bits hold ` +
        'them exactly up to 16777216: bring them into a smaller range',
    );
  }
  const beyond = arrays.find(({data}, i) =>
    pixels[i]!.some((value, at) => !Number.isFinite(value) && Number.isFinite(Number(data[at]!))),
  );
  if (beyond !== undefined) {
    throw new CallError(
      `${beyond.name} holds floats of 64 bits beyond those of 32 bits, which end at 3.4e38: bring them into a smaller range`,
    );
  }
  const notes = rounded.map(({name}) => `${name} holds floats of 64 bits: they are rounded to 32 bits, some 7 digits.`);
  return {pixels, notes};
}

/** Parts that were scaled apart, 0 to 255 here and 0 to 1 there, are seldom stored alike. */
function checkDepths(arrays: readonly NamedArray[]): void {
  const depths = arrays.map(({data}) => {
    if (data instanceof Float64Array) return 'floats';
    return isPixels(data) ? depthOf(data) : 'whole numbers';
  });
  for (const [i, depth] of depths.entries()) {
    const first = depths.findIndex(
      (one) => one !== depth && (![one, depth].includes('whole numbers') || [one, depth].includes('floats')),
    );
    if (first === -1) continue;
    throw new CallError(
      `${arrays[i]!.name} has ${depth} and ${arrays[first]!.name} has ${depths[first]!}; the parts of a data set are of one depth`,
    );
  }
}

function filled(pixels: Pixels, data: Elements): Pixels {
  for (let i = 0; i < pixels.length; i++) pixels[i] = Number(data[i]!);
  return pixels;
}

/** Colour pictures with the channels in front, as PyTorch keeps them, would pass for pictures three pixels high. */
function checkShape({name, shape}: NamedArray): void {
  const [, first, rows, columns] = shape;
  if (shape.length === 4 && (first === 1 || first === 3) && rows! > 4 && columns! > 4) {
    throw new CallError(
      `${name} has shape [${shape.join(', ')}], with the channels in front; expected [n, height, width, channels]: save it ` +
        'with numpy.transpose(x, (0, 2, 3, 1))',
    );
  }
}

function limitsOf({data}: NamedArray): {low: number; high: number; isWhole: boolean} {
  let [low, high, isWhole] = [Infinity, -Infinity, true];
  for (const element of data) {
    const value = Number(element);
    if (value < low) low = value;
    if (value > high) high = value;
    if (!Number.isInteger(value)) isWhole = false;
  }
  return {low, high, isWhole};
}

function isSame(data: Elements, pixels: Pixels): boolean {
  for (let i = 0; i < pixels.length; i++) {
    if (!Object.is(Number(data[i]!), pixels[i]!)) return false;
  }
  return true;
}

/** Class numbers, [n], [n, 1] or, as PatchCamelyon has them, [n, 1, 1, 1], as bytes. */
function toLabels({name, shape, data}: NamedArray): Uint8Array {
  if (shape.length === 0 || shape.slice(1).some((size) => size !== 1)) {
    throw new CallError(
      `${name} has shape [${shape.join(', ')}]; expected one class number an image, [n] or [n, 1]` +
        (shape.length === 2 ? '; of one-hot labels numpy.argmax(y, axis=1) makes it' : ''),
    );
  }
  const labels = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    labels[i] = Number(data[i]!);
    if (labels[i] !== Number(data[i]!)) {
      throw new CallError(`${name} holds ${data[i]!} at ${i}; labels are class numbers from 0 to 255`);
    }
  }
  return labels;
}
