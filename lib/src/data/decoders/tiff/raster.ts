// From a TIFF's strips and tiles to all values of a picture, channel after channel of a pixel.
import os from 'node:os';
import {halfToNumber} from '../../half';
import {damaged, damagedAs} from '../decoded';
import {unpackerFor} from './unpack';

/** How a TIFF holds its values. */
export interface Layout {
  height: number;
  width: number;
  samples: number;
  /** Of every sample. */
  bits: number;
  format: 'unsigned' | 'signed' | 'float';
  littleEndian: boolean;
  /** Whether each byte begins with its lowest bit. */
  isReversed: boolean;
  compression: number;
  predictor: number;
  /** Whether every channel has its own strips or tiles. */
  isPlanar: boolean;
  /** Of a tile, or of a strip; the last strip may have fewer rows. */
  block: {height: number; width: number};
  offsets: readonly number[];
  counts: readonly number[];
  /** What stands in a tile that is left out. */
  empty: number;
}

export type Raster =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

const TYPES = {
  unsigned: {1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigUint64Array},
  signed: {1: Int8Array, 2: Int16Array, 4: Int32Array, 8: BigInt64Array},
  float: {4: Float32Array, 8: Float64Array},
};
const MOST_BYTES = 2 ** 31;
/** A packing makes at most so much of a byte; Zstandard alone has no such limit. */
const DENSEST = 2048;
/** The compression that is none. */
export const RAW = 1;
const ZSTANDARD = 50000;
/** The predictors: differences from the pixel on the left, and these of floats whose bytes are taken apart. */
const DIFFERENCES = 2;
const FLOATS = 3;
const IS_LITTLE_ENDIAN = os.endianness() === 'LE';

/** A byte with its bits in the other order. */
function turned(byte: number): number {
  let other = 0;
  for (let bit = 0; bit < 8; bit++) other |= ((byte >> bit) & 1) << (7 - bit);
  return other;
}

/** Whether values of this kind are read. */
export function isRead({bits, format}: Pick<Layout, 'bits' | 'format'>): boolean {
  if (format === 'float') return [16, 32, 64].includes(bits);
  return [8, 16, 32, 64].includes(bits) || (format === 'unsigned' && bits >= 1 && bits < 16);
}

/** @throws Error when it is damaged or cut short */
export async function readRaster(bytes: Uint8Array, layout: Layout): Promise<Raster> {
  const {height, width, samples, isPlanar, block, offsets} = layout;
  checkLayout(layout, bytes.length);
  const unpack = await unpackerFor(layout.compression)!();
  const itemBytes = itemBytesOf(layout.bits);
  const inPixel = isPlanar ? 1 : samples;
  const pixelBytes = inPixel * itemBytes;
  const out = new Uint8Array(height * width * samples * itemBytes);
  for (const [index, {plane, top, left, rows, columns}] of blocksOf(layout).entries()) {
    const values = readBlock(index, rows);
    for (let y = 0; y < rows; y++) {
      const from = y * block.width * pixelBytes;
      const to = ((top + y) * width + left) * samples * itemBytes + plane * itemBytes;
      if (!isPlanar) out.set(values.subarray(from, from + columns * pixelBytes), to);
      else spreadOut(values.subarray(from, from + columns * itemBytes), out, to);
    }
  }
  return asType(layout.bits === 16 && layout.format === 'float' ? fromHalves(out) : out, layout);

  /** The values of so many rows in this machine's order of bytes. */
  function readBlock(index: number, rows: number): Uint8Array {
    const [offset, count] = [offsets[index]!, layout.counts[index]!];
    if (offset === 0 && count === 0) return emptyBlock(rows * block.width * pixelBytes);
    const rowBytes = Math.ceil((block.width * inPixel * layout.bits) / 8);
    const needed = rowBytes * rows;
    const stored = bytes.subarray(offset, offset + count);
    const packed = layout.isReversed ? stored.map(turned) : stored;
    const unpacked = unpack(packed, needed, rowBytes * block.height);
    if (unpacked.length < needed) damaged();
    return toItems(unpacked.subarray(0, needed), rowBytes, inPixel, layout);
  }

  /** A tile that is left out. */
  function emptyBlock(size: number): Uint8Array {
    if (layout.empty !== 0) throw new Error(`it leaves out tiles that stand for ${layout.empty}; store them all`);
    return new Uint8Array(size);
  }

  function spreadOut(values: Uint8Array, into: Uint8Array, start: number): void {
    for (let from = 0, to = start; from < values.length; to += samples * itemBytes) {
      for (let k = 0; k < itemBytes; k++) into[to + k] = values[from++]!;
    }
  }
}

/**
 * Where each strip or tile stands, and how many of its rows and columns lie in the picture.
 *
 * @throws Error when the file doesn't say where all of them are
 */
