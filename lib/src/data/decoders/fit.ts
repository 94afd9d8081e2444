import {emptyLike, type Pixels} from '../pixels';
import {part, resample, type View} from './resample';

/** How a picture of one shape gets into another: the names are those of CSS's object-fit. */
export type Fit =
  /** Stretched to the size, as Keras does. */
  | 'fill'
  /** Proportions kept, and the middle cut out. */
  | 'cover'
  /** Proportions kept, and the rest filled with the background. */
  | 'contain';

/** A size that a picture is brought to, and how. */
export interface Placing {
  height: number;
  width: number;
  /** 'inside': as large as fits into the size, proportions kept, never enlarged. */
  fit: Fit | 'inside';
  antialias: boolean;
  /** A value for each channel. */
  background: readonly number[];
}

/** The picture in the size asked for. */
export function place(
  view: View,
  {height, width, fit, antialias, background}: Placing,
): {pixels: Pixels; height: number; width: number} {
  if (fit === 'fill') return {pixels: resample(view, height, width, antialias), height, width};
  if (fit === 'cover') return {pixels: resample(middle(view, height, width), height, width, antialias), height, width};
  const scale = Math.min(height / view.height, width / view.width, fit === 'inside' ? 1 : Infinity);
  const inner = {height: side(view.height * scale, height), width: side(view.width * scale, width)};
  const pixels = resample(view, inner.height, inner.width, antialias);
  if (fit === 'inside' || (inner.height === height && inner.width === width)) return {pixels, ...inner};
  return {pixels: frame(pixels, inner, {height, width}, background), height, width};
}

function side(length: number, most: number): number {
  return Math.min(Math.max(1, Math.round(length)), most);
}

/** The largest part of the proportions asked for, from the middle: Keras's crop_to_aspect_ratio. */
function middle(view: View, height: number, width: number): View {
  const tall = Math.max(1, Math.min(view.height, Math.floor((view.width * height) / width)));
  const wide = Math.max(1, Math.min(view.width, Math.floor((view.height * width) / height)));
  return part(view, Math.floor((view.height - tall) / 2), Math.floor((view.width - wide) / 2), tall, wide);
}

interface Size {
  height: number;
  width: number;
}

/** Lays it into the middle of a larger field. */
function frame(pixels: Pixels, inner: Size, {height, width}: Size, background: readonly number[]): Pixels {
  const channels = background.length;
  const out = emptyLike(pixels, height * width * channels);
  for (let i = 0; i < out.length; i++) out[i] = background[i % channels]!;
  const top = Math.floor((height - inner.height) / 2);
  const left = Math.floor((width - inner.width) / 2);
  const line = inner.width * channels;
  for (let y = 0; y < inner.height; y++) {
    out.set(pixels.subarray(y * line, (y + 1) * line), ((top + y) * width + left) * channels);
  }
  return out;
}
