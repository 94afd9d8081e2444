import {isTensor} from '../arguments/describe';
import {isArrayLike} from '../arguments/kinds';
import {CallError} from '../arguments/publicCall';
import {checkArguments, type Kind} from '../arguments/schema';
import {rangeOf} from '../data/range';

/** A tensor, as far as a picture needs one. */
interface TensorLike {
  readonly shape: number[];
  readonly dtype?: string;
  dataSync(): ArrayLike<number>;
}

/** Pixels with their shape: an ImageSet, or arrays of your own. */
interface PixelArray {
  readonly pixels: ArrayLike<number>;
  readonly shape: readonly number[];
}

/**
 * Whatever can be drawn: an ImageSet, a tensor, or `{pixels, shape}`, where shape is [height, width] for one grey image,
 * [n, height, width] for several, [n, height, width, channels] for colour (1, 3 or 4 channels).
 */
export type Images = PixelArray | TensorLike;

/** The same, sorted out. */
export interface ImageStack {
  readonly values: ArrayLike<number>;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** The values that are drawn black and white. */
  readonly range: readonly [low: number, high: number];
}

/** Finds out how many images of which size these are. @throws Error when the shape says something else. */
export function stackOf(images: Images, range?: readonly [number, number]): ImageStack {
  checkArguments({images}, {images: imagesKind});
  const values = 'pixels' in images ? images.pixels : images.dataSync();
  const {shape} = images;
  const [count, height, width, channels = 1] = shape.length === 2 ? [1, ...shape] : shape;
  if (shape.length < 2 || shape.length > 4 || ![1, 3, 4].includes(channels)) {
    throw new CallError(
      `expected images of shape [height, width], [n, height, width] or [n, height, width, channels] with 1, 3 ` +
        `or 4 channels, got [${shape.join(', ')}]`,
    );
  }
  const size = count! * height! * width! * channels;
  if (size === 0) throw new CallError(`shape [${shape.join(', ')}] has no pixel in it; expected at least one`);
  if (values.length !== size) {
    throw new CallError(`shape [${shape.join(', ')}] needs ${size} pixel values, got ${values.length}`);
  }
  return {values, count: count!, height: height!, width: width!, channels, range: range ?? shownRange(images, values)};
}

/** What can be drawn. */
export const imagesKind: Kind = {
  expected: 'an ImageSet, a tensor, or {pixels, shape}',
  fits: (value) => (isTensor(value) ? !value.isDisposed && value.dtype !== 'string' : isPixelArray(value)),
};

function isPixelArray(value: unknown): boolean {
  const {pixels, shape} = (value ?? {}) as {pixels?: unknown; shape?: unknown};
  return isArrayLike(pixels) && Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** Bytes are drawn as they are, true and false white and black; other numbers from their smallest to their largest, of those that are finite. */
function shownRange(images: Images, values: ArrayLike<number>): [number, number] {
  // TensorFlow gives these out as bytes, too.
  if ('dtype' in images && images.dtype === 'bool') return [0, 1];
  if (values instanceof Uint8Array || values instanceof Uint8ClampedArray) return [0, 255];
  const [low, high] = rangeOf(values) ?? [0, 1];
  // Of equal values any range is right in which they are black.
  return low === high ? [low, low + Math.max(1, Math.abs(low))] : [low, high];
}

/** How a value that is NaN or infinite is drawn: no grey, and rare in pictures. */
const NOT_FINITE = [255, 0, 255];

/**
 * One image of the stack as red, green, blue, alpha; transposed, rows become columns. Pixels that aren't finite are marked in
 * magenta, and counted.
 */
export function rgba(
  stack: ImageStack,
  index: number,
  transposed = false,
): {rgba: Uint8ClampedArray; notFinite: number} {
  const {values, height, width, channels, range} = stack;
  const [low, high] = range;
  const factor = high > low ? 255 / (high - low) : 0;
  const out = new Uint8ClampedArray(height * width * 4);
  const start = index * height * width * channels;
  let notFinite = 0;
  const isFinite = (from: number): boolean => {
    for (let c = 0; c < channels; c++) if (!Number.isFinite(values[from + c])) return false;
    return true;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = start + (y * width + x) * channels;
      const to = 4 * (transposed ? x * height + y : y * width + x);
      for (let c = 0; c < 3; c++) out[to + c] = (values[from + (channels === 1 ? 0 : c)]! - low) * factor;
      out[to + 3] = channels === 4 ? (values[from + 3]! - low) * factor : 255;
      if (isFinite(from)) continue;
      out.set([...NOT_FINITE, 255], to);
      notFinite++;
    }
  }
  return {rgba: out, notFinite};
}
