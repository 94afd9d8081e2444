import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import {describe, expect, test} from '@jest/globals';
import {readImage} from 'convlab';
import {
  SHORT,
  BITS,
  COMPRESSION,
  COLOURS,
  FILL_ORDER,
  SAMPLES,
  ROWS,
  PREDICTOR,
  FORMAT,
  LZW,
  DEFLATE,
  PACKBITS,
  tiff,
  read,
  grey,
  bitsOf,
  packLzw,
  varied,
  folder,
} from './byHand';

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

  describe('transparency', () => {
    const withAlpha = (bits: number, more: object) => ({
      ...grey(2, 1),
      [SAMPLES]: 2,
      338: 2,
      [BITS]: {type: SHORT, values: [bits, bits]},
      ...more,
    });
    const readGrey = async (bytes: Uint8Array) => {
      const file = path.join(folder, 'alpha.tif');
      fs.writeFileSync(file, bytes);
      return [...(await readImage(file, {channels: 1})).pixels];
    };

    test('of 12 bits is opaque at 4095, which is white, too', async () => {
      const values = [100, 4095, 100, 0].map((value): [number, number] => [value, 12]);
      expect(await readGrey(tiff(withAlpha(12, {}), [bitsOf(values)]))).toEqual([100, 4095]);
    });

    test('of numbers with a sign is refused, as floats don’t tell what was opaque', async () => {
      const values = Uint8Array.from(Buffer.from(Int16Array.of(100, 32767, 100, 0).buffer));
      await expect(readGrey(tiff(withAlpha(16, {[FORMAT]: {type: SHORT, values: [2, 2]}}), [values]))).rejects.toThrow(
        /its channel for transparency holds 32767, where 0 is clear and 1 opaque; choose its colours alone, channels: \[0\]$/,
      );
    });
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
