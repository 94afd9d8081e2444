import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {csv, type ImageSet} from 'convlab';
import {temporaryFolder} from '../folder';
import {listenToNotes, told} from '../notes';
import {expected, fixture} from './arrayFixtures';

const folder = temporaryFolder();
listenToNotes();

test('a set that uses little of its depth is told', async () => {
  const file = path.join(folder, 'dark.csv');
  fs.writeFileSync(file, '1,0,2,4,5\n0,1,3,2,9\n');
  await csv.load(file, {split: {test: 0}});
  expect(told).toEqual([expect.stringMatching(/^Note: the pictures' values go from 0 to 9, a small part of the 256/)]);
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
    ["R's row names, for which write.table writes no header", [['label', 'V1', 'V2', 'V3', 'V4'], ...rows.map((row, i) => [i, ...row])], '\t'],
    ["numbers as NumPy's savetxt writes them", rows.map((row) => row.map((value) => value.toExponential(18).replace(/e\+(\d)$/, 'e+0$1'))), ','],
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

  describe('reads a test', () => {
    const train = () =>
      write('told.csv', [
        ['p0', 'label', 'p1', 'p2', 'p3'],
        [1, 'a', 2, 3, 4],
        [5, 'b', 6, 7, 8],
      ]);
    const load = (...lines: (readonly unknown[])[]) => csv.load(train(), {test: write('told-test.csv', lines)});

    test('without a header as the header of the other table says', async () => {
      const {test: tested, classNames} = await load([9, 'b', 8, 7, 6]);
      expect([classNames, ...tested.labels, ...tested.pixels]).toEqual([['a', 'b'], 1, 9, 8, 7, 6]);
    });

    test('with words that train hasn’t, and says so', async () => {
      const {classNames} = await load(['label', 'p0', 'p1', 'p2', 'p3'], ['B', 9, 8, 7, 6]);
      expect(classNames).toEqual(['B', 'a', 'b']);
      expect(told[0]).toBe("Note: test has pictures of B, and train has none, so that can't be learnt.");
    });

    test('never without the column of the classes, nor in another size', async () => {
      await expect(load(['p0', 'p1', 'p2', 'p3', 'p4'], [9, 8, 7, 6, 5])).rejects.toThrow(
        /told-test.csv: no column is called 'label', which has the classes in .*told.csv$/,
      );
      await expect(load(['label', 'p0'], ['b', 9])).rejects.toThrow(
        /told-test.csv has images of 1 × 1 and .*told.csv of 2 × 2; the parts of a data set have images of one size$/,
      );
    });
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

  test('says that one table goes up to 255 and the other up to 1', async () => {
    const test = write('scaled.csv', [[2, 0, 0.5, 1, 0.25]]);
    await csv.load(write('unscaled.csv', [[2, 0, 128, 255, 64]]), {test});
    expect(told).toContainEqual(
      expect.stringMatching(/^Note: .*unscaled.csv goes up to 255 and .*scaled.csv goes up to 1: /),
    );
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

  test('draws no part that a column says, whoever names the test', async () => {
    const file = write('parts.csv', [
      ['label', 'a', 'b', 'c', 'd', 'split'],
      ...Array.from({length: 20}, (_, i) => [i % 2, i, 2, 3, 255, i < 16 ? 'train' : 'validation']),
    ]);
    const test = write('parts-test.csv', [['label', 'a', 'b', 'c', 'd'], ...rows]);
    await expect(csv.load(file, {test, split: {validation: 0.1}})).rejects.toThrow(
      /parts.csv: a column says what is validation, so none is drawn; leave split.validation out$/,
    );
    const set = await csv.load(file, {test, split: {validation: 0, test: 0}});
    expect([set.train.length, set.validation!.length, set.test.length]).toEqual([16, 4, 10]);
    told.length = 0;
    expect((await csv.load(test, {test: file})).test.length).toBe(20);
    expect(told).toContainEqual(
      expect.stringMatching(/parts.csv: the column 'split' is passed over: all rows of this table are the test\.$/),
    );
  });

  test.each<[string, string[], number[], boolean]>([
    ['sorted as text', ['pixel1', 'pixel10', 'pixel2', 'pixel9'], [0, 2, 3, 1], true],
    ['of rows and columns in disorder', ['1x1', '2x2', '1x2', '2x1'], [0, 2, 3, 1], true],
    ['of rows and columns, column by column', ['1x1', '2x1', '1x2', '2x2'], [0, 1, 2, 3], false],
    ['of different words', ['b2', 'a1', 'c4', 'd3'], [0, 1, 2, 3], false],
  ])('takes pixels by the numbers in headers %s', async (name, headers, order, isTold) => {
    const file = write(`${name}.csv`, [
      ['label', ...headers],
      [0, 100, 101, 102, 103],
      [1, 200, 201, 202, 203],
    ]);
    const {train} = await csv.load(file, {split: {test: 0}});
    expect(Array.from(train.image(0))).toEqual(order.map((i) => 100 + i));
    expect(told.some((note) => note.includes('in the order of the numbers in their headers'))).toBe(isTold);
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
});
