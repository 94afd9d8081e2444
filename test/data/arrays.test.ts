// NumPy and h5py are the oracle: test/fixtures/arrays/make.py wrote the files, and what is in them as JSON.
import fs from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals';
import {csv, hdf5, npy, npz, setReporter, type ImageSet} from 'convlab';
import {writeHdf5} from '../../lib/src/files/hdf5';
import {zip} from '../../lib/src/files/zip';
import {temporaryFolder} from '../folder';

const fixture = (name: string) => path.join(__dirname, '../fixtures/arrays', name);
const expected = JSON.parse(fs.readFileSync(fixture('expected.json'), 'utf8')) as Record<
  string,
  Record<string, {shape: number[]; data: number[]}>
>;
const folder = temporaryFolder();

let told: string[] = [];
let before: ReturnType<typeof setReporter>;
const ignore = () => undefined;
beforeAll(() => {
  before = setReporter(() => ({line: (text) => told.push(text), progress: ignore, history: ignore, end: ignore}));
});
afterAll(() => {
  setReporter(before);
});
beforeEach(() => {
  told = [];
});

/** Compares a set with the arrays of these names. */
function expectSet(set: ImageSet, file: string, images: string, labels: string, round = (value: number) => value) {
  expect(set.shape).toEqual(expected[file]![images]!.shape);
  expect([...set.pixels]).toEqual(expected[file]![images]!.data.map(round));
  expect([...set.labels]).toEqual(expected[file]![labels]!.data);
}

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
  const write = async (name: string, arrays: Record<string, [shape: number[], data: Uint8Array]>) => {
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

  test.each<[string, Record<string, [number[], Uint8Array]>, RegExp]>([
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

test('a set that uses little of its depth is told', async () => {
  const file = path.join(folder, 'dark.csv');
  fs.writeFileSync(file, '1,0,2,4,5\n0,1,3,2,9\n');
  await csv.load(file, {split: {test: 0}});
  expect(told).toEqual([expect.stringMatching(/^Note: the pictures' values go from 0 to 9, a small part of the 256/)]);
});

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
      fs.writeFileSync(file, await writeHdf5({attributes: new Map(), arrays}));
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
  fs.writeFileSync(file, await writeHdf5({attributes: new Map(), arrays}));
  await hdf5.load(file, {images: 'x', labels: 'y', test: {images: 'x_test', labels: 'y_test'}});
  expect(told).toEqual([
    expect.stringMatching(/^Note: train has 2 values that are NaN or infinite, in 1 of its 4 pictures; a network/),
    expect.stringMatching(/^Note: test has 1 value that is NaN or infinite, in 1 of its 2 pictures; a network/),
  ]);
});

describe('csv.load(file)', () => {
  const {x, y} = expected.table!;
  const pixels = (i: number) => x!.data.slice(4 * i, 4 * i + 4);
  const rows = y!.data.map((label, i) => [label, ...pixels(i)]);
  const write = (name: string, lines: readonly (readonly unknown[])[], separator = ',') => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, lines.map((cells) => cells.join(separator)).join('\n'));
    return file;
  };
  /** As label and pixels, in the order of the table: drawn parts are in another. */
  const sorted = (set: ImageSet) => Array.from(set.labels, (label, i) => [label, ...set.image(i)].join()).sort();
  const all = rows.map((row) => row.join()).sort();

  // prettier-ignore
  test.each<[string, readonly (readonly unknown[])[], string]>([
    ['a header', [['label', 'pixel0', 'pixel1', 'pixel2', 'pixel3'], ...rows], ','],
    ['no header', rows, ','],
    ['a header that counts, as pandas writes it', [['0', '1', '2', '3', '4'], ...rows], ','],
    ['a header that counts the pixels', [['label', '0', '1', '2', '3'], ...rows], ','],
    ['a column that numbers the rows', [['', 'label', 'a', 'b', 'c', 'd'], ...rows.map((row, i) => [i, ...row])], ','],
    ['an id', [['id', 'label', 'a', 'b', 'c', 'd'], ...rows.map((row, i) => [i, ...row])], ','],
    ['the class at the end, by name', [['a', 'b', 'c', 'd', 'Class'], ...rows.map(([y, ...x]) => [...x, y])], ','],
    ['the class at the end, where no header says it', rows.map(([y, ...x]) => [...x, y]), ','],
    ['the class at the end, beside numbered pixels', [['pixel0', 'pixel1', 'pixel2', 'pixel3', 'digit'], ...rows.map(([y, ...x]) => [...x, y])], ','],
    ['all pixels in one column', [['emotion', 'pixels'], ...rows.map(([y, ...x]) => [y, x.join(' ')])], ','],
    ['semicolons and classes like 1.0', [['y', 'a', 'b', 'c', 'd'], ...rows.map(([y, ...x]) => [`${y!}.0`, ...x])], ';'],
    ['tabs', [['label', 'a', 'b', 'c', 'd'], ...rows], '\t'],
  ])('reads a table with %s', async (name, lines, separator) => {
    const {train, classNames} = await csv.load(write(`${name}.csv`, lines, separator), {split: {test: 0}});
    expect(train.shape).toEqual([10, 2, 2]);
    expect(train.pixels).toBeInstanceOf(Uint8Array);
    expect(sorted(train)).toEqual(all);
    expect(classNames).toEqual(['0', '1', '2']);
  });

  test('reads what Python wrote, and keeps a fifth for the test', async () => {
    const {name, train, test: tested} = await csv.load(fixture('header.csv'));
    expect(name).toBe('header');
    expect([...sorted(train), ...sorted(tested)].sort()).toEqual(all);
    expect(tested.length).toBeGreaterThan(1);
  });

  test('takes the test from a table of its own, at one depth for both', async () => {
    const test = write('test.csv', [[2, 0, 0.5, 1, 300]]);
    const sets = await csv.load(fixture('header.csv'), {test});
    expect([sets.train.length, [...sets.test.pixels], [...sets.test.labels]]).toEqual([10, [0, 0.5, 1, 300], [2]]);
    expect(sets.train.pixels).toBeInstanceOf(Float32Array);
    expect(sorted(sets.train)).toEqual(all);
  });

  test('says where it took the classes from, when only the values tell it', async () => {
    const lines = rows.map(([y, ...x]) => [...x, y]);
    await csv.load(write('last.csv', lines), {test: write('last-test.csv', [[7, 8, 9, 1, 2]]), split: {}});
    expect(told).toEqual([
      expect.stringMatching(
        /^Note: .*last.csv: no header says .*: the last one is taken, with its 3 whole numbers, and not the first, with 10 v/,
      ),
    ]);
  });

  test('of words that stand last it takes the classes', async () => {
    const file = write('words-last.csv', [
      [1, 9, 3, 4, 'dog'],
      [5, 6, 7, 8, 'cat'],
    ]);
    const {train, classNames} = await csv.load(file, {split: {test: 0}});
    expect([classNames, sorted(train)]).toEqual([
      ['cat', 'dog'],
      ['0,5,6,7,8', '1,1,9,3,4'],
    ]);
  });

  test('where both columns may be the classes it takes the first and says so', async () => {
    const file = write('either.csv', [
      [0, 9, 9, 9, 1],
      [1, 9, 9, 9, 0],
    ]);
    expect(sorted((await csv.load(file, {split: {test: 0}})).train)).toEqual(['0,9,9,9,1', '1,9,9,9,0']);
    expect(told[0]).toMatch(
      /no header says which column has the classes: the first one is taken; if that is wrong, pass the right one as label: its/,
    );
  });

  test('takes the column whose number is given, with a header or without', async () => {
    const lines = [
      [0, 9, 1, 9, 7],
      [1, 9, 0, 8, 7],
    ];
    const options = {label: 2, split: {test: 0}};
    const expected = ['0,1,9,8,7', '1,0,9,9,7'];
    expect(sorted((await csv.load(write('middle.csv', lines), options)).train)).toEqual(expected);
    expect(told.join()).not.toContain('no header says');
    const header = ['a', 'b', 'c', 'd', 'e'];
    expect(sorted((await csv.load(write('header.csv', [header, ...lines]), options)).train)).toEqual(expected);
    await expect(csv.load(write('middle.csv', lines), {label: 5})).rejects.toThrow(
      /csv\.load: .*middle\.csv: there is no column 5; it has 5, 0 to 4$/,
    );
    await expect(csv.load(write('middle.csv', lines), {label: -1})).rejects.toThrow(
      "csv.load: label must be a column's header or its number, from 0, got -1",
    );
  });

  test("reads FER2013's table: emotion, pixels, and Usage for the parts", async () => {
    const uses = ['Training', 'PublicTest', 'Training', 'PrivateTest', 'Training'];
    const lines = uses.map((use, i) => [i % 2, `${i} 2 3 255`, use]);
    const file = write('fer2013.csv', [['emotion', 'pixels', 'Usage'], ...lines]);
    const {train, validation, test: tested} = await csv.load(file);
    expect([train.shape, [...train.labels], [...train.pixels.filter((_, i) => i % 4 === 0)]]).toEqual([
      [3, 2, 2],
      [0, 0, 0],
      [0, 2, 4],
    ]);
    expect([[...validation!.pixels], [...tested.pixels]]).toEqual([
      [1, 2, 3, 255],
      [3, 2, 3, 255],
    ]);
    expect(told[0]).toMatch(/fer2013.csv: the column 'Usage' says the parts: 3 train, 1 validation, 1 test\.$/);
    await expect(csv.load(file, {split: {test: 0.5}})).rejects.toThrow(/a column says what is test, so none is drawn/);
  });

  test('takes words for classes, 16 bits, colour, and a shape that is said', async () => {
    const file = write('words.csv', [
      ['dog', ...Array.from({length: 12}, (_, i) => i * 1000)],
      ['cat', ...new Array<number>(12).fill(7)],
    ]);
    const {train, classNames} = await csv.load(file, {split: {test: 0}});
    expect([train.shape, classNames]).toEqual([
      [2, 2, 2, 3],
      ['cat', 'dog'],
    ]);
    expect(train.pixels).toBeInstanceOf(Uint16Array);
    expect(Array.from(train.labels, (label, i) => [classNames[label], train.image(i)[1]]).sort()).toEqual([
      ['cat', 7],
      ['dog', 1000],
    ]);
    expect((await csv.load(file, {shape: [3, 4], split: {test: 0}})).train.shape).toEqual([2, 3, 4]);
  });

  test.each<[string, readonly (readonly unknown[])[], object, RegExp]>([
    [
      'a word for a pixel',
      [
        [9, 2, 3, 4, 5],
        [0, 2, 'x', 4, 5],
      ],
      {},
      /expected a number in row 2, column 3, got 'x'$/,
    ],
    [
      'an empty cell',
      [
        ['label', 'a', 'b', 'c', 'd'],
        [1, 2, '', 4, 5],
      ],
      {},
      /expected a number in row 2, column 3, got ''$/,
    ],
    [
      'a row that is cut short',
      [
        [9, 2, 3, 4, 5],
        [1, 2],
      ],
      {},
      /row 2 has 2 columns, and the first has 5$/,
    ],
    ['pixels that make no square', [[9, 2, 3, 4, 5, 6]], {}, /5 pixels a row make no square picture; pass shape/],
    ['a header alone', [['label', 'a', 'b', 'c', 'd']], {}, /there is no row of numbers in it$/],
    ['another shape', rows, {shape: [3, 3]}, /shape \[3, 3\] needs another number of pixels than 4 a row$/],
    [
      'a label column that is not there',
      [['y', 'a', 'b', 'c', 'd'], ...rows],
      {label: 'kind'},
      /no column is called 'kind'; its columns are y, a, b/,
    ],
    [
      'a class below 0',
      [[-1, 2, 3, 4, 5]],
      {},
      /column of the classes holds -1; expected whole numbers from 0, or words: is it/,
    ],
    ['a class between two', [[0.5, 2, 3, 4, 5]], {}, /the column of the classes holds 0.5; expected whole numbers/],
    [
      'pixels alone, as in a test of Kaggle',
      [['pixel0', 'pixel1', 'pixel2', 'pixel3'], ...rows.map(([, ...x]) => x)],
      {},
      /all its columns are pixels; expected one with the classes, called 'label'$/,
    ],
    ['a test in two ways', rows, {test: 'x.csv', split: {test: 0.1}}, /leave split.test out$/],
  ])('refuses %s', async (name, lines, options, message) => {
    await expect(csv.load(write(`${name}.csv`, lines), options)).rejects.toThrow(message);
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
