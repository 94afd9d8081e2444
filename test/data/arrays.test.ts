// NumPy and h5py are the oracle: test/fixtures/arrays/make.py wrote the files, and what is in them as JSON.
import fs from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals';
import {csv, hdf5, npy, npz, setReporter, type ImageSet} from 'convlab';
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

  test('lists what is there when a name is wrong', async () => {
    await expect(hdf5.load(fixture('sets.h5'), {...names, images: 'pictures'})).rejects.toThrow(
      /^hdf5.load: .*sets.h5: there are no numbers under 'pictures'; it holds .*images \[10, 2, 3\].*more\/x_test \[2, 2, 3\]/,
    );
  });

  test('refuses labels of other images, and what is no HDF5', async () => {
    await expect(hdf5.load(fixture('sets.h5'), {...names, labels: 'more/y_test'})).rejects.toThrow(
      /10 images need 10 labels, got 2/,
    );
    await expect(hdf5.load(fixture('med.npz'), names)).rejects.toThrow(/^hdf5.load: .*med.npz: ./);
    await expect(hdf5.load('/nowhere.h5', names)).rejects.toThrow('hdf5.load: /nowhere.h5: there is no such file');
    await expect(hdf5.load(fixture('sets.h5'), {...names, test: names, split: {test: 0.1}})).rejects.toThrow(
      'test names data sets of the file, so none is drawn; leave split.test out',
    );
  });
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
    ['the class at the end, by name', [['a', 'b', 'c', 'd', 'Class'], ...rows.map(([y, ...x]) => [...x, y])], ','],
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
    ['a class below 0', [[-1, 2, 3, 4, 5]], {classNames: ['a']}, /'-1' is none of the classNames$/],
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
