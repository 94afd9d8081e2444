// What is written is read again by npy.parse, which NumPy's own files have tested; NumPy reads it in test/python.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {npy, tf} from 'convlab';

describe('npy.write(file, array)', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-npy-'));
  });
  afterAll(() => {
    fs.rmSync(folder, {recursive: true});
  });
  const written = async (array: Parameters<typeof npy.write>[1]) => {
    const file = path.join(folder, 'array.npy');
    await npy.write(file, array);
    return npy.read(file);
  };

  test.each([
    Uint8Array.of(0, 255),
    Int8Array.of(-128, 127),
    Uint16Array.of(0, 65535),
    Int16Array.of(-32768, 32767),
    Uint32Array.of(0, 2 ** 32 - 1),
    Int32Array.of(-(2 ** 31), 2 ** 31 - 1),
    Float32Array.of(0.1, Infinity),
    Float64Array.of(0.1, NaN),
    BigInt64Array.of(-5n, 2n ** 62n),
    BigUint64Array.of(2n ** 64n - 1n),
  ])('keeps the elements of %o', async (data) => {
    const dtype = data.constructor.name.replace('Big', '').replace('Array', '').toLowerCase();
    expect(await written(data)).toEqual({shape: [data.length], dtype, data});
  });

  test('keeps the shape of a tensor, and its type', async () => {
    expect(await written(tf.tensor2d([[1.5, 2, 3]]))).toEqual({
      shape: [1, 3],
      dtype: 'float32',
      data: Float32Array.of(1.5, 2, 3),
    });
    expect(await written(tf.scalar(true))).toEqual({shape: [], dtype: 'bool', data: Uint8Array.of(1)});
    expect(await written(tf.zeros([2, 0, 3], 'int32'))).toMatchObject({shape: [2, 0, 3], dtype: 'int32'});
  });

  test('takes numbers with their shape, and a part of a larger buffer', async () => {
    const part = Uint16Array.of(9, 1, 2, 3, 4).subarray(1);
    expect(await written({data: part, shape: [2, 2]})).toEqual({
      shape: [2, 2],
      dtype: 'uint16',
      data: Uint16Array.of(1, 2, 3, 4),
    });
  });

  test('the elements begin at a multiple of 64 bytes', async () => {
    for (const shape of [[1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]]) {
      await npy.write(path.join(folder, 'one.npy'), {data: Uint8Array.of(7), shape});
      expect((fs.statSync(path.join(folder, 'one.npy')).size - 1) % 64).toBe(0);
    }
  });

  test('says what it takes, and what does not fit', async () => {
    const file = path.join(folder, 'no.npy');
    await expect(npy.write(file, [1, 2] as never)).rejects.toThrow(/npy.write: array must be a tensor, a typed array/);
    const gone = tf.tensor([1]);
    gone.dispose();
    await expect(npy.write(file, gone)).rejects.toThrow(/array must be .*, got a tensor that was disposed/);
    await expect(npy.write(file, {data: Uint8Array.of(1), shape: [2]})).rejects.toThrow(/\[2\] needs 2 numbers, got 1/);
    await expect(npy.write(file, tf.tensor(['a']))).rejects.toThrow(/a tensor of numbers, got one of type string/);
    await expect(npy.write(path.join(folder, 'none', 'a.npy'), Uint8Array.of(1))).rejects.toThrow(/there is no folder/);
    expect(fs.existsSync(file)).toBe(false);
  });
});
