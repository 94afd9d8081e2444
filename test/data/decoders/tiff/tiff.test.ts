import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import {describe, expect, test} from '@jest/globals';
import {readImage} from 'convlab';
import sharp from 'sharp';
import {temporaryFolder} from '../../../folder';

// TIFFs by hand, for what no program writes: old and damaged ones. Those that programs write are in the corpus.

const folder = temporaryFolder();
const [BYTE, TEXT, SHORT, LONG] = [1, 2, 3, 4];
const SIZES: Record<number, number> = {[BYTE]: 1, [TEXT]: 1, [SHORT]: 2, [LONG]: 4, 5: 8};
const [WIDTH, HEIGHT, BITS, COMPRESSION, COLOURS, FILL_ORDER, SAMPLES, ROWS, PREDICTOR, FORMAT] = [256, 257, 258, 259, 262, 266, 277, 278, 317, 339]; // prettier-ignore
const [LZW, DEFLATE, PACKBITS, ZSTANDARD] = [5, 8, 32773, 50000];

interface Entry {
  type: number;
  values: number[];
  /** When it says another number than there are. */
  count?: number;
}
type Tags = Record<number, number | Entry>;

/** A TIFF of one page, the lowest byte first: strips or tiles, then the directory. */
function tiff(tags: Tags, blocks: Uint8Array[], {next = 0, isTiled = false} = {}): Buffer {
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

async function read(bytes: Uint8Array) {
  const file = path.join(folder, 'one.tif');
  fs.writeFileSync(file, bytes);
  return readImage(file, {channels: [0]});
}

const grey = (width: number, height: number, more: Tags = {}): Tags => ({
  [WIDTH]: width,
  [HEIGHT]: height,
  [BITS]: 8,
  [COLOURS]: 1,
  ...more,
});

/** Bits one after another: the highest first, or in old files the lowest. */
function bitsOf(codes: readonly (readonly [code: number, bits: number])[], isOld = false): Buffer {
  const bits = codes.flatMap(([code, count]) =>
    Array.from({length: count}, (_, i) => (code >> (isOld ? i : count - 1 - i)) & 1),
  );
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => (bytes[i >> 3]! |= bit << (isOld ? i & 7 : 7 - (i & 7))));
  return bytes;
}

