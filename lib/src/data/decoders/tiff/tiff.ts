import {exactly} from '../exactly';
import {checkPage, checkSize, damaged, damagedAs, type Decoded} from '../decoded';
import {orientationInXmp} from '../exif';
import {readDirectories, type Directory} from './directory';
import {isRead, RAW, readRaster, type Layout} from './raster';
import {isForSharp, readThroughSharp} from './throughSharp';
import {unpackerFor} from './unpack';

/** What TIFF calls the ways in which pixels say colours. */
const WHITE_IS_ZERO = 0;
const BLACK_IS_ZERO = 1;
const RGB = 2;
const PALETTE = 3;
const MASK = 4;
const CMYK = 5;
const YCBCR = 6;
const OTHERS: Record<number, string> = {
  8: 'CIELab',
  9: 'CIELab',
  10: 'CIELab',
  32803: "a camera's raw pixels",
  32844: 'LogLuv',
  32845: 'LogLuv',
  34892: "a camera's raw pixels",
};
const FORMATS: Record<number, Layout['format']> = {1: 'unsigned', 2: 'signed', 3: 'float', 4: 'unsigned'};

/**
 * TIFF of all depths, as Adobe's TIFF 6.0 (1992) and its technical notes say. Read here, since no package does: sharp gives
 * 8 or 16 bits whatever was in the file, geotiff 3 gave wrong numbers for 4, 10 and 12 bits and died of damaged LZW, and
 * tiff 7 reads 32 of the 54 files in test/fixtures.
 *
 * Whole numbers that are signed, or of 32 or 64 bits, become floats where floats hold them exactly.
 *
 * @throws Error when it is damaged, has several pages and none was chosen, or is of a kind that isn't read
 */
export async function readTiff(bytes: Uint8Array, page?: number): Promise<Decoded> {
  const {littleEndian, directories} = readDirectories(bytes);
  const pages = pagesOf(directories);
  if (pages.length > 1 && page === undefined) {
    throw new Error(`it has ${pages.length} pages; choose one by page, 0 to ${pages.length - 1}`);
  }
  const directory = pages[checkPage(page ?? 0, pages.length)]!;
  const one = describe(directory, littleEndian, bytes.length);
  const stacked = one.frames > pages.length ? one.frames : one.depth;
  if (stacked > 1) {
    throw new Error(
      `it is a stack of ${stacked} pages without a directory for each; save them one by one, as in Python: ` +
        `for i, p in enumerate(tifffile.imread('stack.tif')): tifffile.imwrite(f'{i}.tif', p)`,
    );
  }
  // What is cut off would be zeros.
  const {offsets, counts} = one;
  if (counts.length < offsets.length || offsets.some((at, i) => !(at + counts[i]! <= bytes.length))) damaged();
  const other = OTHERS[one.photometric];
  if (other !== undefined) throw new Error(`its colours are ${other}; expected grey, RGB, a palette, CMYK or YCbCr`);
  const decoded = isForSharp(one.compression)
    ? await readThroughSharp(bytes, directories.indexOf(directory), {...one, isNamed: isNamed(one)})
    : await toColours(bytes, one, directory);
  return {...decoded, orientation: one.orientation};
}

/** Whether all channels are said to be grey, or colours, and perhaps transparency that these aren't multiplied by. */
function isNamed({samples, photometric, extra}: Description): boolean {
  const areColours = photometric === RGB || photometric === YCBCR;
  return samples === 1 || (areColours && (samples === 3 || (samples === 4 && extra[0] === 2)));
}

interface Description extends Layout {
  photometric: number;
  isTiled: boolean;
  extra: number[];
  orientation: number;
  /** How many pictures the file holds, by what is written beside this one; those without a directory lie behind it. */
  frames: number;
  /** How many lie one behind the other under this one directory. */
  depth: number;
}

