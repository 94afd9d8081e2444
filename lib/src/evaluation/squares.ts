// What `occlusion` and `cover` have in common: a square with its middle on a pixel of one image.
import {isTensor} from '../arguments/describe';
import {CallError} from '../arguments/publicCall';
import type {Kind} from '../arguments/schema';
import {tf} from '../tfjs/tensorflow';

export const oneImage: Kind = {
  expected: 'a tensor with one image',
  fits: (value) => isTensor(value) && !value.isDisposed,
  help: 'x.slice(0, 1) is the first of a tensor of images',
};

export const squareSide: Kind = {
  expected: 'an odd number of pixels',
  fits: (value) => Number.isSafeInteger(value) && (value as number) > 0 && (value as number) % 2 === 1,
};

/** @throws CallError when it is more than one image, or none. */
export function sizeOf({shape}: tf.Tensor): [height: number, width: number, channels: number] {
  const size = shape.length === 4 && shape[0] === 1 ? shape.slice(1) : shape;
  if (size.length === 3) return size as [number, number, number];
  throw new CallError(
    'expected one image, [height, width, channels] or [1, height, width, channels], ' +
      `got [${shape.join(', ')}]; x.slice(i, 1) is the one at i`,
  );
}

/** [pixels, height, width, 1]: for a square on each of these pixels, 0 under it and 1 elsewhere. */
export function openPixels(pixels: number[], height: number, width: number, reach: number): tf.Tensor4D {
  const near = (middles: number[], count: number) =>
    tf.tensor2d(middles, [middles.length, 1]).sub(tf.range(0, count)).abs().lessEqual(reach).toFloat();
  const rows = near(
    pixels.map((pixel) => Math.floor(pixel / width)),
    height,
  );
  const columns = near(
    pixels.map((pixel) => pixel % width),
    width,
  );
  return tf.sub(1, rows.expandDims(2).mul(columns.expandDims(1))).reshape([pixels.length, height, width, 1]);
}
