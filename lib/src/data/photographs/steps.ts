// From a grey photograph of a digit to MNIST's form, step by step: images of shape [1, height, width], 0 to 255.
import {CallError, publicCall} from '../../arguments/publicCall';
import {checkArguments, type Kind} from '../../arguments/schema';
import {tf} from '../../tfjs/tensorflow';
import {resample} from '../decoders/resample';
import {largestComponents} from './components';
import {greyImage, type GreyImage} from './greyImage';
import {separate} from './threshold';

const DIGIT_SIDE = 20;
const FIELD_SIDE = 28;
/** In MNIST a stroke is about a tenth as thick as the digit is long. */
const STROKE = 0.1;

/** A step under its name, of a picture that is held against what it takes. */
function step<Result>(name: string, image: GreyImage, work: () => Result, kind = greyImage): Result {
  return publicCall(`handwriting.${name}`, () => {
    checkArguments({image}, {image: kind});
    return work();
  });
}

/**
 * Inverts the image if its ink is darker than its paper. Most of a photograph is paper, so the median is paper; ink is on
 * the side where the values reach further away from it.
 *
 * @param image A grey picture, of shape [1, height, width], 0 to 255.
 * @returns The picture with ink brighter than paper.
 * @throws Error when it is something else than a grey picture.
 *
 * @example
 * show(picture(handwriting.brightInk(photo), 1));
 */
export function brightInk(image: GreyImage): GreyImage {
  return step('brightInk', image, () => withBrightInk(image));
}

function withBrightInk(image: GreyImage): GreyImage {
  const sorted = image.pixels.slice().sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
  const darker = at(0.5) - at(0.005) > at(0.995) - at(0.5);
  return darker ? {...image, pixels: image.pixels.map((value) => 255 - value)} : image;
}

/**
 * Bright ink becomes 255, everything else 0: uneven light, the paper's grain, and specks too small for ink.
 *
 * @param image A grey picture with bright ink, as `brightInk` returns it.
 * @returns The picture in 0 and 255.
 * @throws Error when it is something else than a grey picture.
 *
 * @example
 * const ink = handwriting.separateInk(handwriting.brightInk(photo));
 */
export function separateInk(image: GreyImage): GreyImage {
  return step('separateInk', image, () => largestComponents(separate(image)));
}

/**
 * Cuts away what is around the ink.
 *
 * @param image Ink of values above 0 on 0, as `separateInk` returns it.
 * @returns The smallest picture that holds all ink.
 * @throws Error when there is none, or it is something else than a grey picture.
 *
 * @example
 * const cropped = handwriting.crop(ink);
 */
export function crop(image: GreyImage): GreyImage {
  return step('crop', image, () => cut(image));
}

function cut(image: GreyImage): GreyImage {
  const {pixels, shape: [, , width]} = image; // prettier-ignore
  const rows: number[] = [];
  const columns: number[] = [];
  pixels.forEach((value, i) => {
    if (value === 0) return;
    rows.push(Math.floor(i / width!));
    columns.push(i % width!);
  });
  if (rows.length === 0) throw noInk(image);
  const [top, bottom] = range(rows);
  const [left, right] = range(columns);
  const inside = new Uint8Array((bottom - top + 1) * (right - left + 1));
  for (let y = top; y <= bottom; y++) {
    inside.set(pixels.subarray(y * width! + left, y * width! + right + 1), (y - top) * (right - left + 1));
  }
  return {pixels: inside, shape: [1, bottom - top + 1, right - left + 1]};
}

function noInk({shape: [, height, width]}: GreyImage): CallError {
  return new CallError(`found no ink in ${height!} x ${width!} pixels; is it dark on bright, or the reverse?`);
}

function range(values: number[]): [low: number, high: number] {
  return values.reduce<[number, number]>(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -1]);
}

/**
 * Makes thin strokes thicker, to a tenth of the digit's longer side: made small, they would all but vanish. The mean
 * thickness of a stroke is twice its area by the length of its edge.
 *
 * @param image Ink of values above 0 on 0, as `crop` returns it.
 * @returns The same where strokes are thick enough, else a picture that is larger by as much as they grow.
 * @throws Error when it is something else than a grey picture.
 *
 * @example
 * const thick = handwriting.thicken(cropped);
 */
export function thicken(image: GreyImage): GreyImage {
  return step('thicken', image, () => thickened(image));
}

