// TIFFs by hand, for what no program writes: old and damaged ones. Those that programs write are in the corpus.
import fs from 'node:fs';
import path from 'node:path';
import {readImage} from 'convlab';
import {temporaryFolder} from '../../../folder';

export const folder = temporaryFolder();
export const [BYTE, TEXT, SHORT, LONG] = [1, 2, 3, 4];
const SIZES: Record<number, number> = {[BYTE]: 1, [TEXT]: 1, [SHORT]: 2, [LONG]: 4, 5: 8};
export const [WIDTH, HEIGHT, BITS, COMPRESSION, COLOURS, FILL_ORDER, SAMPLES, ROWS, PREDICTOR, FORMAT] = [256, 257, 258, 259, 262, 266, 277, 278, 317, 339]; // prettier-ignore
export const [LZW, DEFLATE, PACKBITS, ZSTANDARD] = [5, 8, 32773, 50000];

interface Entry {
  type: number;
  values: number[];
  /** When it says another number than there are. */
  count?: number;
}
export type Tags = Record<number, number | Entry>;

/** A TIFF of one page, the lowest byte first: strips or tiles, then the directory. */
export function tiff(tags: Tags, blocks: Uint8Array[], {next = 0, isTiled = false} = {}): Buffer {
  const parts: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1')];
  let length = 8;
  const put = (bytes: Uint8Array): number => {
    parts.push(Buffer.from(bytes), Buffer.alloc(bytes.length % 2));
    length += bytes.length + (bytes.length % 2);
    return length - bytes.length - (bytes.length % 2);
  };
  const offsets = blocks.map(put);
  const given: Tags = {
    [isTiled ? 324 : 273]: {type: LONG, values: offsets},
    [isTiled ? 325 : 279]: {type: LONG, values: blocks.map((block) => block.length)},
    ...tags,
  };
  const all = Object.entries(given).map(([tag, value]) => {
    const one: Entry = typeof value === 'number' ? {type: LONG, values: [value]} : value;
    const {type, values} = one;
    const count = one.count ?? values.length;
    const bytes = Buffer.alloc(Math.max(4, SIZES[type]! * values.length));
    values.forEach((each, i) => bytes.writeUIntLE(each, i * SIZES[type]!, SIZES[type]!));
    const entry = Buffer.alloc(12);
    entry.writeUInt16LE(Number(tag), 0);
    entry.writeUInt16LE(type, 2);
    entry.writeUInt32LE(count, 4);
    if (SIZES[type]! * count <= 4) bytes.copy(entry, 8);
    else entry.writeUInt32LE(put(bytes), 8);
    return entry;
  });
  parts[0]!.writeUInt32LE(length, 4);
  const ends = Buffer.alloc(6);
  ends.writeUInt16LE(all.length, 0);
  ends.writeUInt32LE(next, 2);
  return Buffer.concat([...parts, ends.subarray(0, 2), ...all, ends.subarray(2)]);
}

/** Its first channel. */
export async function read(bytes: Uint8Array) {
  const file = path.join(folder, 'one.tif');
  fs.writeFileSync(file, bytes);
  return readImage(file, {channels: [0]});
}

export const grey = (width: number, height: number, more: Tags = {}): Tags => ({
  [WIDTH]: width,
  [HEIGHT]: height,
  [BITS]: 8,
  [COLOURS]: 1,
  ...more,
});

/** Bits one after another: the highest first, or in old files the lowest. */
export function bitsOf(codes: readonly (readonly [code: number, bits: number])[], isOld = false): Buffer {
  const bits = codes.flatMap(([code, count]) =>
    Array.from({length: count}, (_, i) => (code >> (isOld ? i : count - 1 - i)) & 1),
  );
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => (bytes[i >> 3]! |= bit << (isOld ? i & 7 : 7 - (i & 7))));
  return bytes;
}

/** LZW as the format describes it, from a list of bytes; old files go from 9 to 10 bits one code later. */
export function packLzw(bytes: Uint8Array, isOld = false): Buffer {
  const codes: [number, number][] = [];
  let table = new Map<string, number>();
  let [bits, next] = [9, 258];
  const clear = () => {
    codes.push([256, bits]);
    table = new Map();
    [bits, next] = [9, 258];
  };
  const codeOf = (run: string) => (run.length === 1 ? run.charCodeAt(0) : table.get(run)!);
  clear();
  let run = '';
  for (const byte of bytes) {
    const longer = run + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      run = longer;
      continue;
    }
    codes.push([codeOf(run), bits]);
    table.set(longer, next++);
    // Who unpacks is one entry behind.
    if (next - 1 + (isOld ? 0 : 1) >= 1 << bits && bits < 12) bits++;
    if (next === 4094) clear();
    run = String.fromCharCode(byte);
  }
  codes.push([codeOf(run), bits], [257, bits]);
  return bitsOf(codes, isOld);
}

/** Values that repeat, but never quite. */
export const varied = (length: number) => Uint8Array.from({length}, (_, i) => ((i * i) % 7) ^ ((i >> 5) % 251));
