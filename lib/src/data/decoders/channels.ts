import {emptyLike, type Pixels} from '../pixels';
import {whiteOf, type Decoded} from './decoded';

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** 1 for grey, 3 for red, green and blue, or the numbers of the channels, from 0, as the file has them. */
export type Channels = 1 | 3 | readonly number[];

/**
 * A picture with the channels that are asked for, of the same depth. What is transparent shows the background.
 *
 * @throws Error when the picture has no such channels, or doesn't say which colours they are
 */
export function toChannels(decoded: Decoded, wanted: Channels, background: Colour): Decoded {
  if (typeof wanted !== 'number') return choose(decoded, wanted);
  if (decoded.colour === 'unnamed') {
    const list = Array.from({length: decoded.channels}, (_, i) => i).join(', ');
    throw new Error(
      `it has ${decoded.channels} channels and doesn't say what each of them is; ` +
        `choose some of ${list}, for example channels: [0${decoded.channels > 2 ? ', 2' : ''}]`,
    );
  }
  const {pixels, channels, colour, ...rest} = decoded.alpha ? flatten(decoded, background) : decoded;
  if (wanted === channels) return {pixels, channels, colour, ...rest};
  return wanted === 1
    ? {...rest, pixels: toGrey(pixels), channels: 1, colour: 'grey'}
    : {...rest, pixels: toColour(pixels), channels: 3, colour: 'rgb'};
}

/** Grey as Pillow's "L" has it: 0.299 R + 0.587 G + 0.114 B, of the values as stored, whole numbers rounded. */
export function toGrey<T extends Pixels>(pixels: T): T {
  const grey = emptyLike(pixels, pixels.length / 3);
  if (grey instanceof Float32Array) {
    for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
      grey[i] = 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
    }
    return grey;
  }
  // Pillow's arithmetic: the weights as shares of 65536, which add up to it.
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = (pixels[at]! * 19595 + pixels[at + 1]! * 38470 + pixels[at + 2]! * 7471 + 32768) / 65536;
  }
  return grey;
}

function toColour<T extends Pixels>(grey: T): T {
  const pixels = emptyLike(grey, 3 * grey.length);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) pixels[at] = pixels[at + 1] = pixels[at + 2] = grey[i]!;
  return pixels;
}

/**
 * Lays the picture on the background: the last channel goes.
 *
 * @throws Error when that isn't between clear and opaque, as where whole numbers with a sign became floats
 */
function flatten(decoded: Decoded, background: Colour): Decoded {
  const {pixels, channels, alpha, ...rest} = decoded;
  const left = channels - 1;
  const full = whiteOf(decoded);
  const under = inDepth(background, {...decoded, channels: left});
  const whole = pixels instanceof Float32Array ? 0 : 0.5;
  const out = emptyLike(pixels, (pixels.length / channels) * left);
  for (let from = 0, to = 0; from < pixels.length; from += channels, to += left) {
    const opacity = pixels[from + left]!;
    if (!(opacity >= 0 && opacity <= full)) unknownOpacity(opacity, full, left);
    const through = full - opacity;
    for (let c = 0; c < left; c++) {
      const value = pixels[from + c]!;
      if (through === 0) out[to + c] = value;
      else if (alpha === 'premultiplied') out[to + c] = Math.min(full, value + (under[c]! * through) / full + whole);
      else out[to + c] = (value * opacity + under[c]! * through) / full + whole;
    }
  }
  return {...rest, pixels: out, channels: left};
}

function unknownOpacity(opacity: number, full: number, colours: number): never {
  throw new Error(
    `its channel for transparency holds ${opacity}, where 0 is clear and ${full} opaque; choose its colours alone, ` +
      `channels: [${Array.from({length: colours}, (_, i) => i).join(', ')}]`,
  );
}

/** A colour as values of a picture's depth: 255 becomes what is white there. Grey, and other channels, take its grey. */
export function inDepth(colour: Colour, to: Pick<Decoded, 'pixels' | 'white' | 'channels'>): number[] {
  const scaled = colour.map((value) => (value * whiteOf(to)) / 255);
  const values = to.pixels instanceof Float32Array ? scaled : scaled.map(Math.round);
  if (to.channels === 3) return values;
  const three = emptyLike(to.pixels, 3);
  three.set(values);
  return Array.from({length: to.channels}, () => toGrey(three)[0]!);
}

function choose({pixels, channels, ...rest}: Decoded, wanted: readonly number[]): Decoded {
  const missing = wanted.find((channel) => channel >= channels);
  if (missing !== undefined) {
    throw new Error(
      `it has ${channels === 1 ? 'one channel, number 0' : `${channels} channels, 0 to ${channels - 1}`}; there is no channel ${missing}`,
    );
  }
  const {length} = wanted;
  const out = emptyLike(pixels, (pixels.length / channels) * length);
  for (let from = 0, to = 0; from < pixels.length; from += channels, to += length) {
    for (let c = 0; c < length; c++) out[to + c] = pixels[from + wanted[c]!]!;
  }
  return {
    height: rest.height,
    width: rest.width,
    orientation: rest.orientation,
    white: rest.white,
    pixels: out,
    channels: length,
    colour: 'unnamed',
  };
}