/** LZW as the format describes it, from a list of bytes; old files go from 9 to 10 bits one code later. */
function packLzw(bytes: Uint8Array, isOld = false): Buffer {
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
const varied = (length: number) => Uint8Array.from({length}, (_, i) => ((i * i) % 7) ^ ((i >> 5) % 251));

describe('readImage(a TIFF) unpacks', () => {
  test.each([false, true])(
    'LZW of codes of 9 to 12 bits; the lowest bit first, as before TIFF 5: %s',
    async (isOld) => {
      const pixels = varied(200 * 150);
      const packed = packLzw(pixels, isOld);
      expect(packed[0]).toBe(isOld ? 0 : 128);
      const tags = grey(200, 150, {[COMPRESSION]: LZW, [ROWS]: 150});
      expect((await read(tiff(tags, [packed]))).pixels).toEqual(pixels);
    },
  );

  test('LZW that goes on beyond the strip, and one that ends without saying so', async () => {
    const pixels = varied(120);
    const tags = grey(10, 9, {[COMPRESSION]: LZW});
    expect((await read(tiff(tags, [packLzw(pixels)]))).pixels).toEqual(pixels.subarray(0, 90));
    const literals = Array.from(pixels.subarray(0, 90), (value): [number, number] => [value, 9]);
    expect((await read(tiff(tags, [bitsOf([[256, 9], ...literals])]))).pixels).toEqual(pixels.subarray(0, 90));
  });

  test('PackBits, where -128 says nothing', async () => {
    const packed = Uint8Array.of(128, 254, 7, 128, 1, 8, 9, 128);
    const {pixels} = await read(tiff(grey(5, 1, {[COMPRESSION]: PACKBITS}), [packed]));
    expect([...pixels]).toEqual([7, 7, 7, 8, 9]);
  });

  test('deflate of more than the strip holds', async () => {
    const packed = zlib.deflateSync(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]));
    expect([...(await read(tiff(grey(3, 2, {[COMPRESSION]: DEFLATE}), [packed]))).pixels]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('bytes that begin with their lowest bit, of 1, 8 and 16 bits', async () => {
    const reversed = {[FILL_ORDER]: 2};
    const eight = await read(tiff(grey(3, 1, reversed), [Uint8Array.of(0b1, 0b11010000, 0b10)]));
    expect([...eight.pixels]).toEqual([0b10000000, 0b1011, 0b1000000]);
    const sixteen = await read(tiff(grey(1, 1, {...reversed, [BITS]: 16}), [Uint8Array.of(0b1, 0b11010000)]));
    expect([...sixteen.pixels]).toEqual([0b1011_10000000]);
    const one = await read(tiff(grey(4, 2, {...reversed, [BITS]: 1}), [Uint8Array.of(0b0001, 0b1010)]));
    expect([...one.pixels]).toEqual([255, 0, 0, 0, 0, 255, 0, 255]);
  });

  test('channels of 4 and 12 bits, and one number of bits for all of them', async () => {
    const four = tiff(grey(1, 1, {[BITS]: 4, [SAMPLES]: 3, [COLOURS]: 2}), [Uint8Array.of(0x12, 0xf0)]);
    fs.writeFileSync(path.join(folder, 'four.tif'), four);
    expect([...(await readImage(path.join(folder, 'four.tif'))).pixels]).toEqual([17, 34, 255]);
    const twelve = tiff(grey(1, 1, {[BITS]: 12, [SAMPLES]: 3, [COLOURS]: 2}), [
      Uint8Array.of(0xab, 0xc1, 0x23, 0xff, 0xf0),
    ]);
    fs.writeFileSync(path.join(folder, 'twelve.tif'), twelve);
    expect([...(await readImage(path.join(folder, 'twelve.tif'))).pixels]).toEqual([0xabc, 0x123, 0xfff]);
  });

  test('whole numbers of 64 bits, where floats hold them', async () => {
    const tags = grey(2, 1, {[BITS]: 64, [FORMAT]: 2});
    const of = (...values: bigint[]) => [new Uint8Array(BigInt64Array.from(values).buffer)];
    expect((await read(tiff(tags, of(-3n, 2n ** 24n)))).pixels).toEqual(Float32Array.of(-3, 2 ** 24));
    await expect(read(tiff(tags, of(0n, 2n ** 53n + 1n)))).rejects.toThrow(
      /: it holds 9007199254740993, of type bigint64/,
    );
  });

  test('YCbCr by the formula of JPEG, unless several pixels share a colour', async () => {
    const tags = {...grey(2, 1), [COLOURS]: 6, [SAMPLES]: 3, [BITS]: {type: SHORT, values: [8, 8, 8]}};
    const strip = [Uint8Array.of(100, 90, 200, 30, 128, 128)];
    const file = path.join(folder, 'ycbcr.tif');
    fs.writeFileSync(file, tiff({...tags, 530: {type: SHORT, values: [1, 1]}}, strip));
    // 100 + 1.402 × 72 and so on, rounded; Pillow, which cuts off, has 200, 61, 32.
    expect([...(await readImage(file)).pixels]).toEqual([201, 62, 33, 30, 30, 30]);
    await expect(read(tiff(tags, strip))).rejects.toThrow(/: its colours are YCbCr, of which three channels/);
  });

  test('zero as white turns greys over, and no transparency', async () => {
    const tags = {...grey(2, 1), [COLOURS]: 0, [SAMPLES]: 2, 338: 2, [BITS]: {type: SHORT, values: [8, 8]}};
    const file = path.join(folder, 'white.tif');
    fs.writeFileSync(file, tiff(tags, [Uint8Array.of(255, 255, 55, 255)]));
    // Where nothing is transparent, the greys alone are left.
    expect([...(await readImage(file, {channels: 1})).pixels]).toEqual([0, 200]);
  });

  test('floats of 24 bits are refused with the sizes that are read', async () => {
    const floats = tiff(grey(1, 1, {[BITS]: 24, [FORMAT]: 3}), [Uint8Array.of(0, 0, 0)]);
    await expect(read(floats)).rejects.toThrow(/float, of 24 bits, aren't read; store them with 16, 32 or 64$/);
  });

  test('strips that are not packed where the file leaves out how long they are', async () => {
    const bytes = tiff(grey(3, 2, {[ROWS]: 1}), [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)]);
    const directory = bytes.readUInt32LE(4);
    for (let at = directory + 2; at < bytes.length - 4; at += 12) {
      // A private tag in place of StripByteCounts.
      if (bytes.readUInt16LE(at) === 279) bytes.writeUInt16LE(65000, at);
    }
    expect([...(await read(bytes)).pixels]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a strip without a predictor as it is, whatever the predictor tag says', async () => {
    const {pixels} = await read(tiff(grey(3, 1, {[PREDICTOR]: 2}), [Uint8Array.of(5, 5, 5)]));
    expect([...pixels]).toEqual([5, 5, 5]);
  });
});

const lzwOf = (codes: [number, number][]) => [bitsOf(codes)];
const tile = (width: number, height: number): Tags => ({322: width, 323: height});

describe('readImage(a damaged TIFF) refuses it at once, in one line', () => {
  const long = {type: LONG, values: [8], count: 2 ** 30};
  test.each<[string, Buffer, RegExp]>([
    ['an LZW code beyond its table', tiff(grey(9, 9, {[COMPRESSION]: LZW}), lzwOf([[256, 9], [65, 9], [300, 9]])), /: it is damaged: its LZW code 300 stands for nothing$/],
    ['an LZW code at the very beginning', tiff(grey(9, 9, {[COMPRESSION]: LZW}), lzwOf([[258, 9]])), /: it is damaged: its LZW code 258 stands for nothing$/],
    ['LZW that is too short', tiff(grey(9, 9, {[COMPRESSION]: LZW}), lzwOf([[256, 9], [65, 9], [257, 9]])), /: it is damaged or cut short$/],
    ['a megabyte of LZW for nine pixels that ends in nonsense', tiff(grey(9, 9, {[COMPRESSION]: LZW}), [Buffer.alloc(2 ** 20, 255)]), /: it is damaged/],
    ['deflate that makes a gigabyte', tiff(grey(9, 9, {[COMPRESSION]: DEFLATE}), [bomb()]), /: it is damaged or cut short$/],
    ['deflate that is none', tiff(grey(9, 9, {[COMPRESSION]: DEFLATE}), [Buffer.from('abcdefgh')]), /: it is damaged or cut short$/],
    ['PackBits that is too short', tiff(grey(9, 9, {[COMPRESSION]: PACKBITS}), [Uint8Array.of(250, 3)]), /: it is damaged or cut short$/],
    ['Zstandard that says it makes 2 GB', tiff(grey(9, 9, {[COMPRESSION]: ZSTANDARD}), [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 128, 1, 0, 0)]), /: it is damaged or cut short$/],
    ['Zstandard that is none', tiff(grey(9, 9, {[COMPRESSION]: ZSTANDARD}), [Buffer.alloc(64, 7)]), /: it is damaged or cut short$/],
    ['tiles of 2 ** 31 pixels a side', tiff({...grey(9, 9), ...tile(2 ** 31, 2 ** 31)}, [Buffer.alloc(81)], {isTiled: true}), /: it is damaged: its tiles have 2147483648 × 2147483648 pixels, the picture 9 × 9$/],
    ['tiles without a pixel', tiff({...grey(9, 9), ...tile(0, 16)}, [Buffer.alloc(81)], {isTiled: true}), /: it is damaged: its tiles have 0 × 16 pixels$/],
    ['fewer tiles than it needs', tiff({...grey(40, 40), ...tile(16, 16)}, [Buffer.alloc(2000)], {isTiled: true}), /: it is damaged: it should have 9 strips or tiles, and says where 1 are$/],
    ['a strip behind the end', tiff(grey(9, 9, {273: 2 ** 31}), [Buffer.alloc(81)]), /: it is damaged or cut short$/],
    ['strips whose places are more than the file holds', tiff(grey(9, 9, {273: long}), [Buffer.alloc(81)]), /: it is damaged: its tag StripOffsets holds 1073741824 values, more than there are in the file$/],
    ['a width that is text', tiff(grey(9, 9, {[WIDTH]: {type: TEXT, values: [57]}}), [Buffer.alloc(81)]), /: it is damaged: its tag ImageWidth holds text$/],
    ['a height that is a list', tiff(grey(9, 9, {[HEIGHT]: {type: SHORT, values: [3, 3, 3]}}), [Buffer.alloc(81)]), /: it is damaged: its tag ImageLength holds 3 values, not one$/],
    ['numbers of bits that are text', tiff(grey(9, 9, {[BITS]: {type: TEXT, values: [56, 10, 56, 10, 0]}}), [Buffer.alloc(81)]), /: it is damaged: its tag BitsPerSample holds text$/],
    ['channels that are fractions', tiff(grey(9, 9, {[SAMPLES]: {type: 5, values: [], count: 1}}), [Buffer.alloc(81)]), /: it is damaged: its tag SamplesPerPixel holds no whole numbers$/],
    ['4 billion channels', tiff(grey(9, 9, {[SAMPLES]: 2 ** 32 - 1}), [Buffer.alloc(81)]), /: it is damaged: 9 × 9 pixels of 4294967295 channels can't be in \d+ bytes$/],
    ['channels of 8 and of 16 bits', tiff(grey(1, 1, {[SAMPLES]: 2, [BITS]: {type: SHORT, values: [8, 16]}}), [Buffer.alloc(3)]), /: its channels are of the bits 8, 16; expected the same of all$/],
    ['LZMA, of which sharp would make zeros', tiff(grey(9, 9, {[COMPRESSION]: 34925}), [Buffer.alloc(81)]), /: its compression, number 34925, isn't read; store it with LZW, deflate, Zstandard or none$/],
    ['a next page outside the file', tiff(grey(9, 9), [Buffer.alloc(81)], {next: 2 ** 31}), /: it is damaged or cut short$/],
  ])('%s', async (_, bytes, message) => {
    const before = process.resourceUsage().maxRSS;
    const start = performance.now();
    await expect(read(bytes)).rejects.toThrow(message);
    // Some 10 ms; what is unpacked without bounds takes seconds and gigabytes.
    expect(performance.now() - start).toBeLessThan(2000);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(300_000);
  }); // prettier-ignore

  test('a JPEG with less than its strip, of which libtiff makes up the rest', async () => {
    const jpeg = await sharp({create: {width: 16, height: 16, channels: 3, background: 'red'}})
      .jpeg()
      .toBuffer();
    const tags = (width: number, height: number): Tags => ({
      ...grey(width, height),
      [BITS]: {type: SHORT, values: [8, 8, 8]},
      [COMPRESSION]: 7,
      [COLOURS]: 6,
      [SAMPLES]: 3,
    });
    expect((await read(tiff(tags(16, 16), [jpeg]))).shape).toEqual([1, 16, 16]);
    for (const [width, height] of [[17, 16], [16, 40], [2 ** 20, 16]] as const) {
      await expect(read(tiff(tags(width, height), [jpeg]))).rejects.toThrow(/: it is damaged or cut short$/);
    } // prettier-ignore
    const wide = tiff({...tags(16, 16), ...tile(2 ** 31, 16)}, [jpeg], {isTiled: true});
    await expect(read(wide)).rejects.toThrow(/: it is damaged: its tiles have 2147483648 × 16 pixels/);
  });

  test('a fax of more rows than it has bits', async () => {
    const tags = grey(8, 1_000_000, {[BITS]: 1, [COMPRESSION]: 4});
    await expect(read(tiff(tags, [Buffer.alloc(81)]))).rejects.toThrow(
      /: it is damaged: 8 × 1000000 pixels can't be in/,
    );
  });

  test('directories that name one another are read once', async () => {
    const pixels = varied(81);
    const plain = tiff(grey(9, 9), [pixels]);
    const directory = plain.readUInt32LE(4);
    expect((await read(tiff(grey(9, 9), [pixels], {next: directory}))).pixels).toEqual(pixels);
  });

  test('directories that lie in one another, by thousands', async () => {
    const bytes = Buffer.alloc(2 ** 20);
    bytes.write('II*\0', 'latin1');
    bytes.writeUInt32LE(8, 4);
    // Each says 20,000 tags, and its next one lies two bytes further.
    for (let at = 8; at < 100_000; at += 2) bytes.writeUInt16LE(20_000, at);
    for (let at = 8; at < 100_000; at += 14) bytes.writeUInt32LE(at + 14, at + 2 + 12 * 20_000);
    await expect(read(bytes)).rejects.toThrow(/: it is damaged/);
  });
});

function bomb(): Buffer {
  const zeros = Buffer.alloc(2 ** 24);
  // Raw blocks of deflate, byte after byte, can follow one another.
  const block = zlib.deflateRawSync(zeros, {finishFlush: zlib.constants.Z_FULL_FLUSH});
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({length: 64}, () => block)]);
}
