import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf, type Kind} from '../arguments/schema';
import type {Image} from './decoders/readImage';
import {ImageSet} from './imageSet';
import {isPixels, type Pixels} from './pixels';
import {rangeOf} from './range';

/** The values that become 0 and 1. */
export type Limits = readonly [low: number, high: number];

/** Options of {@link rescale}: the limits, or how to find them. Without any they are the smallest and the largest value. */
export interface RescaleOptions {
  /** Limits that are known: those of the training set, or of the camera, such as [0, 4095] for 12 bits. */
  limits?: Limits;
  /**
   * The limits are these percentiles of all values, such as [0.1, 99.9]: a few very bright or dark pixels then don't decide.
   * They are NumPy's: between two values, in proportion.
   */
  percentiles?: readonly [low: number, high: number];
}

/**
 * Brings pictures of any depth to 0 to 1: `(value - low) / (high - low)`. Scale the test set by the limits of the training
 * set, or the model sees other pictures than it has learnt. Nothing is clipped: what lies beyond the limits comes out below 0
 * or above 1. Values that are NaN or infinite have no say in the limits, and stay.
 *
 * @param images an ImageSet, or an image as `readImage` returns it
 * @param options the limits, or how to find them; the smallest and the largest value when left out
 * @returns `images`, the same with floats of 32 bits, and the `limits`, to scale others with
 * @throws Error when all values are the same, so that there is nothing to go by
 * @example
 * const {images: train, limits} = rescale(cells.train, {percentiles: [0.1, 99.9]});
 * const {images: test} = rescale(cells.test, {limits});
 */
export function rescale(images: ImageSet, options?: RescaleOptions): {images: ImageSet; limits: Limits};
export function rescale(images: Image, options?: RescaleOptions): {images: Image<Float32Array>; limits: Limits};
export function rescale(
  images: ImageSet | Image,
  options: RescaleOptions = {},
): {images: ImageSet | Image<Float32Array>; limits: Limits} {
  return publicCall('rescale', () => {
    checkArguments({images, options}, {images: imagesKind, options: rescaleOptions});
    const limits = limitsOf(images.pixels, options);
    const pixels = scaled(images.pixels, limits);
    const {shape} = images;
    return {
      images: images instanceof ImageSet ? new ImageSet(pixels, [...shape], images.labels) : {pixels, shape},
      limits,
    };
  });
}

const imagesKind: Kind = {
  expected: 'an ImageSet, or an image as readImage returns it',
  fits: (value) => typeof value === 'object' && value !== null && isPixels((value as Partial<Image>).pixels),
};

const rising = (value: unknown, fits: (number: number) => boolean) =>
  Array.isArray(value) && value.length === 2 && value.every(fits) && value[0] < value[1];

const rescaleOptions = optionsOf<RescaleOptions>({
  limits: optional({
    expected: '[low, high], the values that become 0 and 1',
    fits: (value) => rising(value, Number.isFinite),
  }),
  percentiles: optional({
    expected: '[low, high], from 0 to 100, such as [0.1, 99.9]',
    fits: (value) => rising(value, (number) => number >= 0 && number <= 100),
  }),
});

function limitsOf(pixels: Pixels, {limits, percentiles}: RescaleOptions): Limits {
  if (limits !== undefined && percentiles !== undefined) {
    throw new CallError('limits and percentiles both say what becomes 0 and 1; give one');
  }
  if (limits !== undefined) return limits;
  const found = percentiles === undefined ? rangeOf(pixels) : percentilesOf(pixels, percentiles);
  if (found === undefined)
    throw new CallError('there is no finite value to find limits from; pass limits: [low, high]');
  const [low, high] = found;
  if (low < high) return found;
  const which = percentiles === undefined ? 'all values are' : `the percentiles ${percentiles.join(' and ')} are both`;
  throw new CallError(`${which} ${low}, so there is nothing to scale by; pass limits: [low, high]`);
}

/** (value - low) / (high - low), in double precision until it is stored. */
function scaled(pixels: Pixels, [low, high]: Limits): Float32Array {
  const out = new Float32Array(pixels.length);
  const range = high - low;
  for (let i = 0; i < out.length; i++) out[i] = (pixels[i]! - low) / range;
  return out;
}

function percentilesOf(pixels: Pixels, percentiles: readonly [number, number]): [number, number] | undefined {
  const sorted = pixels instanceof Float32Array ? pixels.filter(Number.isFinite).sort() : undefined;
  const count = (sorted ?? pixels).length;
  if (count === 0) return undefined;
  const valueAt = sorted ? (rank: number) => sorted[rank]! : countedRanks(pixels);
  const [low, high] = percentiles.map((percentile) => {
    const rank = (percentile / 100) * (count - 1);
    const below = valueAt(Math.floor(rank));
    return below + (valueAt(Math.ceil(rank)) - below) * (rank % 1);
  });
  return [low!, high!];
}

/** The value of a rank among whole numbers, which needn't be sorted: it is enough to count them. */
function countedRanks(pixels: Pixels): (rank: number) => number {
  const counts = new Float64Array(65536);
  for (let at = pixels.length; at-- > 0;) counts[pixels[at]!]!++;
  return (rank) => {
    let value = 0;
    for (let passed = counts[0]!; passed <= rank; passed += counts[value]!) value++;
    return value;
  };
}
