import {emptyLike, type Pixels} from '../pixels';
import type {Decoded} from './decoded';

/** Pixels seen in some direction: where the first one is, and how far it is from a row and a column to the next. */
export interface View {
  pixels: Pixels;
  height: number;
  width: number;
  channels: number;
  offset: number;
  row: number;
  column: number;
}

/** The picture as it is looked at, upright, from how it was held, as EXIF numbers it. Nothing is copied. */
export function upright({pixels, height, width, channels, orientation = 1}: Decoded): View {
  const row = width * channels;
  const [bottom, right] = [(height - 1) * row, row - channels];
  const lying = {pixels, height: width, width: height, channels};
  const standing = {pixels, height, width, channels};
  switch (orientation) {
    case 2:
      return {...standing, offset: right, row, column: -channels};
    case 3:
      return {...standing, offset: bottom + right, row: -row, column: -channels};
    case 4:
      return {...standing, offset: bottom, row: -row, column: channels};
    case 5:
      return {...lying, offset: 0, row: channels, column: row};
    case 6:
      return {...lying, offset: bottom, row: channels, column: -row};
    case 7:
      return {...lying, offset: bottom + right, row: -channels, column: -row};
    case 8:
      return {...lying, offset: right, row: -channels, column: row};
    default:
      return {...standing, offset: 0, row, column: channels};
  }
}

/** A part of it. */
export function part(view: View, top: number, left: number, height: number, width: number): View {
  return {...view, height, width, offset: view.offset + top * view.row + left * view.column};
}

/** Where a row or column of the new picture takes its values from: pixels from `start`, with these weights. */
interface Taps {
  start: number;
  weights: number[];
}

/**
 * The view in another size, bilinear. Between the two nearest pixels each way, as Keras's loader and `tf.image.resize` do it:
 * made much smaller, most pixels don't count. With `antialias`, all that a new pixel covers do. Whole numbers are rounded.
 *
 * @returns row by row; the view's own pixels where these are it already
 */
export function resample(view: View, height: number, width: number, antialias: boolean): Pixels {
  const {pixels, channels, row, column} = view;
  const isSame = height === view.height && width === view.width;
  if (isSame && column === channels && row === width * channels && pixels.length === height * row) return pixels;
  const out = emptyLike(view.pixels, height * width * view.channels);
  if (isSame) copy(view, out);
  else if (antialias && (height < view.height || width < view.width)) average(view, out, height, width);
  else interpolate(view, out, height, width);
  return out;
}

function copy({pixels, height, width, channels, offset, row, column}: View, out: Pixels): void {
  if (column === channels && row === width * channels) {
    out.set(pixels.subarray(offset, offset + out.length));
    return;
  }
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = offset + y * row; x < width; x++, from += column) {
      for (let c = 0; c < channels; c++) out[to++] = pixels[from + c]!;
    }
  }
}

/** What is added before a fraction is cut off. */
const halfFor = (pixels: Pixels) => (pixels instanceof Float32Array ? 0 : 0.5);

function interpolate(
  {pixels, channels, offset, row, column, ...from}: View,
  out: Pixels,
  height: number,
  width: number,
): void {
  const half = halfFor(out);
  const xs = nearest(from.width, width);
  const ys = nearest(from.height, height);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const top = offset + ys.low[y]! * row;
    const bottom = offset + ys.high[y]! * row;
    const down = ys.share[y]!;
    for (let x = 0; x < width; x++) {
      const left = xs.low[x]! * column;
      const right = xs.high[x]! * column;
      const across = xs.share[x]!;
      for (let c = 0; c < channels; c++) {
        const a = pixels[top + left + c]!;
        const b = pixels[bottom + left + c]!;
        const upper = a + (pixels[top + right + c]! - a) * across;
        const lower = b + (pixels[bottom + right + c]! - b) * across;
        out[to++] = upper + (lower - upper) * down + half;
      }
    }
  }
}

/** For each place of a new row the two pixels that its middle lies between, and how far on the way to the second. */
function nearest(from: number, to: number) {
  const [low, high, share] = [new Int32Array(to), new Int32Array(to), new Float64Array(to)];
  const scale = Math.fround(from / to);
  for (let i = 0; i < to; i++) {
    // In floats of 32 bits, as TensorFlow computes it.
    const at = Math.fround(Math.fround((i + 0.5) * scale) - 0.5);
    const floor = Math.floor(at);
    low[i] = Math.max(floor, 0);
    high[i] = Math.min(Math.ceil(at), from - 1);
    share[i] = at - floor;
  }
  return {low, high, share};
}

function average(
  {pixels, channels, offset, row, column, ...from}: View,
  out: Pixels,
  height: number,
  width: number,
): void {
  const half = halfFor(out);
  const xs = triangles(from.width, width);
  const ys = triangles(from.height, height);
  // First across, for each row of the old picture that a new one needs, then down.
  const line = width * channels;
  const rows = new Map<number, Float64Array>();
  const across = (y: number): Float64Array => {
    const sums = new Float64Array(line);
    for (let x = 0, to = 0; x < width; x++) {
      const {start, weights} = xs[x]!;
      for (let c = 0; c < channels; c++, to++) {
        let sum = 0;
        let at = offset + y * row + start * column + c;
        for (let i = 0; i < weights.length; i++, at += column) sum += weights[i]! * pixels[at]!;
        sums[to] = sum;
      }
    }
    rows.set(y, sums);
    return sums;
  };
  for (let y = 0; y < height; y++) {
    const {start, weights} = ys[y]!;
    for (const passed of rows.keys()) if (passed < start) rows.delete(passed);
    const sums = new Float64Array(line);
    for (let i = 0; i < weights.length; i++) {
      const values = rows.get(start + i) ?? across(start + i);
      for (let x = 0; x < line; x++) sums[x]! += weights[i]! * values[x]!;
    }
    for (let x = 0; x < line; x++) out[y * line + x] = sums[x]! + half;
  }
}

/** Weights that fall from the middle of a new pixel to nothing at the middles of its neighbours. */
function triangles(from: number, to: number): Taps[] {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  return Array.from({length: to}, (_, i) => {
    const middle = (i + 0.5) * scale;
    const start = Math.max(0, Math.floor(middle - reach + 0.5));
    const end = Math.min(from, Math.floor(middle + reach + 0.5));
    const raw = Array.from({length: end - start}, (__, j) =>
      Math.max(0, 1 - Math.abs((start + j + 0.5 - middle) / reach)),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return {start, weights: raw.map((weight) => weight / sum)};
  });
}
