import {tf} from '../../tfjs/tensorflow';

/** How far the brightness and the contrast of images may be changed, as in Keras's RandomBrightness and RandomContrast. */
export interface IntensityLimits {
  /** A share of the range of values, from 0 to 1: with 0.2 up to a fifth of the range is added or taken away. */
  brightness: number;
  /** A share, at least 0 and below 1: with 0.2 each value is from 0.8 to 1.2 times as far from the mean of its channel. */
  contrast: number;
}

/**
 * Changes the brightness of each image by an amount of its own, and then its contrast: amounts that are equally likely
 * anywhere within the limits. What leaves the range of values ends at its bounds, as in Keras.
 *
 * @param images [n, height, width, channels], values within the range.
 * @param range The smallest and the largest value that a pixel can have.
 * @param random Numbers in [0, 1): two an image.
 * @returns Images of the same shape.
 */
export function randomIntensity(
  images: tf.Tensor4D,
  [low, high]: readonly [number, number],
  {brightness, contrast}: IntensityLimits,
  random: () => number,
): tf.Tensor4D {
  const count = images.shape[0];
  const added = new Float32Array(count);
  const factors = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    added[i] = (2 * random() - 1) * brightness * (high - low);
    factors[i] = 1 + (2 * random() - 1) * contrast;
  }
  const each = (values: Float32Array) => tf.tensor4d(values, [count, 1, 1, 1]);
  return tf.tidy(() => {
    const bright = images.add(each(added)).clipByValue(low, high);
    const means = bright.mean([1, 2], true);
    return bright.sub(means).mul(each(factors)).add(means).clipByValue(low, high) as tf.Tensor4D;
  });
}
