/** Picture files to arrays: formats, depths, colours and sizes, and how the camera was held (EXIF). */
import fs from 'node:fs/promises';
import {file as filePath, notNegativeWhole, oneOf, pictureSize, trueOrFalse} from '../../arguments/kinds';
import {CallError, publicCall} from '../../arguments/publicCall';
import {checkArguments, type Kind, optional, optionsOf} from '../../arguments/schema';
import {inWords} from '../../files/errors';
import type {Pixels} from '../pixels';
import {colourKind, colourOf} from './colour';
import {decode, type Picture, type Wanted} from './decode';
import type {Fit} from './fit';

/** One picture in the form of an ImageSet's: `picture(image)` draws it. */
export interface Image<Depth extends Pixels = Pixels> {
  /** Row by row, as the file stores them: bytes from 0 (black) to 255, numbers of 16 bits, or floats. */
  readonly pixels: Depth;
  /** [1, height, width] for grey and for one channel, [1, height, width, channels] for more. */
  readonly shape: readonly number[];
}

/** Options of {@link readImage}. */
export interface ReadImageOptions {
  /** The side of a square, or [height, width]; as in the file when left out. */
  size?: number | readonly [height: number, width: number];
  /**
   * 1 makes it grey, 0.299 R + 0.587 G + 0.114 B of the values as stored; 3 red, green and blue. A list such as [0, 2] takes
   * these channels of the file, counted from 0. Default 3.
   */
  channels?: 1 | 3 | readonly number[];
  /** Default 'fill'. 'inside': as large as fits into the size, proportions kept, never enlarged. */
  fit?: Fit | 'inside';
  /** What shows through where the picture is transparent, as CSS writes colours. Default white. */
  background?: string;
  /** Which picture of a file with several, from 0. */
  page?: number;
  /**
   * Whether a picture that is made smaller is averaged, so that fine patterns don't turn into coarse ones. Default false: of a
   * large picture only single pixels count, as Keras's loader does it.
   */
  antialias?: boolean;
}

/** The channels that pictures are brought to. */
export const channelsKind: Kind = {
  expected: '1, 3 or a list of channel numbers such as [0, 2]',
  fits: (value) =>
    value === 1 ||
    value === 3 ||
    (Array.isArray(value) && value.length > 0 && value.every((item) => Number.isSafeInteger(item) && item >= 0)),
};

/**
 * Reads a picture: JPEG, PNG, GIF, BMP, WebP, AVIF, HEIC, TIFF or SVG, told by its content. It stands upright, however the
 * camera was held. Its values are those that the file stores, of 8 bits, 16 bits or floats: nothing is scaled, clipped or
 * converted by a profile. Whole numbers with a sign, of 32 bits, and those of 64 bits become floats, where floats hold them
 * exactly.
 *
 * Of an animation it reads the first frame, and of a HEIC file the picture that it names first, unless `page` says otherwise.
 * A TIFF of several pages needs `page`. The new size is bilinear, as Keras's loader has it.
 *
 * @param file its path
 * @param options size, channels, page and so on
 * @returns pixels with their shape, [1, height, width] or [1, height, width, channels]
 * @throws Error that names the file when it can't be read, is no picture, is damaged or cut short, or when its pages or
 *   channels leave a choice
 * @example
 * show(picture(await readImage('leaf.jpg', {size: 64})));
 * const nuclei = await readImage('stack.tif', {page: 3, channels: [0]}); // a Uint16Array, say
 */
export function readImage(file: string, options: ReadImageOptions = {}): Promise<Image> {
  return publicCall('readImage', async () => {
    checkArguments({file, options}, {file: filePath, options: readImageOptions});
    try {
      return imageOf(await decode(await fs.readFile(file), wantedBy(options)));
    } catch (error) {
      throw new CallError(`${file}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
    }
  });
}

const readImageOptions = optionsOf<ReadImageOptions>({
  size: optional(pictureSize),
  channels: optional(channelsKind),
  fit: optional(oneOf('fill', 'cover', 'contain', 'inside')),
  background: optional(colourKind),
  page: optional(notNegativeWhole),
  antialias: optional(trueOrFalse),
});

/** Options as decoders take them. */
export function wantedBy(options: ReadImageOptions): Wanted {
  const {size, channels = 3, fit = 'fill', background = 'white', page, antialias = false} = options;
  return {
    size: typeof size === 'number' ? [size, size] : size,
    channels,
    fit,
    background: colourOf(background),
    page,
    antialias,
  };
}

/** Without a dimension for channels where there is one. */
export function imageOf({pixels, height, width, channels}: Picture): Image {
  return {pixels, shape: [1, height, width, ...(channels === 1 ? [] : [channels])]};
}
