import zlib from 'node:zlib';
import {describe, expect, test} from '@jest/globals';
import {gunzip} from '../../lib/src/files/gzip';

const text = Buffer.from('a digit is a picture of 28 by 28 pixels '.repeat(5000));
const zipped = zlib.gzipSync(text);

/** The same bytes with another length written at the end. */
const saying = (length: number) => {
  const lying = Buffer.from(zipped);
  lying.writeUInt32LE(length, lying.length - 4);
  return lying;
};

describe('gunzip', () => {
  test('gives back what was zipped', async () => {
    expect(Buffer.compare(await gunzip(zipped, 'file'), text)).toBe(0);
  });

  test('joins a file of two parts, whose end tells the length of the second only', async () => {
    const two = Buffer.concat([zipped, zlib.gzipSync('!')]);
    expect(Buffer.compare(await gunzip(two, 'file'), Buffer.concat([text, Buffer.from('!')]))).toBe(0);
  });

  test.each([0, 7, 2 ** 32 - 1])('refuses a file that says it is %d bytes long when it is not', async (length) => {
    await expect(gunzip(saying(length), 'digits.gz')).rejects.toThrow(/^digits.gz: can't be unzipped \(incorrect/);
  });

  test('refuses more than it was told to expect', async () => {
    await expect(gunzip(zipped, 'digits.gz', 1000)).rejects.toThrow(/^digits.gz: can't be unzipped .*1000/);
  });

  test.each([0, 3, 17])('refuses what is left of a file after %d bytes', async (length) => {
    await expect(gunzip(zipped.subarray(0, length), 'digits.gz')).rejects.toThrow(/^digits.gz: can't be unzipped/);
  });
});
