// NumPy is the oracle: test/fixtures/numpy/make.py wrote the files, and what is in them as JSON.
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {npy, tf} from 'convlab';

const fixture = (name: string) => path.join(__dirname, '../fixtures/numpy', name);

/** A .npy file with this header. */
function npyFile(header: string, data: number[] = [], version = 1): Buffer {
  const length = version === 1 ? Buffer.alloc(2) : Buffer.alloc(4);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  return Buffer.concat([
    Buffer.from('\x93NUMPY', 'latin1'),
    Buffer.from([version, 0]),
    length,
    Buffer.from(header, 'latin1'),
    Buffer.from(data),
  ]);
}
const header = (descr: string, shape: string) => `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }\n`;

describe('npy.parse(bytes)', () => {
  test('reads the elements wherever the bytes lie in a larger buffer', () => {
    const file = npyFile(header("'<u2'", '(2,)'), [1, 0, 0, 1]);
    const bytes = Buffer.concat([Buffer.from([9]), file]).subarray(1);
    expect(npy.parse(bytes)).toEqual({shape: [2], dtype: 'uint16', data: Uint16Array.of(1, 256)});
  });

  test('reads lengths as Python 2 wrote them on Windows', () => {
    expect(npy.parse(npyFile(header("'|u1'", '(2L, 1L)'), [7, 8])).shape).toEqual([2, 1]);
  });

  test.each([
    ['an empty file', Buffer.alloc(0), /weights: expected a .npy file, which begins with .*, got 0 bytes/],
    ['a pickle', Buffer.from([0x80, 4, 0x95, 0, 0, 0]), /it is a pickle, and reading one runs the code in it/],
    ['another version', npyFile(header("'|u1'", '(0,)'), [], 4), /expected version 1, 2 or 3 of .npy, got 4/],
    ['a header that ends early', npyFile(header("'|u1'", '(0,)')).subarray(0, 20), /header of \d+ bytes doesn't fit/],
    ['four bytes for a length, cut', npyFile('', [], 2).subarray(0, 11), /a header of Infinity bytes doesn't fit/],
    ['a header of megabytes', npyFile(' '.repeat(20_000)), /header of 20000 bytes .* is too long/],
    ['a header that is no dict', npyFile('(1, 2)'), /can't read the .npy header "\(1, 2\)"/],
    ['code in the header', npyFile(header("__import__('os')", '(1,)')), /can't read the .npy header/],
    ['another type', npyFile(header("'<f16'", '(1,)')), /type '<f16' are not read, only bool, integers and floats/],
    ['a name that every object has', npyFile(header("'<constructor'", '(1,)')), /type '<constructor' are not read/],
    ['too few elements', npyFile(header("'<i4'", '(2,)'), [1]), /int32 of shape \[2\] needs 8 bytes .* cut short/],
    ['too many', npyFile(header("'|u1'", '()'), [1, 2]), /shape \[\] needs 1 bytes .*, got 2; .* longer than it says/],
    ['absurd lengths', npyFile(header("'|u1'", '(4294967295, 4294967295)'), [1]), /cut short/],
    ['a length beyond numbers', npyFile(header("'|u1'", '(99999999999999999999, 0)')), /can't read the shape/],
  ])('rejects %s', (_, bytes, message) => {
    expect(() => npy.parse(bytes, 'weights')).toThrow(message);
  });
});

describe('npy.read(file)', () => {
  test.each([1, 2, 3])('reads version %i of the format', async (version) => {
    const expected = JSON.parse(fs.readFileSync(fixture('arrays.json'), 'utf8')) as Record<string, {data: string[]}>;
    const {shape, data} = await npy.read(fixture(`version${version}.npy`));
    expect(shape).toEqual([2, 3, 4]);
    expect([...data]).toEqual(expected['f4-big-columns']!.data.map(Number));
    expect(tf.tensor(Float32Array.from(data, Number), shape).shape).toEqual([2, 3, 4]); // as the documentation says
  });

  test.each([
    [
      'objects',
      /objects.npy: it holds Python objects, and reading them runs code; .* y.astype\(str\) where they are texts/,
    ],
    ['records', /records.npy: records of several fields are not read/],
    ['complex', /type '<c8' are not read/],
    ['text', /text.npy: it holds text, expected numbers; of labels numpy.unique\(y, return_inverse=True\) makes/],
    ['dates', /type '<M8\[D\]' are not read/],
  ])('refuses %s', async (name, message) => {
    await expect(npy.read(fixture(`${name}.npy`))).rejects.toThrow(message);
  });

  test('names the file with its folder, and itself', async () => {
    await expect(npy.read(fixture('text.npy'))).rejects.toThrow(`npy.read: ${fixture('text.npy')}: it holds text`);
  });

  test('names a file that is missing', async () => {
    await expect(npy.read('nowhere.npy')).rejects.toThrow('npy.read: nowhere.npy: there is no such file');
  });
});
