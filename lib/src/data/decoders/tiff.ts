import type {GeoTIFF, GeoTIFFImage} from 'geotiff' with {'resolution-mode': 'import'};
import {checkPage, checkSize, damaged, type Decoded} from './decoded';
import {exactly} from './exactly';
import {readWithSharp} from './withSharp';

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
/** Compressions that libtiff reads, of 1 and 8 bits: fax, JPEG, and a few that are rare. */
const FOR_SHARP = [2, 3, 4, 7, 34925, 50001];
const FOR_GEOTIFF = [1, 5, 8, 32773, 32946, 50000];
/** A TIFF's packings make at most so much of a byte; Zstandard alone has no such limit. */
const DENSEST = 2048;
const MOST_BYTES = 2 ** 31;
const PREDICTOR_TAG = 317;
/** The predictor that takes the bytes of floats apart. */
const FLOATING_POINT = 3;

/** Whole numbers wrap around as they are added, as the format wants it. */
type Raster = Uint8Array | Uint16Array | Uint32Array | Int16Array | Int32Array | Float32Array | Float64Array;

/**
 * TIFF of all depths. Whole numbers with a sign, of 32 bits and of 64 become floats, where these hold them exactly.
 *
 * @throws Error when it is damaged, has several pages and none was chosen, or is of a kind that isn't read
 */
export async function readTiff(bytes: Uint8Array, page?: number): Promise<Decoded> {
  const {fromArrayBuffer} = await import('geotiff');
  const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const pages = await pagesOf(await fromArrayBuffer(own).catch(damaged));
  if (pages.length > 1 && page === undefined) {
    throw new Error(`it has ${pages.length} pages; choose one by page, 0 to ${pages.length - 1}`);
  }
  const {image, index} = pages[checkPage(page ?? 0, pages.length)]!;
  const one = await describe(image);
  checkSize(one.height, one.width);
  if (one.frames > 1) {
    throw new Error(
      `it is an ImageJ stack of ${one.frames} pages without a directory for each; save them one by one, as in Python: ` +
        `for i, p in enumerate(tifffile.imread('stack.tif')): tifffile.imwrite(f'{i}.tif', p)`,
    );
  }
  await checkExtents(image, bytes.length);
  const decoded = needsSharp(one) ? await bySharp(bytes, index, one) : await byGeotiff(image, one, bytes.length);
  return {...decoded, orientation: one.orientation};
}

interface Description {
  height: number;
  width: number;
  samples: number;
  bits: number[] | undefined;
  compression: number;
  photometric: number;
  extra: number[];
  reversed: boolean;
  predictor: number;
  orientation: number;
  /** How many pictures ImageJ says there are. */
  frames: number;
}

async function describe(image: GeoTIFFImage): Promise<Description> {
  const directory = image.getFileDirectory();
  const list = (name: 'BitsPerSample' | 'ExtraSamples'): number[] | undefined => {
    const value = directory.getValue(name) as ArrayLike<number> | number | undefined;
    return typeof value === 'number' ? [value] : value && Array.from(value);
  };
  const samples = image.getSamplesPerPixel();
  // Tags that don't matter to the pixels may be damaged.
  const loaded = async (name: 'Orientation' | 'FillOrder' | 'Predictor' | 'ImageDescription') =>
    (await directory.loadValue(name).catch(() => undefined)) as unknown;
  const orientation = Number((await loaded('Orientation')) ?? 1);
  const description = await loaded('ImageDescription');
  const text = typeof description === 'string' ? description : '';
  return {
    height: image.getHeight(),
    width: image.getWidth(),
    samples,
    bits: list('BitsPerSample'),
    compression: directory.getValue('Compression') ?? 1,
    photometric: directory.getValue('PhotometricInterpretation') ?? (samples >= 3 ? RGB : BLACK_IS_ZERO),
    extra: list('ExtraSamples') ?? [],
    reversed: (await loaded('FillOrder')) === 2,
    predictor: Number((await loaded('Predictor')) ?? 1),
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    frames: text.startsWith('ImageJ=') ? Number(/^images=(\d+)/m.exec(text)?.[1] ?? 1) : 1,
  };
}

/** The pictures in the file, but for smaller copies and masks of others, which say that they are that. */
async function pagesOf(tiff: GeoTIFF): Promise<{image: GeoTIFFImage; index: number}[]> {
  const all: {image: GeoTIFFImage; index: number}[] = [];
  const seen = new Set<number>();
  for (let next = -1; next !== 0 && !seen.has(next);) {
    seen.add(next);
    const image = await tiff.getImage(all.length).catch(damaged);
    all.push({image, index: all.length});
    next = image.getFileDirectory().nextIFDByteOffset;
  }
  const whole = all.filter(({image}) => ((image.getFileDirectory().getValue('NewSubfileType') ?? 0) & 5) === 0);
  return whole.length > 0 ? whole : all;
}

function needsSharp({bits, compression, photometric, reversed}: Description): boolean {
  return FOR_SHARP.includes(compression) || photometric === YCBCR || bits?.[0] === undefined || bits[0] < 2 || reversed;
}

async function bySharp(bytes: Uint8Array, index: number, {bits = [1], compression}: Description): Promise<Decoded> {
  if (bits.some((each) => each > 8)) {
    throw new Error(`it has ${bits[0]!} bits with compression ${compression}; store it with LZW, deflate or none`);
  }
  // libtiff's warnings are about tags that don't matter to the pixels.
  return readWithSharp(bytes, index, {failOn: 'truncated'});
}