export function blocksOf({height, width, samples, bits, isPlanar, block, offsets}: Layout) {
  const [across, down] = [Math.ceil(width / block.width), Math.ceil(height / block.height)];
  // Tiles may reach beyond the picture, but not far.
  const padded = down * block.height * across * block.width;
  if (!(padded <= 4 * height * width + 2 ** 24) || (padded * samples * bits) / 8 > 2 * MOST_BYTES) {
    damagedAs(`its tiles have ${block.width} × ${block.height} pixels, the picture ${width} × ${height}`);
  }
  const count = across * down * (isPlanar ? samples : 1);
  if (offsets.length < count) {
    damagedAs(`it should have ${count} strips or tiles, and says where ${offsets.length} are`);
  }
  return Array.from({length: count}, (_, index) => {
    const top = Math.floor((index % (across * down)) / across) * block.height;
    const left = (index % across) * block.width;
    return {
      plane: Math.floor(index / (across * down)),
      top,
      left,
      rows: Math.min(block.height, height - top),
      columns: Math.min(block.width, width - left),
    };
  });
}

/** @throws Error for sizes that a damaged tag makes up */
function checkLayout({height, width, samples, bits, compression}: Layout, length: number): void {
  const size = (height * width * samples * bits) / 8;
  const densest = compression === RAW ? 1 : compression === ZSTANDARD ? Infinity : DENSEST;
  if (size > MOST_BYTES || size > densest * length) {
    damagedAs(`${width} × ${height} pixels of ${samples} channels can't be in ${length} bytes`);
  }
}

function itemBytesOf(bits: number): 1 | 2 | 4 | 8 {
  return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
}

function asType({buffer}: Uint8Array, {bits, format}: Layout): Raster {
  const itemBytes = format === 'float' ? (bits === 64 ? 8 : 4) : itemBytesOf(bits);
  const types: Partial<Record<number, new (buffer: ArrayBufferLike) => Raster>> = TYPES[format];
  return new types[itemBytes]!(buffer);
}

/** Whole items of what is packed in bits, in this machine's order of bytes, the predictor undone. */
function toItems(stored: Uint8Array, rowBytes: number, inPixel: number, layout: Layout): Uint8Array {
  const {bits, compression, littleEndian} = layout;
  // It belongs to these packings alone, whatever its tag says.
  const predictor = compression === RAW || compression === 32773 ? 1 : layout.predictor;
  if (bits % 8 !== 0) {
    if (predictor !== 1)
      throw new Error(`it has differences of ${bits} bits, which aren't read; store it without a predictor`);
    return unpackBits(stored, rowBytes, layout.block.width * inPixel, bits);
  }
  const items = new Uint8Array(stored);
  if (predictor === FLOATS) {
    for (let at = 0; at < items.length; at += rowBytes)
      joinFloats(items.subarray(at, at + rowBytes), inPixel, bits / 8);
    return items;
  }
  if (littleEndian !== IS_LITTLE_ENDIAN) swap(items, bits);
  if (predictor === DIFFERENCES) addUp(asType(items, {...layout, format: 'unsigned'}), rowBytes / (bits / 8), inPixel);
  return items;
}

function swap(items: Uint8Array, bits: number): void {
  const buffer = Buffer.from(items.buffer, items.byteOffset, items.byteLength);
  if (bits === 16) buffer.swap16();
  else if (bits === 32) buffer.swap32();
  else if (bits === 64) buffer.swap64();
}

/** Each value is the difference from the one on its left. Whole numbers wrap around, as the format wants it. */
function addUp(raster: Raster, rowLength: number, inPixel: number): void {
  // Of 64 bits they are bigints, which add up just so.
  const values = raster as Uint32Array;
  for (let row = 0; row < values.length; row += rowLength) {
    for (let at = row + inPixel; at < row + rowLength; at++) values[at]! += values[at - inPixel]!;
  }
}

/** Adds up a row's bytes, and puts those of each float together: first come the highest of all floats, then the next. */
function joinFloats(row: Uint8Array, inPixel: number, itemBytes: number): void {
  for (let at = inPixel; at < row.length; at++) row[at]! += row[at - inPixel]!;
  const apart = row.slice();
  const count = row.length / itemBytes;
  for (let k = 0; k < itemBytes; k++) {
    const place = IS_LITTLE_ENDIAN ? itemBytes - 1 - k : k;
    for (let i = 0; i < count; i++) row[i * itemBytes + place] = apart[k * count + i]!;
  }
}

/** Numbers of 1 to 15 bits, the highest bit first; each row begins with a byte. */
function unpackBits(stored: Uint8Array, rowBytes: number, rowLength: number, bits: number): Uint8Array {
  const rows = stored.length / rowBytes;
  const items = bits <= 8 ? new Uint8Array(rows * rowLength) : new Uint16Array(rows * rowLength);
  const mask = (1 << bits) - 1;
  for (let y = 0, to = 0; y < rows; y++) {
    for (let i = 0, from = y * rowBytes, held = 0, count = 0; i < rowLength; i++) {
      for (; count < bits; count += 8) held = ((held << 8) | stored[from++]!) & 0xffffff;
      count -= bits;
      items[to++] = (held >> count) & mask;
    }
  }
  return new Uint8Array(items.buffer);
}

/** Floats of 16 bits as those of 32, which hold them exactly. */
function fromHalves({buffer}: Uint8Array): Uint8Array {
  return new Uint8Array(Float32Array.from(new Uint16Array(buffer), halfToNumber).buffer);
}
