/** Picture files to arrays, through sharp: it knows the formats, how the camera was held (EXIF), colours and sizes. */
import fs from 'node:fs/promises';
import type {Sharp} from 'sharp';
import {check, checkOptions} from '../../arguments/check';
import {file as filePath, oneOf, pictureSize, text} from '../../arguments/kinds';
import {inWords} from '../../files/errors';
import type {Pixels} from '../pixels';

/** One picture in the form of an ImageSet's: `picture(image)` draws it. */
export interface Image<Depth extends Pixels = Pixels> {
  /** Row by row, as the file stores them: bytes from 0 (black) to 255, numbers of 16 bits, or floats. */
  readonly pixels: Depth;
  /** [1, height, width] for grey, [1, height, width, 3] for colour. */
  readonly shape: readonly number[];
}

/** How a picture of one shape gets into another: the names are those of CSS's object-fit. */
export type Fit =
  /** Stretched to the size, as Keras does. */
  | 'fill'
  /** Proportions kept, and the middle cut out. */
  | 'cover'
  /** Proportions kept, and the rest filled with the background. */
  | 'contain';

/** Options of {@link readImage}. */
export interface ReadImageOptions {
  /** The side of a square, or [height, width]; as in the file when left out. */
  size?: number | readonly [height: number, width: number];
  /** 1 makes it grey, 3 red, green and blue. Default 3. */
  channels?: 1 | 3;
  /** Default 'fill'. 'inside': as large as fits into the size, proportions kept, never enlarged. */
  fit?: Fit | 'inside';
  /** What shows through where the picture is transparent, as CSS writes colours. Default white. */
  background?: string;
}

/** What is read, whatever the file's name ends in. */
const FORMATS = ['png', 'jpeg', 'gif', 'webp', 'tiff'];
/** Larger than any camera's; so many take some 2 s and 1 GB to read. */
const MOST_PIXELS = 120e6;
/**
 * A file of these formats can't hold more pixels a byte: deflate's best is 1,032 times, each byte eight black or white
 * pixels; JPEG and GIF pack less. A damaged size in a header would otherwise ask for gigabytes.
 */
const DENSEST = 8 * 1032;
const BOUNDED = ['png', 'jpeg', 'gif'];

/**
 * Reads a picture: PNG, JPEG, GIF, WebP or TIFF, of an animation the first frame. It stands upright, however the camera was
 * held; grey is the luminance; what has 16 bits is brought to 8.
 *
 * @throws Error that names the file when it can't be read, is no picture, or is damaged or cut short
 * @example
 * show(picture(await readImage('leaf.jpg', {size: 64})));
 */
export async function readImage(file: string, options: ReadImageOptions = {}): Promise<Image> {
  check('readImage', 'file', file, filePath);
  checkOptions<ReadImageOptions>('readImage', options, {
    size: pictureSize,
    channels: oneOf(1, 3),
    fit: oneOf('fill', 'cover', 'contain', 'inside'),
    background: text,
  });
  const {channels = 3} = options;
  try {
    // The bytes, not the path: libvips remembers what it has seen under a path, even when the file has changed since.
    const opened = await open(await fs.readFile(file));
    const {data, info} = await pipeline(opened, options).raw().toBuffer({resolveWithObject: true});
    const shape = [1, info.height, info.width, ...(channels === 3 ? [3] : [])];
    return {pixels: new Uint8Array(data), shape};
  } catch (error) {
    throw new Error(`${file}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  }
}

async function open(bytes: Buffer): Promise<Sharp> {
  if (bytes.length === 0) throw new Error('it is empty');
  // Loaded when a picture is first read: most of convlab does without.
  const {default: sharp} = await import('sharp');
  const opened = sharp(bytes, {limitInputPixels: false});
  const {format, width, height} = await opened.metadata();
  // sharp also reads SVG, which may ask for other files.
  if (!FORMATS.includes(format)) throw new Error(`expected ${FORMATS.join(', ')}, got ${format}`);
  const pixels = width * height;
  if (BOUNDED.includes(format) && pixels > DENSEST * bytes.length) {
    throw new Error(`it is damaged: ${width} × ${height} pixels can't be in ${bytes.length} bytes`);
  }
  if (pixels > MOST_PIXELS) {
    throw new Error(`${width} × ${height} pixels are too many; expected at most ${MOST_PIXELS / 1e6} million`);
  }
  return opened;
}

function pipeline(opened: Sharp, {size, channels = 3, fit = 'fill', background = '#ffffff'}: ReadImageOptions): Sharp {
  let result = opened.autoOrient().flatten({background});
  if (size !== undefined) {
    const [height, width] = typeof size === 'number' ? [size, size] : size;
    result = result.resize({height, width, fit, background, withoutEnlargement: fit === 'inside'});
  }
  return result.toColourspace(channels === 1 ? 'b-w' : 'srgb');
}

/** A grey image made larger or smaller; smaller, pixels are averaged. */
export async function resize({pixels, shape}: Image<Uint8Array>, height: number, width: number) {
  const {default: sharp} = await import('sharp');
  const resized = await sharp(pixels, {raw: {height: shape[1]!, width: shape[2]!, channels: 1}})
    .resize({height, width, fit: 'fill', kernel: 'linear'})
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return {pixels: new Uint8Array(resized), shape: [1, height, width]};
}
