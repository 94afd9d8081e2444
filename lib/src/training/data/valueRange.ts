import {describe} from '../../arguments/describe';
import {CallError} from '../../arguments/publicCall';
import type {Pixels} from '../../data/pixels';
import {tf} from '../../tfjs/tensorflow';

/** The smallest and the largest value that pixels of this depth can have. */
export function rangeOf(pixels: Pixels): [number, number] {
  if (pixels instanceof Uint8Array) return [0, 255];
  return pixels instanceof Uint16Array ? [0, 65535] : [0, 1];
}

/**
 * @returns the largest value
 * @throws CallError for images that brightness and contrast would clip of their own values
 */
export function checkRange(images: tf.Tensor, [low, high]: [number, number]): number {
  const [least, most] = tf.tidy(() => [images.min().dataSync()[0]!, images.max().dataSync()[0]!]);
  if (least < low || most > high) {
    throw new CallError(
      `brightness and contrast need to know the range of values: expected from ${low} to ${high}, got ${describe(least < low ? least : most)}; pass valueRange: [smallest, largest]`,
    );
  }
  return most;
}

/** A camera of 12 bits fills a sixteenth of 16: a tenth of their range would be more than all that it saw. */
export function warnOfDarkness(most: number, [low, high]: [number, number], brightness: number): void {
  const step = brightness * (high - low);
  if (most - low >= DARK * (high - low) || step === 0) return;
  console.warn(
    `augment: brightness ${brightness} adds or takes up to ${Number(step.toPrecision(3))}, a share of the range ${low} to ${high}, ` +
      `but no pixel is above ${most}; pass valueRange: [smallest, largest], such as [0, 4095] for a camera of 12 bits`,
  );
}

/** Images that use a smaller part of the range are taken for those of another range. */
const DARK = 0.1;
