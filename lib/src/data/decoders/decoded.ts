import type {Pixels} from '../pixels';

/**
 * What every decoder gives: pixels as the file stores them, row by row, and what their channels mean. Nothing is scaled, and
 * the length is the product of height, width and channels.
 */
export interface Decoded {
  pixels: Pixels;
  height: number;
  width: number;
  /** All of them, with the one for transparency. */
  channels: number;
  /** What the channels are, but for the one for transparency; 'unnamed' when the file doesn't say. */
  colour: 'grey' | 'rgb' | 'unnamed';
  /** How the last channel tells transparency; 'premultiplied' when the colours are multiplied by it. None when left out. */
  alpha?: 'straight' | 'premultiplied';
  /** What is opaque, or white, where it isn't the largest value of these numbers, as 4095 of 12 bits. */
  white?: number;
  /** How the picture was held, as EXIF numbers it, 1 to 8. Upright when left out. */
  orientation?: number;
}

/** What is opaque, or white: the largest value, unless the picture says otherwise; of floats 1. */
export function whiteOf({pixels, white}: Pick<Decoded, 'pixels' | 'white'>): number {
  if (white !== undefined) return white;
  if (pixels instanceof Uint8Array) return 255;
  return pixels instanceof Uint16Array ? 65535 : 1;
}

/** [height, width] that a picture is to be brought to. */
export type Size = readonly [height: number, width: number];

/** The size that is asked for, if that makes a picture smaller. */
export function smaller(size: Size | undefined, height: number, width: number): Size | undefined {
  return size !== undefined && size[0] * size[1] < height * width ? size : undefined;
}

/** Larger than any camera's; so many take some 2 s and 1 GB to read. */
const MOST_PIXELS = 120e6;

/** @throws Error for a size that no picture has; a damaged size in a header would otherwise ask for gigabytes. */
export function checkSize(height: number, width: number): void {
  if (!(height >= 1 && width >= 1)) damagedAs(`its size is ${width} × ${height} pixels`);
  if (height * width > MOST_PIXELS) {
    throw new Error(`${width} × ${height} pixels are too many; expected at most ${MOST_PIXELS / 1e6} million`);
  }
}

/**
 * As `checkSize`, for a format that packs at most `densest` pixels into a byte.
 *
 * @throws Error
 */
export function checkDensity(height: number, width: number, bytes: number, densest: number): void {
  if (height * width > densest * bytes) {
    damagedAs(`${width} × ${height} pixels can't be in ${bytes} bytes`);
  }
  checkSize(height, width);
}

/** deflate's best is 1,032 times, each byte eight black or white pixels. */
export const DENSEST = 8 * 1032;

/** Which of `count` pictures in a file is meant. @throws Error when there aren't so many */
export function checkPage(page: number, count: number): number {
  if (page >= count) {
    throw new Error(
      count === 1
        ? `it holds one picture, page 0; there is no page ${page}`
        : `it has ${count} pages, 0 to ${count - 1}; there is no page ${page}`,
    );
  }
  return page;
}

/** What a library had to say about it stays the cause. */
export function damaged(cause?: unknown): never {
  throw new Error('it is damaged or cut short', {cause});
}

/** @param what what in it can't be, as "its width is 0" */
export function damagedAs(what: string): never {
  throw new Error(`it is damaged: ${what}`);
}