async function byGeotiff(image: GeoTIFFImage, one: Description, length: number): Promise<Decoded> {
  const {height, width, samples, compression, photometric, extra} = one;
  const bits = one.bits!;
  const other = OTHERS[photometric];
  if (other !== undefined) throw new Error(`its colours are ${other}; expected grey, RGB, a palette, CMYK or YCbCr`);
  if (!FOR_GEOTIFF.includes(compression)) {
    throw new Error(
      `its compression, number ${compression}, isn't read; store it with LZW, deflate, Zstandard or none`,
    );
  }
  const size = (height * width * samples * bits[0]!) / 8;
  if (size > MOST_BYTES || (compression !== 50000 && size > (compression === 1 ? 1 : DENSEST) * length)) {
    throw new Error(`it is damaged: ${width} × ${height} pixels of ${samples} channels can't be in ${length} bytes`);
  }
  const raster = await readRaster(image, one);
  if (raster.length !== height * width * samples) damaged();
  const shape = {height, width};
  if (photometric === PALETTE && samples === 1) {
    const map = (await image.getFileDirectory().loadValue('ColorMap').catch(damaged)) as ArrayLike<number> | undefined;
    return {...shape, pixels: fromPalette(raster, map ?? [], bits[0]!), channels: 3, colour: 'rgb'};
  }
  const pixels = exactly(bits[0]! < 8 ? spread(raster, bits[0]!) : raster);
  if (photometric === CMYK && samples === 4 && !(pixels instanceof Float32Array)) {
    return {...shape, pixels: fromCmyk(pixels), channels: 3, colour: 'rgb'};
  }
  if (photometric === WHITE_IS_ZERO) {
    if (pixels instanceof Float32Array) throw new Error('in it 0 is white, which no float says how to turn over');
    const white = 2 ** Math.max(bits[0]!, 8) - 1;
    for (let i = 0; i < pixels.length; i++) pixels[i] = white - pixels[i]!;
  }
  const named = photometric === RGB ? 3 : [WHITE_IS_ZERO, BLACK_IS_ZERO, MASK].includes(photometric) ? 1 : 0;
  // Extra channels: 1 and 2 say transparency, with colours multiplied by it or not; 0 says nothing.
  const alpha = extra[0] === 1 ? 'premultiplied' : extra[0] === 2 ? 'straight' : undefined;
  const colour = named === 3 ? 'rgb' : 'grey';
  if (named > 0 && samples === named) return {...shape, pixels, channels: samples, colour};
  if (named > 0 && samples === named + 1 && alpha) return {...shape, pixels, channels: samples, colour, alpha};
  return {...shape, pixels, channels: samples, colour: 'unnamed'};
}

/** The values as stored, channel after channel of a pixel. */
async function readRaster(image: GeoTIFFImage, {bits, width, samples, predictor}: Description) {
  const read = async () => (await image.readRasters({interleave: true}).catch(damaged)) as Raster;
  if (predictor === 1 || bits![0]! <= 8 || image.littleEndian) return read();
  // geotiff undoes predictors in this machine's order of bytes. From that of floats comes the order itself; sums of whole
  // numbers are wrong, so that they are added up here.
  if (predictor === FLOATING_POINT) {
    image.littleEndian = true;
    return read();
  }
  image.getFileDirectory().actualizedFields.set(PREDICTOR_TAG, 1);
  return addUp(await read(), width, samples, image.getTileWidth());
}

/** Undoes the horizontal predictor in place: each value is the difference from its neighbour on the left in the same tile. */
function addUp(raster: Raster, width: number, samples: number, tileWidth: number): Raster {
  for (let row = 0; row < raster.length; row += width * samples) {
    for (let x = 1; x < width; x++) {
      if (x % tileWidth === 0) continue;
      for (let at = row + x * samples; at < row + (x + 1) * samples; at++) raster[at]! += raster[at - samples]!;
    }
  }
  return raster;
}

/** What is cut off would be zeros. @throws Error when a strip or a tile ends behind the file's end */
async function checkExtents(image: GeoTIFFImage, length: number): Promise<void> {
  const directory = image.getFileDirectory();
  const kind = image.isTiled ? 'Tile' : 'Strip';
  const load = async (name: 'TileOffsets' | 'StripOffsets' | 'TileByteCounts' | 'StripByteCounts') =>
    Array.from((await directory.loadValue(name).catch(damaged)) as ArrayLike<number | bigint>, Number);
  const offsets = await load(`${kind}Offsets`);
  const counts = await load(`${kind}ByteCounts`);
  if (counts.length < offsets.length || offsets.some((offset, i) => offset + counts[i]! > length)) damaged();
}

/** Greys of 2 or 4 bits as all programs show them: the largest is white, 255. */
function spread(raster: ArrayLike<number>, bits: number): Uint8Array {
  return Uint8Array.from(raster, (value) => (value * 255) / (2 ** bits - 1));
}

function fromPalette(raster: ArrayLike<number>, map: ArrayLike<number>, bits: number): Uint8Array {
  const colours = 2 ** bits;
  if (map.length < 3 * colours) damaged();
  const pixels = new Uint8Array(3 * raster.length);
  for (let i = 0; i < raster.length; i++) {
    // Red's 16-bit values for all colours, then green's, then blue's.
    for (let c = 0; c < 3; c++) pixels[3 * i + c] = map[c * colours + raster[i]!]! >> 8;
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
