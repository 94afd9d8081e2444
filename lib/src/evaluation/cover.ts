import {notNegativeWhole, number} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {tf} from '../tfjs/tensorflow';
import {oneImage, openPixels, sizeOf, squareSide} from './squares';

/** The square that `cover` lays down. */
export interface CoverOptions {
  /** Its side, in pixels; an odd number, so that it has a middle. Default 5. */
  size?: number;
  /** The value that every pixel under it gets. Default 0, which is black. */
  value?: number;
}

/**
 * One image with a square over it, as `occlusion` tries it at each pixel: to ask what the network makes of this one.
 *
 * @param image One image, [height, width, channels] or [1, height, width, channels].
 * @param row Where the square's middle lies, from 0. What sticks out over the edge is cut off.
 * @param column The same, across.
 * @param options The square.
 * @returns The covered image, of the same shape.
 * @throws Error when there are several images, or the pixel lies outside.
 *
 * @example
 * const answer = await predict(model, cover(x.slice(0, 1), 14, 14));
 */
export function cover(image: tf.Tensor, row: number, column: number, options: CoverOptions = {}): tf.Tensor {
  return publicCall('cover', () => {
    checkArguments(
      {image, row, column, options},
      {image: oneImage, row: notNegativeWhole, column: notNegativeWhole, options: coverOptions},
    );
    const [height, width] = sizeOf(image);
    if (row >= height || column >= width) {
      throw new CallError(`row ${row}, column ${column} lies outside an image of ${height} x ${width} pixels`);
    }
    const {size = 5, value = 0} = options;
    return tf.tidy(() => {
      const open = openPixels([row * width + column], height, width, (size - 1) / 2).squeeze([0]);
      return image.mul(open).add(tf.sub(1, open).mul(value)).reshape(image.shape);
    });
  });
}

const coverOptions = optionsOf<CoverOptions>({size: optional(squareSide), value: optional(number)});
