import type {Canvas, HeifDecoder, HeifImage} from 'libheif-js/wasm-bundle.js';
import {checkPage, checkSize, damaged, type Decoded} from './decoded';

/**
 * HEIC, as iPhones store photographs. Of several pictures the one that the file names as its first, unless `page` says
 * otherwise. libheif turns it upright itself.
 *
 * @throws Error when it is damaged, cut short, or has more than 8 bits
 */
export async function readHeic(bytes: Uint8Array, page?: number): Promise<Decoded> {
  const bits = bitsOf(bytes);
  if (bits > 8) throw new Error(`it has ${bits} bits; of HEIC 8 bits are read: save it as PNG or TIFF of 16 bits`);
  const {default: libheif} = await import('libheif-js/wasm-bundle.js');
  return quietly(() => read(new libheif.HeifDecoder(), bytes, page));
}

async function read(decoder: HeifDecoder, bytes: Uint8Array, page: number | undefined): Promise<Decoded> {
  let images: HeifImage[] = [];
  try {
    images = decoder.decode(bytes);
    if (images.length === 0) damaged();
    const image =
      page === undefined
        ? (images.find((one) => Boolean(one.is_primary())) ?? images[0]!)
        : images[checkPage(page, images.length)]!;
    return await draw(image);
  } finally {
    for (const image of images) image.free();
  }
}

async function draw(image: HeifImage): Promise<Decoded> {
  const [height, width] = [image.get_height(), image.get_width()];
  checkSize(height, width);
  const canvas = {data: new Uint8ClampedArray(4 * height * width), height, width};
  const drawn = await new Promise<Canvas | null>((resolve) => {
    image.display(canvas, resolve);
  });
  if (drawn === null) damaged();
  const pixels = new Uint8Array(drawn.data.buffer);
  return {pixels, height, width, channels: 4, colour: 'rgb', alpha: 'straight'};
}

/** Of brightness, as the first box hvcC says. */
function bitsOf(bytes: Uint8Array): number {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('hvcC');
  const byte = at === -1 ? undefined : bytes[at + 4 + 17];
  return byte === undefined ? 8 : 8 + (byte & 7);
}

const COMPLAINT = /^(Could not (create|get|parse)|Decoding image failed|Error loading image ids|No images found)/;

/** How many pictures are being read, and what prints meanwhile what isn't libheif's: reading takes turns with other code. */
let reading = 0;
let {log} = console;

function logOthers(...words: unknown[]): void {
  if (!(typeof words[0] === 'string' && COMPLAINT.test(words[0]))) log(...words);
}

/** libheif-js prints what it finds wrong, which here becomes an error; what others print meanwhile passes. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  if (reading++ === 0) {
    ({log} = console);
    console.log = logOthers;
  }
  try {
    return await work();
  } finally {
    if (--reading === 0 && console.log === logOthers) console.log = log;
  }
}