function describe(directory: Directory, littleEndian: boolean, length: number): Description {
  const {one, list} = directory;
  const [height, width] = [one('ImageLength') ?? 0, one('ImageWidth') ?? 0];
  checkSize(height, width);
  const samples = one('SamplesPerPixel') ?? 1;
  if (samples < 1) damagedAs(`it has ${samples} channels`);
  const format = FORMATS[same(list('SampleFormat'), samples, 1, 'of the types')];
  if (format === undefined) throw new Error('its numbers are complex; store their parts, as floats');
  const isTiled = one('TileWidth') !== undefined;
  const block = isTiled
    ? {height: one('TileLength') ?? 0, width: one('TileWidth')!}
    : {height: Math.min(one('RowsPerStrip') ?? height, height), width};
  if (!(block.height >= 1 && block.width >= 1)) damagedAs(`its tiles have ${block.width} × ${block.height} pixels`);
  const offsets = (isTiled ? list('TileOffsets') : undefined) ?? list('StripOffsets') ?? [];
  const counts = (isTiled ? list('TileByteCounts') : undefined) ?? list('StripByteCounts');
  const compression = one('Compression') ?? RAW;
  const inXmp = () => orientationInXmp(Uint8Array.from(list('XMP') ?? []));
  const orientation = lenient(() => one('Orientation') ?? inXmp(), 1);
  const text = directory.text('ImageDescription') ?? '';
  return {
    height,
    width,
    samples,
    bits: same(list('BitsPerSample'), samples, 1, 'of the bits'),
    format,
    littleEndian,
    compression,
    predictor: one('Predictor') ?? 1,
    isPlanar: samples > 1 && one('PlanarConfiguration') === 2,
    isTiled,
    block,
    offsets,
    // Old files may leave out how long strips are that aren't packed.
    counts: counts ?? (compression === RAW ? offsets.map((at) => Math.max(0, length - at)) : []),
    empty: Number(directory.text('GDAL_NODATA')?.replace(/\0.*/s, '') ?? 0),
    photometric: one('PhotometricInterpretation') ?? (samples >= 3 ? RGB : BLACK_IS_ZERO),
    extra: list('ExtraSamples') ?? [],
    isReversed: one('FillOrder') === 2,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    // MetaMorph's stacks have the times of all planes in one tag.
    frames: Math.max(directory.count('UIC2'), framesIn(text, height * width * samples)),
    depth: lenient(() => one('ImageDepth'), 1),
  };
}

