import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {hdf5} from 'convlab';
import {hdf5 as hdf5File} from '../files/made';
import {temporaryFolder} from '../folder';
import {listenToNotes, told} from '../notes';
import {expected, expectSet, fixture} from './arrayFixtures';

const folder = temporaryFolder();
listenToNotes();

describe('hdf5.load(file, {images, labels})', () => {
  const names = {images: 'images', labels: 'labels'};

  test('reads data sets by their names, in groups, too', async () => {
    const {
      name,
      train,
      test: tested,
    } = await hdf5.load(fixture('sets.h5'), {
      ...names,
      test: {images: '/more/x_test', labels: 'more/y_test'},
      split: {validation: 0},
    });
    expect([name, train.length]).toEqual(['sets', 10]);
    expectSet(tested, 'sets.h5', 'more/x_test', 'more/y_test');
    const order = [...train.pixels].join();
    const images = expected['sets.h5']!.images!.data;
    for (let i = 0; i < 10; i++) expect(order).toContain(images.slice(6 * i, 6 * i + 6).join());
  });

  test('reads true and false, as masks are kept, as 1 and 0', async () => {
    const {train} = await hdf5.load(fixture('bools.h5'), {images: 'masks', labels: 'ill', split: {test: 0}});
    expectSet(train, 'bools.h5', 'masks', 'ill');
    expect(train.pixels).toBeInstanceOf(Uint8Array);
  });

  test('draws the parts that have no name', async () => {
    const {
      train,
      validation,
      test: tested,
    } = await hdf5.load(fixture('sets.h5'), {
      images: 'float/x',
      labels: 'labels',
      split: {validation: 0.2, test: 0.2},
    });
    expect([train.length, validation!.length, tested.length]).toEqual([6, 2, 2]);
    expect([...tested.labels].sort()).toEqual([0, 1]);
    expect(train.pixels).toBeInstanceOf(Float32Array);
  });

  test('takes images and labels from files of their own, as PatchCamelyon has them', async () => {
    const write = async (name: string, array: string, shape: number[], values: number[]) => {
      const file = path.join(folder, name);
      const arrays = new Map([[array, {shape, data: Uint8Array.from(values)}]]);
      fs.writeFileSync(file, await hdf5File({attributes: new Map(), arrays}));
      return file;
    };
    const file = await write('train_x.h5', 'x', [3, 1, 2], [1, 2, 3, 4, 5, 6]);
    const labelsFile = await write('train_y.h5', 'y', [3, 1, 1, 1], [1, 0, 1]);
    const test = {
      file: await write('test_x.h5', 'x', [2, 1, 2], [7, 8, 9, 10]),
      labelsFile: await write('test_y.h5', 'y', [2, 1, 1, 1], [0, 1]),
    };
    const at = {images: 'x', labels: 'y'};
    const set = await hdf5.load(file, {...at, labelsFile, test: {...at, ...test}});
    expect([[...set.train.pixels], [...set.train.labels]]).toEqual([
      [1, 2, 3, 4, 5, 6],
      [1, 0, 1],
    ]);
    expect([[...set.test.pixels], [...set.test.labels]]).toEqual([
      [7, 8, 9, 10],
      [0, 1],
    ]);
    await expect(hdf5.load(file, at)).rejects.toThrow(
      /train_x.h5: there are no numbers under 'y'; it holds x \[3, 1, 2\]; .*labelsFile/,
    );
  });

  test.each(['u2', 'i4', 'f2', 'f4', 'f8', 'inside'])(
    'reads numbers with the highest byte first: %s',
    async (images) => {
      const {train} = await hdf5.load(fixture('foreign.h5'), {images, labels: 'labels', split: {test: 0}});
      expect([...train.pixels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      expect([...train.labels]).toEqual([0, 1, 1, 0]);
    },
  );

  test.each([
    ['outside', "'outside' is put together from other files, as other.h5; save the values themselves"],
    ['missing', "'missing' is put together from 'nowhere', which isn't there"],
    ['external', "'external' keeps its values in another file, as external storage; save the values themselves"],
    ['large', /'large' of shape \[.*\] is larger than the file: it is cut short, or keeps its values in another file/],
    ['text', "'text' holds text, expected numbers; of labels numpy.unique(y, return_inverse=True) makes"],
    ['words', "'words' holds text, expected numbers"],
    ['lzf', "'lzf' is packed with lzf; save it with gzip, as h5py calls it, or as it is"],
  ])('refuses values that HDF5 would make up, or not unpack: %s', async (images, message) => {
    await expect(hdf5.load(fixture('foreign.h5'), {images, labels: 'labels'})).rejects.toThrow(message);
  });

  test('lists what is there when a name is wrong', async () => {
    await expect(hdf5.load(fixture('sets.h5'), {...names, images: 'pictures'})).rejects.toThrow(
      /^hdf5.load: .*sets.h5: there are no numbers under 'pictures'; it holds .*images \[10, 2, 3\].*more\/x_test \[2, 2, 3\]/,
    );
  });

  test('refuses labels of other images, and what is no HDF5', async () => {
    await expect(hdf5.load(fixture('sets.h5'), {...names, labels: 'more/y_test'})).rejects.toThrow(
      /'images' has shape \[10, 2, 3\], so 10 images, and .*'more\/y_test' has 2 labels; expected one an image/,
    );
    await expect(hdf5.load(fixture('med.npz'), names)).rejects.toThrow(/^hdf5.load: .*med.npz: ./);
    await expect(hdf5.load('/nowhere.h5', names)).rejects.toThrow('hdf5.load: /nowhere.h5: there is no such file');
    await expect(hdf5.load(fixture('sets.h5'), {...names, test: names, split: {test: 0.1}})).rejects.toThrow(
      'test names its data sets, so none is drawn; leave split.test out',
    );
  });
});

test('NaN and infinite pixels are counted in a note', async () => {
  const [nan, infinity] = [
    [0, 0.5, NaN, NaN],
    [0, 0.5, 1, -Infinity],
  ].map((row) => Float32Array.from(row));
  const file = path.join(folder, 'nan.h5');
  const arrays = new Map([
    ['x', {shape: [4, 1, 2], data: Float32Array.from([...nan!, 1, 2, 3, 4])}],
    ['y', {shape: [4], data: Uint8Array.of(0, 1, 0, 1)}],
    ['x_test', {shape: [2, 1, 2], data: infinity!}],
    ['y_test', {shape: [2], data: Uint8Array.of(0, 1)}],
  ]);
  fs.writeFileSync(file, await hdf5File({attributes: new Map(), arrays}));
  await hdf5.load(file, {images: 'x', labels: 'y', test: {images: 'x_test', labels: 'y_test'}});
  expect(told).toEqual([
    expect.stringMatching(/^Note: train has 2 values that are NaN or infinite, in 1 of its 4 pictures; a network/),
    expect.stringMatching(/^Note: test has 1 value that is NaN or infinite, in 1 of its 2 pictures; a network/),
  ]);
});
