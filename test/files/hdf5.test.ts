import {expect, test} from '@jest/globals';
import {open, readFile} from 'node:fs/promises';
import path from 'node:path';
import {
  readHdf5,
  readHdf5Arrays,
  writeHdf5,
  type ArrayToWrite,
  type Hdf5,
  type Hdf5ToWrite,
} from '../../lib/src/files/hdf5';
import {temporaryFolder} from '../../lib/src/files/temporaryFolder';
import {hdf5} from './made';

test('readHdf5() gives back what writeHdf5() wrote', async () => {
  const file: Hdf5 = {
    attributes: new Map([
      ['', new Map([['text', 'é'.repeat(70_000)]])],
      ['group/inner', new Map<string, string | string[]>([['names', ['a', 'b/c']], ['none', []]])], // prettier-ignore
    ]),
    arrays: new Map([
      ['group/inner/weights:0', {shape: [2, 3], data: Float32Array.of(1, -0, NaN, Infinity, 1e-45, 0.1)}],
      ['empty', {shape: [0, 4], data: new Float32Array()}],
      ['steps', {shape: [], data: BigInt64Array.of(5n)}],
    ]),
  };
  const read = await readHdf5(await hdf5(structuredClone(file)));
  expect(read.attributes.get('')!.get('text')).toBe('é'.repeat(70_000));
  expect(read.attributes.get('group/inner')!.get('names')).toEqual(['a', 'b/c']);
  expect(read.arrays.get('group/inner/weights:0')).toEqual(file.arrays.get('group/inner/weights:0'));
  expect(read.arrays.get('steps')).toEqual(file.arrays.get('steps'));
  expect(read.arrays.get('empty')!.shape).toEqual([0, 4]);
});

test('readHdf5() turns whatever HDF5 finds wrong into an error, and works on afterwards', async () => {
  const bytes = await hdf5({
    attributes: new Map(),
    arrays: new Map([['a', {shape: [1000], data: new Float32Array(1000)}]]),
  });
  await expect(readHdf5(new Uint8Array(100))).rejects.toThrow(/./);
  await expect(readHdf5(bytes.slice(0, 1000))).rejects.toThrow(/truncated file/);
  expect((await readHdf5(bytes)).arrays.get('a')!.shape).toEqual([1000]);
});

test('readHdf5Arrays() reads what is asked for, and lists what is there when it is not', async () => {
  const bytes = await hdf5({
    attributes: new Map(),
    arrays: new Map([
      ['set/images', {shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4)}],
      ['labels', {shape: [2], data: Int32Array.of(5, 6)}],
    ]),
  });
  expect([...(await readHdf5Arrays(bytes.slice(), ['labels']))]).toEqual([
    ['labels', {shape: [2], data: Int32Array.of(5, 6)}],
  ]);
  await expect(readHdf5Arrays(bytes, ['images'])).rejects.toThrow(
    "there are no numbers under 'images'; it holds labels [2], set/images [2, 2]",
  );
});

test('writeHdf5() and readHdf5() move large pending arrays between file and memory, wherever the file begins in another', async () => {
  const floats = Float32Array.from({length: 2 ** 19 + 1}, (_, i) => Math.fround(i / 7));
  const equal = (data: ArrayBufferView) =>
    data instanceof Float32Array && Buffer.from(data.buffer).equals(Buffer.from(floats.buffer));
  const pending = (shape: number[]) => ({shape, read: () => floats, free: () => undefined});
  const content = (): Hdf5ToWrite => ({
    attributes: new Map([['', new Map([['text', 'x']])]]),
    arrays: new Map<string, ArrayToWrite>([
      ['a/first', pending([floats.length])],
      ['a/small', {shape: [2], data: Float32Array.of(1, 2)}],
      ['b', pending([1, floats.length])],
    ]),
  });
  const {folder, remove} = temporaryFolder('convlab-hdf5-');
  const name = path.join(folder, 'file');
  const file = await open(name, 'wx+');
  try {
    const length = await writeHdf5(content(), file, 1001);
    const read = await readHdf5({file, start: 1001, length});
    expect([...read.arrays.keys()].sort()).toEqual(['a/first', 'a/small', 'b']);
    expect(read.arrays.get('a/first')!.shape).toEqual([floats.length]);
    expect(equal(read.arrays.get('a/first')!.data)).toBe(true);
    expect(read.arrays.get('b')!.shape).toEqual([1, floats.length]);
    expect(equal(read.arrays.get('b')!.data)).toBe(true);
    expect(read.arrays.get('a/small')!.data).toEqual(Float32Array.of(1, 2));
    // From memory the same arrays come through the thread.
    const inMemory = await readHdf5(new Uint8Array((await readFile(name)).subarray(1001)));
    expect(equal(inMemory.arrays.get('b')!.data)).toBe(true);
    await file.truncate(1001 + length - 1);
    await expect(readHdf5({file, start: 1001, length: length - 1})).rejects.toThrow(/truncated file/);
  } finally {
    await file.close();
    remove();
  }
});

test('writeHdf5() refuses an array that HDF5 could not write', async () => {
  const shape = [23_171, 23_171];
  const array = {shape, read: () => new Float32Array(), free: () => undefined};
  await expect(hdf5({attributes: new Map(), arrays: new Map([['kernel', array]])})).rejects.toThrow(
    "array 'kernel' takes 2.0 GB, and HDF5 can't write more than 2 GB in one array here",
  );
});
