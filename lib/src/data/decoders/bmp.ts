import {checkPage, checkSize, damaged, type Decoded} from './decoded';

/** How BMP packs its pixels: not at all, in runs of equal ones of 8 or 4 bits, or not at all with masks for the colours. */
const PLAIN = 0;
const RUNS_OF_8 = 1;
const RUNS_OF_4 = 2;
const MASKS = 3;
const MASKS_WITH_ALPHA = 6;

interface Header {
  width: number;
  height: number;
  topDown: boolean;
  bits: number;
  packing: number;
  /** For red, green, blue and transparency; 0 where there is none. */
  masks: readonly number[];
  /** Blue, green, red and perhaps a fourth byte for each colour. */
  palette: Uint8Array;
  entry: number;
  pixels: Uint8Array;
}

/**
 * BMP of Windows and OS/2: 1, 4, 8, 16, 24 and 32 bits a pixel. No library that is kept well reads all of them.
 *
 * @throws Error when it is damaged, cut short, or of a kind that isn't read
 */
export function readBmp(bytes: Uint8Array, page = 0): Decoded {
  checkPage(page, 1);
  const header = readHeader(bytes);
  checkSize(header.height, header.width);
  const {bits, packing} = header;
  if (packing === RUNS_OF_8 || packing === RUNS_OF_4) return coloured(header, unpackRuns(header));
  if (packing !== PLAIN && packing !== MASKS && packing !== MASKS_WITH_ALPHA) {
    throw new Error(`it is a BMP with packing ${packing}, which isn't read; save it as PNG`);
  }
  return bits <= 8 ? coloured(header, unpackIndices(header)) : direct(header);
}

function readHeader(bytes: Uint8Array): Header {
  if (bytes.length < 26) damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = view.getUint32(10, true);
  const size = view.getUint32(14, true);
  // OS/2's first form has 12 bytes, numbers of 16 bits and colours of three bytes.
  const isShort = size === 12;
  if (!isShort && (size < 16 || 14 + size > bytes.length)) damaged();
  const width = isShort ? view.getUint16(18, true) : view.getInt32(18, true);
  const signed = isShort ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isShort ? 24 : 28, true);
  const packing = size >= 20 ? view.getUint32(30, true) : PLAIN;
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) damaged();
  const entry = isShort ? 3 : 4;
  const hasMasks = packing === MASKS || packing === MASKS_WITH_ALPHA;
  const after = 14 + size + (hasMasks && size === 40 ? (packing === MASKS ? 12 : 16) : 0);
  const colours = size >= 36 ? view.getUint32(46, true) : 0;
  const length = bits <= 8 ? Math.min(colours || 2 ** bits, 2 ** bits) * entry : 0;
  const mask = (i: number) => (54 + 4 * i + 4 <= bytes.length ? view.getUint32(54 + 4 * i, true) : 0);
  // The mask for transparency stands in headers of 56 bytes and more, and behind a short one that says so.
  const hasAlpha = hasMasks && (size >= 56 || packing === MASKS_WITH_ALPHA);
  const plain = bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0];
  return {
    width,
    height: Math.abs(signed),
    topDown: signed < 0,
    bits,
    packing,
    masks: hasMasks ? [mask(0), mask(1), mask(2), hasAlpha ? mask(3) : 0] : plain,
    palette: bytes.subarray(after, after + length),
    entry,
    pixels: bytes.subarray(start),
  };
}

/** The number of each pixel's colour, from rows that are filled up to four bytes. */
function unpackIndices({width, height, topDown, bits, pixels}: Header): Uint8Array {
  const stride = Math.ceil((width * bits) / 32) * 4;
  checkRows(pixels, height, stride, Math.ceil((width * bits) / 8));
  const indices = new Uint8Array(width * height);
  const each = 8 / bits;
  for (let y = 0; y < height; y++) {
    const row = (topDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++) {
      const byte = pixels[row + Math.floor(x / each)]!;
      indices[y * width + x] = (byte >> (8 - bits * ((x % each) + 1))) & (2 ** bits - 1);
    }
  }
  return indices;
}

