import zlib from 'node:zlib';
import {describe, expect, test} from '@jest/globals';
import sharp from 'sharp';
import {seededRandom} from '../../../../lib/src/random';
import {
  TEXT,
  SHORT,
  LONG,
  WIDTH,
  HEIGHT,
  BITS,
  COMPRESSION,
  COLOURS,
  SAMPLES,
  LZW,
  DEFLATE,
  PACKBITS,
  ZSTANDARD,
  tiff,
  read,
  grey,
  bitsOf,
  varied,
  type Tags,
} from './byHand';

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

  test('JPEG that libvips would read otherwise than it is: tiles it cuts short, and channels that nothing names', async () => {
    const random = seededRandom(1);
    const noise = Uint8Array.from({length: 3 * 256}, () => 256 * random());
    const jpegOf = (channels: 1 | 3) =>
      sharp(noise.subarray(0, 256 * channels), {raw: {width: 16, height: 16, channels}})
        .toColourspace(channels === 1 ? 'b-w' : 'srgb')
        .jpeg({quality: 100, optimiseCoding: false})
        .toBuffer();
    const [one, three] = [await jpegOf(1), await jpegOf(3)];
    expect(one.length).toBeGreaterThan(2 * 256);
    const tags = grey(16, 16, {[COMPRESSION]: 7});
    const whole = await read(tiff(tags, [one]));
    expect(whole.pixels[0]).toBeCloseTo(noise[0]!, -1);
    await expect(read(tiff({...tags, ...tile(16, 16)}, [one], {isTiled: true}))).rejects.toThrow(
      /: it holds JPEG in tiles that take twice as many bytes as their pixels; store it with LZW, deflate or none$/,
    );
    const bits = {type: SHORT, values: [8, 8, 8]};
    await expect(read(tiff({...tags, [BITS]: bits, [SAMPLES]: 3}, [three]))).rejects.toThrow(
      /: it has 3 channels of 8 bits with compression 7; store it with LZW, deflate or none$/,
    );
    const planes = {...tags, ...tile(16, 16), [BITS]: bits, [SAMPLES]: 3, [COLOURS]: 2, 284: 2};
    await expect(read(tiff(planes, [one, one, one], {isTiled: true}))).rejects.toThrow(
      /: it holds JPEG in tiles of one channel each; store it with LZW, deflate or none$/,
    );
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