/** How many pictures a description speaks of: ImageJ's, and tifffile's where it says that they have no directories. */
function framesIn(description: string, values: number): number {
  if (description.startsWith('ImageJ=')) return Number(/^images=(\d+)/m.exec(description)?.[1] ?? 1);
  const [, shape] = /^\{"shape": \[([\d, ]+)\].*"truncated": true/.exec(description) ?? [];
  return shape === undefined ? 1 : shape.split(',').reduce((product, length) => product * Number(length), 1) / values;
}

/** What is said once, or for each of the channels. @throws Error when it differs between them */
function same(values: readonly number[] | undefined, samples: number, missing: number, what: string): number {
  const [first = missing, ...others] = (values ?? []).slice(0, samples);
  if (others.some((value) => value !== first)) {
    throw new Error(`its channels are ${what} ${[first, ...others].join(', ')}; expected the same of all`);
  }
  return first;
}

function lenient(read: () => number | undefined, otherwise: number): number {
  try {
    return read() ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** The pictures in the file, but for smaller copies and masks of others, which say that they are that. */
function pagesOf(directories: readonly Directory[]): readonly Directory[] {
  const whole = directories.filter(({one}) => ((one('NewSubfileType') ?? 0) & 5) === 0);
  if (whole.length === 0 && directories.some(({count}) => count('SubIFDs') > 0)) {
    throw new Error("it is a camera's raw file, with a small copy in front; save the picture as TIFF or PNG");
  }
  return whole.length > 0 ? whole : directories;
}

async function toColours(bytes: Uint8Array, one: Description, directory: Directory): Promise<Decoded> {
  const {height, width, samples, bits, format, compression, photometric, extra} = one;
  if (unpackerFor(compression) === undefined) {
    throw new Error(
      `its compression, number ${compression}, isn't read; store it with LZW, deflate, Zstandard or none`,
    );
  }
  if (!isRead(one)) {
    const sizes = format === 'float' ? '16, 32 or 64' : '8, 16, 32 or 64';
    throw new Error(`its numbers, ${format}, of ${bits} bits, aren't read; store them with ${sizes}`);
  }
  const raster = await readRaster(bytes, one);
  const shape = {height, width};
  if (photometric === PALETTE && samples === 1 && (raster instanceof Uint8Array || raster instanceof Uint16Array)) {
    return {...shape, pixels: fromPalette(raster, directory.list('ColorMap') ?? [], bits), channels: 3, colour: 'rgb'};
  }
  const pixels = exactly(bits < 8 ? spread(raster as Uint8Array, bits) : raster);
  if (photometric === CMYK && samples === 4 && !(pixels instanceof Float32Array)) {
    return {...shape, pixels: fromCmyk(pixels), channels: 3, colour: 'rgb'};
  }
  if (photometric === YCBCR) {
    const subsampling = directory.list('YCbCrSubSampling') ?? [2, 2];
    if (!(pixels instanceof Uint8Array) || samples !== 3 || subsampling.some((factor) => factor !== 1)) {
      throw new Error(
        'its colours are YCbCr, of which three channels of 8 bits are read, with as many values for colour as for ' +
          'brightness; store it as RGB',
      );
    }
    return {...shape, pixels: fromYcbcr(pixels), channels: 3, colour: 'rgb'};
  }
  const white = pixels instanceof Float32Array ? undefined : 2 ** Math.max(bits, 8) - 1;
  if (photometric === WHITE_IS_ZERO) {
    if (white === undefined) throw new Error('in it 0 is white, which no float says how to turn over');
    // The first channel alone: the others are no greys.
    for (let i = 0; i < pixels.length; i += samples) pixels[i] = white - pixels[i]!;
  }
  const named = photometric === RGB ? 3 : [WHITE_IS_ZERO, BLACK_IS_ZERO, MASK].includes(photometric) ? 1 : 0;
  // Extra channels: 1 and 2 say transparency, with colours multiplied by it or not; 0 says nothing.
  const alpha = extra[0] === 1 ? 'premultiplied' : extra[0] === 2 ? 'straight' : undefined;
  const colour = named === 3 ? 'rgb' : 'grey';
  if (named > 0 && samples === named) return {...shape, pixels, channels: samples, colour, white};
  if (named > 0 && samples === named + 1 && alpha) return {...shape, pixels, channels: samples, colour, alpha, white};
  return {...shape, pixels, channels: samples, colour: 'unnamed', white};
}

/** Values of fewer than 8 bits as all programs show them: the largest is 255. */
function spread(raster: Uint8Array, bits: number): Uint8Array {
  return Uint8Array.from(raster, (value) => Math.round((value * 255) / (2 ** bits - 1)));
}

function fromPalette(raster: Uint8Array | Uint16Array, map: readonly number[], bits: number): Uint8Array {
  const colours = 2 ** bits;
  if (map.length < 3 * colours) damaged();
  const pixels = new Uint8Array(3 * raster.length);
  // Values of 16 bits; some programs write 8 bits, which libtiff tells in this way, too.
  const shift = map.some((value) => value > 255) ? 8 : 0;
  for (let i = 0; i < raster.length; i++) {
    // Red's values for all colours, then green's, then blue's.
    for (let c = 0; c < 3; c++) pixels[3 * i + c] = map[c * colours + raster[i]!]! >> shift;
  }
  return pixels;
}

/** As Pillow does it: each ink takes away its share of what black leaves. */
function fromCmyk<T extends Uint8Array | Uint16Array>(pixels: T): T {
  const full = pixels instanceof Uint8Array ? 255 : 65535;
  const count = pixels.length / 4;
  const rgb = new (pixels.constructor as new (length: number) => T)(3 * count);
  for (let i = 0; i < count; i++) {
    const left = full - pixels[4 * i + 3]!;
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = Math.max(0, left - Math.round((pixels[4 * i + c]! * left) / full));
  }
  return rgb;
}

/** As JPEG files have it: brightness, and how far blue and red are from it. */
function fromYcbcr(pixels: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(pixels.length);
  for (let i = 0; i < pixels.length; i += 3) {
    const [y, blue, red] = [pixels[i]!, pixels[i + 1]! - 128, pixels[i + 2]! - 128];
    rgb.set([y + 1.402 * red, y - 0.344136 * blue - 0.714136 * red, y + 1.772 * blue], i);
  }
  return new Uint8Array(rgb.buffer);
}
