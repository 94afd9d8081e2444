import {expect, test} from '@jest/globals';
import {readHdf5, readHdf5Arrays, writeHdf5, type Hdf5} from '../../lib/src/files/hdf5';

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
  const read = await readHdf5(await writeHdf5(structuredClone(file)));
  expect(read.attributes.get('')!.get('text')).toBe('é'.repeat(70_000));
  expect(read.attributes.get('group/inner')!.get('names')).toEqual(['a', 'b/c']);
  expect(read.arrays.get('group/inner/weights:0')).toEqual(file.arrays.get('group/inner/weights:0'));
  expect(read.arrays.get('steps')).toEqual(file.arrays.get('steps'));
  expect(read.arrays.get('empty')!.shape).toEqual([0, 4]);
});

test('readHdf5() turns whatever HDF5 finds wrong into an error, and works on afterwards', async () => {
  const bytes = await writeHdf5({
    attributes: new Map(),
    arrays: new Map([['a', {shape: [1000], data: new Float32Array(1000)}]]),
  });
  await expect(readHdf5(new Uint8Array(100))).rejects.toThrow(/./);
  await expect(readHdf5(bytes.slice(0, 1000))).rejects.toThrow(/truncated file/);
  expect((await readHdf5(bytes)).arrays.get('a')!.shape).toEqual([1000]);
});

test('readHdf5Arrays() reads what is asked for, and lists what is there when it is not', async () => {
  const bytes = await writeHdf5({
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
