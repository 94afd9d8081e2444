import type {Kind} from '../../arguments/schema';
import type {Image} from '../decoders/readImage';
import {isPixels} from '../pixels';
import {rangeOf} from '../range';

/** A grey picture of 8 bits: shape [1, height, width], 0 to 255. */
export type GreyImage = Image<Uint8Array>;

/**
 * A grey picture of any depth with 8 bits, in which it is seen whether ink is there: 16 bits from 0 to 65535, floats from the
 * smallest to the largest.
 */
export function toBytes({pixels, shape}: Image): GreyImage {
  if (pixels instanceof Uint8Array) return {pixels, shape};
  const [low, high] = pixels instanceof Uint16Array ? [0, 65535] : (rangeOf(pixels) ?? [0, 0]);
  const factor = high > low ? 255 / (high - low) : 0;
  return {pixels: Uint8Array.from(pixels, (value) => Math.round((value - low) * factor)), shape};
}

/** Whether a value is one grey picture, [1, height, width], of any depth. */
export function isGrey(value: unknown): value is Image {
  const {pixels, shape} = (value ?? {}) as Partial<Image>;
  if (!isPixels(pixels) || !Array.isArray(shape) || shape.length !== 3) return false;
  const [one, height, width] = shape as number[];
  return one === 1 && pixels.length > 0 && pixels.length === height! * width!;
}

/** What a step takes. */
export const greyImage: Kind = {
  expected: 'a grey picture of 8 bits, {pixels, shape: [1, height, width]}',
  fits: (value) => isGrey(value) && value.pixels instanceof Uint8Array,
  help: "await handwriting.read('seven.jpg') gives one",
};
