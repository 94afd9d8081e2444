// From a file's bytes to a picture. Knows no tfjs, so that threads which only read pictures start at once.
import type {Pixels} from '../pixels';
import {readBmp} from './bmp';
import {inDepth, toChannels, type Channels, type Colour} from './channels';
import type {Decoded, Size} from './decoded';
import {place, type Fit} from './fit';
import {formatOf, otherFormat, type Format} from './format';
import {readGif} from './gif';
import {readHeic} from './heic';
import {readJpeg} from './jpeg';
import {readPng} from './png';
import {resample, upright} from './resample';
import {readTiff} from './tiff/tiff';
import {readAvif, readWithSharp} from './withSharp';

/** What is to be made of a file; plain data, which can be sent to a thread. */
export interface Wanted {
  /** [height, width]; as in the file when left out. */
  size?: Size | undefined;
  fit: Fit | 'inside';
  antialias: boolean;
  channels: Channels;
  background: Colour;
  page?: number | undefined;
}

/** One picture, row by row. */
export interface Picture {
  pixels: Pixels;
  height: number;
  width: number;
  channels: number;
}

type Reader = (bytes: Uint8Array, page?: number, size?: Size) => Decoded | Promise<Decoded>;

/** One reader a format: all channels as they are stored. Some can bring a picture to a size on the way. */
const READERS: Readonly<Record<Format, Reader>> = {
  JPEG: readJpeg,
  PNG: readPng,
  GIF: readGif,
  BMP: readBmp,
  WebP: (bytes, page) => readWithSharp(bytes, page),
  AVIF: readAvif,
  HEIC: readHeic,
  TIFF: readTiff,
  // libvips gives a drawing no access to other files.
  SVG: (bytes, page) => readWithSharp(bytes, page),
};

/** @throws Error that says what is wrong with the file */
export async function decode(
  bytes: Uint8Array,
  {size, fit, antialias, channels, background, page}: Wanted,
): Promise<Picture> {
  // Stretching comes before the choice of colours as well as after it, but for the rounding of a mixed grey.
  const atOnce = fit === 'fill' && !antialias && channels !== 1 ? size : undefined;
  const stored = await read(bytes, page, atOnce);
  const wanted = toChannels(stored, channels, background);
  const view = upright(wanted);
  const placed =
    size === undefined
      ? {pixels: resample(view, view.height, view.width, false), height: view.height, width: view.width}
      : place(view, {height: size[0], width: size[1], fit, antialias, background: inDepth(background, wanted)});
  return {...placed, channels: wanted.channels};
}

async function read(bytes: Uint8Array, page: number | undefined, size: Size | undefined): Promise<Decoded> {
  if (bytes.length === 0) throw new Error('it is empty');
  const format = formatOf(bytes);
  if (format === undefined) {
    const names = Object.keys(READERS);
    throw new Error(`expected ${names.slice(0, -1).join(', ')} or ${names.at(-1)!}, got ${otherFormat(bytes)}`);
  }
  const decoded = await READERS[format](bytes, page, size);
  const {pixels, height, width, channels} = decoded;
  // Whatever a decoder does: nothing is ever taken from, or put, beside a picture's own place.
  if (pixels.length !== height * width * channels) throw new Error('it is damaged or cut short');
  return decoded;
}
