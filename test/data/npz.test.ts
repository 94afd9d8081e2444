// NumPy is the oracle: test/fixtures/numpy/make.py wrote the files, and what is in them as JSON.
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {npz} from 'convlab';

const fixture = (name: string) => path.join(__dirname, '../fixtures/numpy', name);
const json = (name: string): unknown => JSON.parse(fs.readFileSync(fixture(name), 'utf8'));
const expected = json('arrays.json') as Record<string, {dtype: string; shape: number[]; data: string[]}>;
/** Python writes inf and nan for JavaScript's Infinity and NaN. */
const number = (text: string) => Number(text.replace('inf', 'Infinity').replace('nan', 'NaN'));

describe.each(['stored.npz', 'deflated.npz'])('npz.read(%s)', (file) => {
  test('finds every array', async () => {
    expect(Object.keys(await npz.read(fixture(file)))).toEqual(Object.keys(expected));
  });

  test.each(Object.keys(expected))('reads %s as NumPy does', async (name) => {
    const {dtype, shape, data} = (await npz.read(fixture(file), [name]))[name]!;
    expect({dtype, shape}).toEqual({dtype: expected[name]!.dtype, shape: expected[name]!.shape});
    const bigint = dtype.endsWith('int64');
    // toEqual tells -0 from 0, and finds NaN equal to itself.
    expect([...data]).toEqual(expected[name]!.data.map((text) => (bigint ? BigInt(text) : number(text))));
  });
});

describe('npz.read(file)', () => {
  test.each([
    ['arrays.json', [], /^npz.read: .*arrays.json: it is not a whole zip archive$/],
    ['text.npy', [], /^npz.read: .*text.npy: it is a single array, .*; npy.read reads it/],
    ['nowhere.npz', [], /^npz.read: .*nowhere.npz: there is no such file$/],
    ['keras.npz', ['z'], /^npz.read: .*keras.npz: there is no array 'z' in it$/],
  ])('of %s says what is wrong', async (file, names, message) => {
    await expect(npz.read(fixture(file), names)).rejects.toThrow(message);
  });
});

describe('npz.load(file)', () => {
  const pixels = json('datasets.json') as {keras: number[][][]; medmnist: number[][][][]};

  test('makes a data set of arrays with the names that Keras uses, and of 64-bit labels', async () => {
    const {name, classNames, train, test: testSet} = await npz.load(fixture('keras.npz'));
    expect({name, classNames}).toEqual({name: 'keras', classNames: ['0', '1', '2', '3']});
    expect(train.shape).toEqual([3, 4, 3]);
    expect([...train.pixels, ...testSet.pixels]).toEqual(pixels.keras.flat(2));
    expect([[...train.labels], [...testSet.labels]]).toEqual([
      [2, 0, 1],
      [1, 3],
    ]);
  });

  test('makes one of colour pictures with the names that MedMNIST uses', async () => {
    const classNames = ['healthy', 'ill'];
    const {
      train,
      validation,
      test: testSet,
      ...rest
    } = await npz.load(fixture('medmnist.npz'), {name: 'Med', classNames});
    expect(rest).toEqual({name: 'Med', classNames, skipped: []});
    expect(validation!.shape.slice(1)).toEqual([2, 2, 3]);
    expect([train.shape, testSet.shape]).toEqual([
      [2, 2, 2, 3],
      [1, 2, 2, 3],
    ]);
    expect([...train.pixels]).toEqual(pixels.medmnist.slice(0, 2).flat(3));
    expect([...train.labels, ...testSet.labels]).toEqual([1, 0, 1]);
  });

  test.each([
    ['negative.npz', /'y_train' holds -1 at \d+; labels are class numbers from 0 to 255$/],
    ['stored.npz', /expected the arrays x_train, y_train, x_test, y_test, or X and y, got b1-little-rows, .*npz.read/],
  ])('refuses %s and says why', async (file, message) => {
    await expect(npz.load(fixture(file))).rejects.toThrow(message);
  });

  test('refuses too few names for the classes', async () => {
    await expect(npz.load(fixture('keras.npz'), {classNames: ['a', 'b']})).rejects.toThrow(
      'npz.load: labels go up to 3 but there are 2 classNames',
    );
  });
});
