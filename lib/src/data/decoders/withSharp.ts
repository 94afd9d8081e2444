import type {Metadata, Sharp, SharpOptions} from 'sharp';
import {checkPage, checkSize, damaged, type Decoded} from './decoded';
import {orientationInXmp} from './exif';

/**
 * Pictures of 8 bits as libvips, through sharp, stores them: no profile is applied, nothing turned. Of an animation one
 * frame, the first unless `page` says otherwise.
 *
 * @param check of the height and width that the header says, before anything is decoded
 * @throws Error when it is damaged, cut short, or too large
 */
export async function readWithSharp(
  bytes: Uint8Array,
  page = 0,
  options: SharpOptions = {},
  check = checkSize,
): Promise<Decoded> {
  const {image, metadata} = await open(bytes, page, options, check);
  const isGrey = metadata.channels < 3;
  const {pixels, info} = await raw(image.toColourspace(isGrey ? 'b-w' : 'srgb'));
  return {
    pixels: new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.length),
    ...sizes(info),
    colour: isGrey ? 'grey' : 'rgb',
    orientation: metadata.orientation ?? orientationInXmp(metadata.xmp) ?? 1,
    ...(info.channels % 2 === 0 && {alpha: 'straight' as const}),
  };
}

/**
 * AVIF of 8, 10 or 12 bits; what has more than 8 comes as numbers of 16 bits, unchanged. libheif turns it upright itself.
 *
 * @throws Error when it is damaged, cut short, or too large
 */
export async function readAvif(bytes: Uint8Array, page?: number): Promise<Decoded> {
  const {image, metadata} = await open(bytes, page ?? 0, {}).catch((error: unknown) => {
    if (Buffer.from(bytes.subarray(8, 12)).toString() !== 'avis') throw error;
    throw new Error("it is an animated AVIF, which isn't read; save its frames as PNG", {cause: error});
  });
  const bits = metadata.bitsPerSample ?? 8;
  if (bits <= 8) return {...(await readWithSharp(bytes, page)), orientation: 1};
  const {pixels, info} = await raw(image.toColourspace('rgb16'), 'ushort');
  // libvips moves the bits to the upper end of 16.
  const deep = new Uint16Array(pixels.buffer.slice(pixels.byteOffset, pixels.byteOffset + pixels.length));
  return {
    pixels: deep.map((value) => value >> (16 - bits)),
    ...sizes(info),
    colour: 'rgb',
    white: 2 ** bits - 1,
    ...(info.channels === 4 && {alpha: 'straight' as const}),
  };
}

async function open(
  bytes: Uint8Array,
  page: number,
  options: SharpOptions,
  check = checkSize,
): Promise<{image: Sharp; metadata: Metadata}> {
  // Loaded when it is first needed: most pictures do without.
  const {default: sharp} = await import('sharp');
  const settings = {limitInputPixels: false, ignoreIcc: true, failOn: 'error', ...options} as const;
  const metadata = await sharp(bytes, settings).metadata().catch(damaged);
  check(metadata.height, metadata.width);
  checkPage(page, metadata.pages ?? 1);
  return {image: sharp(bytes, {...settings, page}), metadata};
}

async function raw(image: Sharp, depth: 'uchar' | 'ushort' = 'uchar') {
  const {data: pixels, info} = await image.raw({depth}).toBuffer({resolveWithObject: true}).catch(damaged);
  return {pixels, info};
}

function sizes({height, width, channels}: {height: number; width: number; channels: number}) {
  return {height, width, channels};
}
