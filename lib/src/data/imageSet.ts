import {inspect} from 'node:util';
import {describe} from '../arguments/describe';
import {isArrayLike} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind} from '../arguments/schema';
import {otherBackend, widen} from '../tfjs/binding';
import {tf} from '../tfjs/tensorflow';
import {depthOf, emptyLike, isPixels, type Pixels} from './pixels';

/**
 * Images of one size with a label each: values as they were stored, nothing scaled. Most pictures have 8 bits, 0 (black) to
 * 255 (white); those of microscopes and scanners may have 16, or floats. `rescale` brings them all to 0 to 1.
 *
 * `shape` is [n, height, width] for grey images and [n, height, width, channels] for colour.
 *
 * @example
 * const {train} = await mnist.load();
 * train.shape;      // [60000, 28, 28]
 * train.labels[0];  // 5
 */
export class ImageSet {
  /** Every image after the other, row by row: a Uint8Array, a Uint16Array or a Float32Array. */
  readonly pixels: Pixels;
  /** [n, height, width] or [n, height, width, channels]. */
  readonly shape: number[];
  /** One class number an image, from 0. */
  readonly labels: Uint8Array;

  /** @throws Error when pixels, shape and labels don't belong together. */
  constructor(pixels: Pixels, shape: number[], labels: Uint8Array) {
    publicCall('ImageSet', () => {
      checkArguments({pixels, shape, labels}, {pixels: pixelArray, shape: sizes, labels: bytes});
      checkSizes(pixels, shape, labels);
    });
    this.pixels = pixels;
    this.shape = shape;
    this.labels = labels;
  }

  /** How many images there are. */
  get length(): number {
    return this.labels.length;
  }

  /** The pixels of image `i` (from 0), row by row: a view, not a copy. */
  image(i: number): Pixels {
    publicCall('ImageSet.image', () => {
      this.checkIndex(i);
    });
    const size = this.pixels.length / this.length;
    return this.pixels.subarray(i * size, (i + 1) * size);
  }

  /**
   * The images at these positions, in this order, with their labels.
   *
   * @example
   * train.select([0, 1, 2]).length; // 3
   */
  select(indices: ArrayLike<number>): ImageSet {
    return publicCall('ImageSet.select', () => {
      checkArguments({indices}, {indices: positions});
      const size = this.length === 0 ? 0 : this.pixels.length / this.length;
      const pixels = emptyLike(this.pixels, indices.length * size);
      const labels = new Uint8Array(indices.length);
      for (let row = 0; row < indices.length; row++) {
        const i = indices[row]!;
        this.checkIndex(i);
        pixels.set(this.pixels.subarray(i * size, (i + 1) * size), row * size);
        labels[row] = this.labels[i]!;
      }
      return new ImageSet(pixels, [indices.length, ...this.shape.slice(1)], labels);
    });
  }

  /** The images as a float32 tensor of the same shape, with the same values. */
  tensor(): tf.Tensor {
    const {pixels, shape} = this;
    if (pixels instanceof Float32Array) return tf.tensor(pixels.slice(), shape, 'float32');
    if (otherBackend() === undefined) return widen(pixels, shape);
    return tf.tensor(Float32Array.from(pixels), shape, 'float32');
  }

  /** What it holds, in a few lines: how many images of which size and depth, their range, how many of each class. */
  toString(): string {
    const [n, height, width, channels] = this.shape;
    const colours = channels === undefined ? 'grey' : channels === 3 ? 'colour' : `${channels}-channel`;
    const head = `ImageSet of ${n!} ${colours} image${n === 1 ? '' : 's'}, ${height!} x ${width!}, ${depthOf(this.pixels)}`;
    if (n === 0) return head;
    let [low, high] = [Infinity, -Infinity];
    for (const value of this.pixels) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const counts = new Map<number, number>();
    for (const label of this.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    const classes = [...counts].sort(([a], [b]) => a - b).map(([label, count]) => `${label}: ${count}`);
    const shown = classes.length > MOST_CLASSES ? [...classes.slice(0, MOST_CLASSES), '…'] : classes;
    return `${head}, values ${low} to ${high}\nimages of each class: ${shown.join(', ')}`;
  }

  /** How console.log prints it. */
  [inspect.custom](): string {
    return this.toString();
  }

  private checkIndex(i: number): void {
    if (!Number.isInteger(i) || i < 0 || i >= this.length) {
      const range = this.length === 0 ? 'is empty' : `has images 0 to ${this.length - 1}`;
      throw new CallError(`index ${describe(i)} is out of range; this set ${range}`);
    }
  }
}

function checkSizes(pixels: Pixels, shape: number[], labels: Uint8Array): void {
  if (shape.length !== 3 && shape.length !== 4) {
    throw new CallError(`shape must be [n, height, width] or [n, height, width, channels], got [${shape.join(', ')}]`);
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (pixels.length !== size) {
    throw new CallError(
      `shape [${shape.join(', ')}] needs ${size} pixel values, got ${pixels.length}; check the image size`,
    );
  }
  if (labels.length !== shape[0]) {
    throw new CallError(
      `${shape[0]!} images need ${shape[0]!} labels, got ${labels.length}; do they come from the same set?`,
    );
  }
}

/** The classes that a set's description counts. */
const MOST_CLASSES = 20;

const pixelArray: Kind = {
  expected: 'a Uint8Array, a Uint16Array or a Float32Array',
  fits: isPixels,
  help: 'Float32Array.from(numbers) makes one of any numbers',
};

const bytes: Kind = {
  expected: 'a Uint8Array',
  fits: (value) => value instanceof Uint8Array,
  help: 'Uint8Array.from(numbers) makes one of whole numbers from 0 to 255',
};

const sizes: Kind = {
  expected: 'a list of whole numbers',
  fits: (value) => Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0),
};

const positions: Kind = {
  expected: 'a list of positions',
  fits: isArrayLike,
  help: 'for a single image pass [i]',
};
