import {publicCall} from '../../arguments/publicCall';
import {checkArguments, type Kind} from '../../arguments/schema';
import type {Image} from '../decoders/readImage';
import {resample} from '../decoders/resample';
import {isGrey, type GreyImage} from './greyImage';
import type {Steps} from './handwriting';

/** Screen pixels of a step among its neighbours. */
const SHOWN_SIDE = 120;
/** What is around a step that is no square: neither paper nor ink. */
const AROUND = 128;

/**
 * All steps in squares of one size, to be drawn in a row: small ones are enlarged, each pixel a square, large ones made smaller.
 *
 * @param steps What `prepare` returns.
 * @returns A stack of seven grey pictures, in the order of the steps.
 * @throws Error when these are no steps.
 *
 * @example
 * show(picture(handwriting.sideBySide(steps), 7, {columns: 7, scale: 1, titles: Object.keys(steps)}));
 */
export function sideBySide(steps: Steps): Image<Uint8Array> {
  return publicCall('handwriting.sideBySide', () => {
    checkArguments({steps}, {steps: stepsKind});
    return stackOf(Object.values<GreyImage>({...steps}));
  });
}

const stepsKind: Kind = {
  expected: 'the steps, as handwriting.prepare(photo) returns them',
  fits: (value) => typeof value === 'object' && value !== null && Object.values(value).every(isGrey),
  help: 'write handwriting.sideBySide(await handwriting.prepare(photo))',
};

function stackOf(images: GreyImage[]): Image<Uint8Array> {
  const pixels = new Uint8Array(images.length * SHOWN_SIDE * SHOWN_SIDE).fill(AROUND);
  images.forEach((image, i) => {
    const {pixels: scaled, shape: [, height, width]} = fitted(image); // prettier-ignore
    const [top, left] = [(SHOWN_SIDE - height!) >> 1, (SHOWN_SIDE - width!) >> 1];
    for (let row = 0; row < height!; row++) {
      const at = (i * SHOWN_SIDE + top + row) * SHOWN_SIDE + left;
      pixels.set(scaled.subarray(row * width!, (row + 1) * width!), at);
    }
  });
  return {pixels, shape: [images.length, SHOWN_SIDE, SHOWN_SIDE]};
}

function fitted({pixels, shape}: GreyImage): GreyImage {
  const [, height, width] = shape as [number, number, number];
  const scale = SHOWN_SIDE / Math.max(height, width);
  const [rows, columns] = [height, width].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  if (scale < 1) {
    const view = {pixels, height, width, channels: 1, offset: 0, row: width, column: 1};
    return {pixels: resample(view, rows, columns, true) as Uint8Array, shape: [1, rows, columns]};
  }
  const from = (i: number, to: number, side: number) => Math.min(side - 1, Math.floor(((i + 0.5) / to) * side));
  const enlarged = Uint8Array.from({length: rows * columns}, (_, i) => {
    const [y, x] = [Math.floor(i / columns), i % columns];
    return pixels[from(y, rows, height) * width + from(x, columns, width)]!;
  });
  return {pixels: enlarged, shape: [1, rows, columns]};
}