function thickened(image: GreyImage): GreyImage {
  const {pixels, shape: [, height, width]} = image; // prettier-ignore
  const at = (y: number, x: number) => (y >= 0 && x >= 0 && y < height! && x < width! ? pixels[y * width! + x]! : 0);
  let area = 0;
  let edge = 0;
  for (let y = 0; y < height!; y++) {
    for (let x = 0; x < width!; x++) {
      if (at(y, x) === 0) continue;
      area++;
      if (at(y - 1, x) === 0 || at(y + 1, x) === 0 || at(y, x - 1) === 0 || at(y, x + 1) === 0) edge++;
    }
  }
  if (edge === 0) return image;
  const missing = Math.round((STROKE * Math.max(height!, width!) - (2 * area) / edge) / 2);
  if (missing <= 0) return image;
  const grown = tf.tidy(() => {
    const tensor = tf.tensor4d(Float32Array.from(pixels), [1, height!, width!, 1]);
    const room = tensor.pad([[0, 0], [missing, missing], [missing, missing], [0, 0]]); // prettier-ignore
    return tf.maxPool(room as tf.Tensor4D, 2 * missing + 1, 1, 'same').dataSync();
  });
  return {pixels: Uint8Array.from(grown), shape: [1, height! + 2 * missing, width! + 2 * missing]};
}

/**
 * Makes the longer side 20 pixels long, by averaging. The shorter one keeps the proportions, and has one pixel at least.
 *
 * @param image A digit with nothing around it, as `crop` and `thicken` return it.
 * @returns The smaller picture, 0 to 255.
 * @throws Error when it is something else than a grey picture.
 *
 * @example
 * const small = await handwriting.shrink(thick);
 */
export function shrink(image: GreyImage): Promise<GreyImage> {
  // A promise as ever, though nothing is waited for.
  // eslint-disable-next-line @typescript-eslint/require-await
  return publicCall('handwriting.shrink', async () => {
    checkArguments({image}, {image: greyImage});
    return shrunk(image);
  });
}

function shrunk(image: GreyImage): GreyImage {
  const {pixels} = image;
  const [, height, width] = image.shape as [number, number, number];
  const scale = DIGIT_SIDE / Math.max(height, width);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const view = {pixels, height, width, channels: 1, offset: 0, row: width, column: 1};
  const small = resample(view, side(height), side(width), true) as Uint8Array;
  return {pixels: small, shape: [1, side(height), side(width)]};
}

/**
 * Lays the digit into a field of 28 x 28 so that its centre of mass is in the middle, as nearly as pixels allow.
 *
 * @param image A digit of at most 28 x 28 pixels, as `shrink` returns it.
 * @returns The picture in MNIST's form, of shape [1, 28, 28].
 * @throws Error when it is larger, black all over, or something else than a grey picture.
 *
 * @example
 * const digit = handwriting.centre(small);
 */
export function centre(image: GreyImage): GreyImage {
  return step('centre', image, () => centred(image), smallImage);
}

const smallImage: Kind = {
  ...greyImage,
  problem: (value) => {
    const {shape: [, height, width]} = value as GreyImage; // prettier-ignore
    if (height! <= FIELD_SIDE && width! <= FIELD_SIDE) return undefined;
    return `image has ${height!} x ${width!} pixels, expected at most ${FIELD_SIDE} x ${FIELD_SIDE}; handwriting.shrink makes it small`;
  },
};

function centred(image: GreyImage): GreyImage {
  const {pixels, shape: [, height, width]} = image; // prettier-ignore
  let mass = 0;
  let y = 0;
  let x = 0;
  pixels.forEach((value, i) => {
    mass += value;
    y += value * Math.floor(i / width!);
    x += value * (i % width!);
  });
  if (mass === 0) throw noInk(image);
  // Pixel 14, counted from 0: there MNIST's digits have their centres, to within half a pixel, as measured.
  const middle = FIELD_SIDE / 2;
  // What is heavy at one end stays inside the field.
  const start = (moment: number, length: number) =>
    Math.min(Math.max(Math.round(middle - moment / mass), 0), FIELD_SIDE - length);
  return inField(image, start(y, height!), start(x, width!));
}

/** The small picture with its upper left corner there, on black. */
export function inField({pixels, shape}: GreyImage, top: number, left: number): GreyImage {
  const [, height, width] = shape;
  const field = new Uint8Array(FIELD_SIDE * FIELD_SIDE);
  for (let row = 0; row < height!; row++) {
    field.set(pixels.subarray(row * width!, (row + 1) * width!), (top + row) * FIELD_SIDE + left);
  }
  return {pixels: field, shape: [1, FIELD_SIDE, FIELD_SIDE]};
}