/** Runs, and between them pixels that stand for themselves; what a jump passes over has colour 0. */
function unpackRuns({width, height, packing, pixels}: Header): Uint8Array {
  const indices = new Uint8Array(width * height);
  const isHalf = packing === RUNS_OF_4;
  let [x, y] = [0, 0];
  const put = (value: number) => {
    if (x < width && y < height) indices[(height - 1 - y) * width + x] = value;
    x++;
  };
  for (let at = 0; ;) {
    if (at + 1 >= pixels.length) damaged();
    const [count, value] = [pixels[at]!, pixels[at + 1]!];
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(isHalf ? (i % 2 === 0 ? value >> 4 : value & 15) : value);
    } else if (value === 0) {
      [x, y] = [0, y + 1];
    } else if (value === 1) {
      return indices;
    } else if (value === 2) {
      if (at + 1 >= pixels.length) damaged();
      x += pixels[at]!;
      y += pixels[at + 1]!;
      at += 2;
    } else {
      const length = isHalf ? Math.ceil(value / 2) : value;
      if (at + length > pixels.length) damaged();
      for (let i = 0; i < value; i++) {
        const byte = pixels[at + (isHalf ? i >> 1 : i)]!;
        put(isHalf ? (i % 2 === 0 ? byte >> 4 : byte & 15) : byte);
      }
      at += length + (length % 2);
    }
  }
}

/** Colours for their numbers; a palette of nothing but greys makes a grey picture. */
function coloured({width, height, palette, entry}: Header, indices: Uint8Array): Decoded {
  const colours = Math.floor(palette.length / entry);
  let isGrey = true;
  for (let i = 0; i < colours && isGrey; i++) {
    isGrey = palette[i * entry] === palette[i * entry + 1] && palette[i * entry] === palette[i * entry + 2];
  }
  const channels = isGrey ? 1 : 3;
  const pixels = new Uint8Array(indices.length * channels);
  indices.forEach((index, i) => {
    if (index >= colours) damaged();
    for (let c = 0; c < channels; c++) pixels[i * channels + c] = palette[index * entry + (isGrey ? 0 : 2 - c)]!;
  });
  return {pixels, width, height, channels, colour: isGrey ? 'grey' : 'rgb'};
}

/** Colours of 16, 24 or 32 bits, each by its mask; what has fewer than 8 bits is brought to 255. */
function direct({width, height, topDown, bits, masks, pixels}: Header): Decoded {
  const size = bits / 8;
  const stride = Math.ceil((width * bits) / 32) * 4;
  checkRows(pixels, height, stride, width * size);
  const used = masks.filter((mask) => mask !== 0);
  const parts = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return {mask, shift, most: mask === 0 ? 1 : mask >>> shift};
  });
  const channels = masks[3] === 0 || used.length < 4 ? 3 : 4;
  const out = new Uint8Array(width * height * channels);
  for (let y = 0, to = 0; y < height; y++) {
    let at = (topDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++, at += size) {
      const word =
        pixels[at]! +
        pixels[at + 1]! * 0x100 +
        (size > 2 ? pixels[at + 2]! * 0x10000 : 0) +
        (size > 3 ? pixels[at + 3]! * 0x1000000 : 0);
      for (let c = 0; c < channels; c++) {
        const {mask, shift, most} = parts[c]!;
        out[to++] = (((word & mask) >>> shift) * 255) / most;
      }
    }
  }
  return {pixels: out, width, height, channels, colour: 'rgb', ...(channels === 4 && {alpha: 'straight' as const})};
}

/** The last row needn't be filled up. */
function checkRows(pixels: Uint8Array, height: number, stride: number, row: number): void {
  if (pixels.length < (height - 1) * stride + row) damaged();
}
