import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {csv, hdf5, npy, npz} from 'convlab';
import {zip} from '../files/made';
import {temporaryFolder} from '../folder';
import {listenToNotes, told} from '../notes';
import {expectSet, fixture} from './arrayFixtures';

const folder = temporaryFolder();
listenToNotes();

describe('npz.load(file)', () => {
  test("takes MedMNIST's val_images for validation, and labels [n, 1] as [n]", async () => {
    const {train, validation, test: tested, classNames} = await npz.load(fixture('med.npz'));
    expectSet(train, 'med.npz', 'train_images', 'train_labels');
    expectSet(validation!, 'med.npz', 'val_images', 'val_labels');
    expectSet(tested, 'med.npz', 'test_images', 'test_labels');
    expect([classNames, told]).toEqual([['0', '1', '2'], []]);
  });

  test.each([
    ['sixteen.npz', Uint16Array],
    ['int64-bytes.npz', Uint8Array],
    ['int32-large.npz', Float32Array],
    ['float32.npz', Float32Array],
    ['with-names.npz', Uint8Array],
  ])('keeps the values of %s', async (file, depth) => {
    const {train, validation, test: tested} = await npz.load(fixture(file));
    expectSet(train, file, 'x_train', 'y_train');
    expectSet(validation!, file, 'x_val', 'y_val');
    expectSet(tested, file, 'x_test', 'y_test');
    for (const set of [train, validation!, tested]) expect(set.pixels).toBeInstanceOf(depth);
    expect(told).toEqual([]);
  });

  const pixels = (n: number) => Uint8Array.from({length: 4 * n}, (_, i) => i);
  const write = async (name: string, arrays: Record<string, [shape: number[], data: Uint8Array | Float64Array]>) => {
    const file = path.join(folder, name);
    const entries: [string, Uint8Array][] = [];
    for (const [array, [shape, data]] of Object.entries(arrays)) {
      const at = path.join(folder, `${array}.npy`);
      await npy.write(at, {shape, data});
      entries.push([path.basename(at), fs.readFileSync(at)]);
    }
    fs.writeFileSync(file, await zip(entries));
    return file;
  };
  const labels = Uint8Array.of(0, 1, 0, 1, 0, 1);

  test.each([
    ['X_train', 'Y_train', 'X_valid', 'y_valid', 'X_test', 'Y_test'],
    ['trainX', 'trainY', 'valX', 'valY', 'testX', 'testY'],
    ['train_x', 'train_y', 'validation_x', 'validation_y', 'test_x', 'test_y'],
    ['images_train', 'labels_train', 'images_val', 'labels_val', 'images_test', 'labels_test'],
  ])('knows the parts by the names %s, %s, %s, …', async (...names) => {
    const arrays = names.map((name, i) => {
      const n = 6 - (i >> 1);
      return [name, i % 2 === 0 ? [[n, 2, 2], pixels(n)] : [[n], labels.subarray(0, n)]];
    });
    const set = await npz.load(await write('parts.npz', Object.fromEntries(arrays) as never));
    expect([set.train.length, set.validation!.length, set.test.length]).toEqual([6, 5, 4]);
    expect([...set.train.pixels]).toEqual([...pixels(6)]);
    expect([...set.train.labels]).toEqual([...labels]);
  });

  test.each([
    ['X', 'y'],
    ['images', 'labels'],
    ['data', 'target'],
    ['x_train', 'y_train'],
  ])('draws the test from %s and %s, where there is none', async (x, y) => {
    const file = await write('one.npz', {[x]: [[6, 2, 2], pixels(6)], [y]: [[6, 1, 1, 1], labels]});
    const set = await npz.load(file, {split: {test: 1 / 3}});
    expect([set.train.length, set.test.length]).toEqual([4, 2]);
    for (const {pixels, labels} of [set.train, set.test]) {
      for (let i = 0; i < labels.length; i++) expect(labels[i]).toBe((pixels[4 * i]! / 4) % 2);
    }
  });

  test('of several names takes the images before the data', async () => {
    const file = await write('both.npz', {
      data: [[6, 4], pixels(6)],
      images: [[6, 2, 2], pixels(6)],
      target: [[6], labels],
    });
    expect((await npz.load(file)).train.shape.slice(1)).toEqual([2, 2]);
  });

  test.each<[string, Record<string, [number[], Uint8Array | Float64Array]>, RegExp]>([
    [
      'rows of pixels',
      {x: [[6, 4], pixels(6)], y: [[6], labels]},
      /'x' has shape \[6, 4\]; expected images, .*numpy.reshape/,
    ],
    [
      'no images',
      {x: [[0, 2, 2], pixels(0)], y: [[0], pixels(0)]},
      /'x' has shape \[0, 2, 2\]; expected at least one image/,
    ],
    [
      'too few labels',
      {x: [[6, 2, 2], pixels(6)], y: [[4], pixels(1)]},
      /so 6 images, and .*'y' has 4 labels; expected one/,
    ],
    [
      'floats that 32 bits would make infinite',
      {
        x_train: [[6, 2, 2], Float64Array.from(pixels(6), (value) => (value === 0 ? 0.5 : value * 1e300))],
        y_train: [[6], labels],
      },
      /'x_train' holds floats of 64 bits beyond those of 32 bits, which end at 3.4e38/,
    ],
    ['images alone', {x_train: [[6, 2, 2], pixels(6)]}, /'x_train' has no labels that belong to it; it holds x_train$/],
    [
      'a test alone',
      {x_test: [[6, 2, 2], pixels(6)], y_test: [[6], labels]},
      /expected the arrays x_train, .*got x_test, y_test/,
    ],
  ])('refuses %s by the names of the file and the array', async (_, arrays, message) => {
    const loading = npz.load(await write('wrong.npz', arrays));
    await expect(loading).rejects.toThrow(/^npz.load: .*wrong.npz: /);
    await expect(loading).rejects.toThrow(message);
  });

  test('refuses whole numbers beside floats, of 64 bits, too', async () => {
    const share = (n: number) => Float64Array.from(pixels(n), (value) => value / 255);
    const parts = {x_train: [[6, 2, 2], pixels(6)], y_train: [[6], labels], y_test: [[6], labels]} as const;
    await expect(
      npz.load(await write('scales.npz', {...parts, x_test: [[6, 2, 2], share(6)]} as never)),
    ).rejects.toThrow(/'x_train' has 8 bits and .*'x_test' has floats; the parts of a data set are of one depth$/);
    const floats = {...parts, x_train: [[6, 2, 2], share(6)], x_test: [[6, 2, 2], Float64Array.from(pixels(6))]};
    await npz.load(await write('float-scales.npz', floats as never));
    expect(told).toContainEqual(
      expect.stringMatching(/^Note: .*'x_test' goes up to 23 and .*'x_train' goes up to 0.0902: a model .* one scale/),
    );
  });

  test('rounds floats of 64 bits to 32, and says so', async () => {
    const {train} = await npz.load(fixture('float64.npz'));
    expectSet(train, 'float64.npz', 'x_train', 'y_train', Math.fround);
    expect(told[0]).toMatch(/^Note: .*'x_train' holds floats of 64 bits: they are rounded to 32 bits, some 7 digits.$/);
    expect(told).toHaveLength(3);
  });

  test.each([
    ['mixed.npz', /'x_train' has 8 bits and .*'x_test' has floats; the parts of a data set are of one depth$/],
    ['channels-first.npz', /'x_train' has shape \[4, 3, 5, 6\], with the channels in front; .*numpy.transpose/],
    ['one-hot.npz', /'y_train' has shape \[4, 3\]; expected one class number an image, .*numpy.argmax/],
    ['too-large.npz', /'x_train' holds whole numbers from \d+ to \d+; floats of 32 bits hold them exactly up to/],
  ])('refuses %s and says why', async (file, message) => {
    await expect(npz.load(fixture(file))).rejects.toThrow(message);
  });
});

describe("MATLAB's files and pickles", () => {
  test.each([
    [
      'five.mat',
      /it is MATLAB's; convert it with Python: python -c ".*scipy.io.loadmat\('five.mat'\).*", and read five.npz/,
    ],
    ['seven.mat', /it is MATLAB's, of version 7.3; .*h5py.File\('seven.mat'\)/],
    ['batch.pkl', /it is a pickle, and reading one runs the code in it; .*pickle.load\(open\('batch.pkl', 'rb'\)/],
    ['batch', /it is a pickle, .*if type\(v\) is tuple .*numpy.savez\('batch.npz'/],
  ])('%s is refused by every reader with the line that converts it', async (name, message) => {
    const file = fixture(name);
    await expect(npz.load(file)).rejects.toThrow(message);
    await expect(npy.read(file)).rejects.toThrow(message);
    await expect(csv.load(file)).rejects.toThrow(message);
    await expect(hdf5.load(file, {images: 'x', labels: 'y'})).rejects.toThrow(message);
  });
});
