import zlib from 'node:zlib';
import {decodePng, type NativePicture} from '../../tfjs/imageOps';
import {checkDensity, checkPage, damaged, DENSEST, smaller, type Decoded, type Size} from './decoded';
import {orientationInXmp, orientationOf} from './exif';

/** How PNG numbers its kinds of colours. */
const GREY = 0;
const RGB = 2;

/**
 * @param size what it is brought to at once, where it is larger, stands upright and has no transparency
 * @throws Error when it is damaged or cut short
 */
export function readPng(bytes: Uint8Array, page = 0, size?: Size): Decoded {
  const {height, width, bits, palette, frames, orientation, clear} = readHeader(bytes);
  // TensorFlow reads the picture that stands for the animation, its first.
  if (page > 0 && frames > 1)
    throw new Error(`of an animated PNG only the first frame is read, page 0, got page ${page}`);
  checkPage(page, 1);
  checkDensity(height, width, bytes.length, DENSEST);
  let picture;
  try {
    const isPlain = orientation === 1 && clear === undefined && [GREY, RGB].includes(bytes[25]!);
    picture = decodePng(bytes, bits === 16 ? 16 : 8, isPlain ? smaller(size, height, width) : undefined);
  } catch (error) {
    damaged(error);
  }
  const {channels} = picture;
  const colour = channels < 3 ? 'grey' : 'rgb';
  if (channels % 2 === 0) return {...picture, colour, orientation, alpha: 'straight'};
  // TensorFlow passes over the one colour that a PNG without a channel for it may declare transparent.
  return clear && !palette
    ? {...withoutColour(picture, clear, bits), colour, orientation, alpha: 'straight'}
    : {...picture, colour, orientation};
}

function readHeader(bytes: Uint8Array) {
  if (bytes.length < 33) damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height, bits] = [view.getUint32(16), view.getUint32(20), bytes[24]!];
  let [exif, raw, xmp]: (number | undefined)[] = [];
  let frames = 1;
  let clear: number[] | undefined;
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const name = latin1(bytes.subarray(at + 4, at + 8));
    if (name === 'IEND') break;
    // libpng would ask for as much memory as a text says it has, up to 2 GB, before it finds that the file is shorter.
    if (at + 12 + length > bytes.length) damaged();
    const body = bytes.subarray(at + 8, at + 8 + length);
    const keyword = /^[itz][TE]Xt$/.test(name) ? latin1(body.subarray(0, Math.max(0, body.indexOf(0)))) : undefined;
    if (name === 'eXIf') exif = orientationOf(body);
    if (keyword === RAW_EXIF) raw = orientationOf(rawExif(name, body.subarray(RAW_EXIF.length + 1)));
    if (keyword === 'XML:com.adobe.xmp') xmp = orientationInXmp(body);
    if (name === 'acTL' && length >= 4) frames = view.getUint32(at + 8);
    if (name === 'tRNS')
      clear = Array.from({length: body.length >> 1}, (_, i) => (body[2 * i]! << 8) | body[2 * i + 1]!);
    at += 12 + length;
  }
  const orientation = exif ?? raw ?? xmp ?? 1;
  return {width, height, bits, palette: bytes[25] === 3, frames, orientation, clear};
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** ImageMagick's keyword for EXIF as text, from the time when PNG had no chunk for it. */
const RAW_EXIF = 'Raw profile type exif';
/** EXIF has at most 64 KB, in two digits a byte, and in lines. */
const LONGEST_TEXT = 2 ** 18;

/** An empty line, `exif`, its length, and then its bytes in hexadecimal digits, which begin with `Exif` and two zeros. */
function rawExif(name: string, text: Uint8Array): Uint8Array {
  try {
    const lines = name === 'zTXt' ? zlib.inflateSync(text.subarray(1), {maxOutputLength: LONGEST_TEXT}) : text;
    return Buffer.from(latin1(lines).split('\n').slice(3).join(''), 'hex').subarray(6);
  } catch {
    return new Uint8Array(0);
  }
}

/** The same picture with a channel for transparency: 0 where it has the colour, as stored, and full elsewhere. */
function withoutColour(
  {pixels, height, width, channels}: NativePicture,
  colour: number[],
  bits: number,
): NativePicture {
  const full = bits === 16 ? 65535 : 255;
  // What has fewer than 8 bits was brought to 255.
  const key = colour.map((value) => (bits < 8 ? (value * 255) / (2 ** bits - 1) : value));
  const out = new (bits === 16 ? Uint16Array : Uint8Array)(height * width * (channels + 1));
  for (let i = 0; i < height * width; i++) {
    let same = true;
    for (let c = 0; c < channels; c++) {
      const value = pixels[i * channels + c]!;
      same &&= value === key[c];
      out[i * (channels + 1) + c] = value;
    }
    out[i * (channels + 1) + channels] = same ? 0 : full;
  }
  return {pixels: out, height, width, channels: channels + 1};
}
