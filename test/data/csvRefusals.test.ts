import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {csv} from 'convlab';
import {temporaryFolder} from '../folder';
import {expected} from './arrayFixtures';

const folder = temporaryFolder();
const {x, y} = expected.table!;
const rows = y!.data.map((label, i) => [label, ...x!.data.slice(4 * i, 4 * i + 4)]);

function write(name: string, lines: readonly (readonly unknown[])[]): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, lines.map((cells) => cells.join()).join('\n'));
  return file;
}

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
    'a number in hexadecimal, which pandas reads as a word too',
    [
      [9, 2, 3, 4, 5],
      [0, 2, '0x10', 4, 5],
    ],
    {},
    /expected a number in row 2, column 3, got '0x10'$/,
  ],
  [
    'an empty cell',
    [
      ['label', 'a', 'b', 'c', 'd'],
      [1, 2, '', 4, 5],
    ],
    {},
    /expected a number in row 2, column 3, got ''; a picture has all its pixels: .*leave the row out$/,
  ],
  [
    'decimal commas, as write.csv2 writes them',
    [['label;a;b;c;d'], ['1;0,5;2;3;4']],
    {},
    /got '0,5'; decimals have a point here: of R's functions write.csv writes it, not write.csv2$/,
  ],
  ['bars between cells', [['label|a|b|c|d'], ['1|2|3|4|5']], {}, /it has one column, and expected are the classes/],
  [
    'a whole number that no float of 32 bits is',
    [
      ['label', 'a', 'b', 'c', 'd'],
      [1, 2, 3, 16777217, 5],
    ],
    {},
    /row 2, column 4 holds '16777217', which floats of 32 bits can't; whole numbers go to 16777216$/,
  ],
  [
    'a number beyond all floats',
    [
      ['label', 'a', 'b', 'c', 'd'],
      [1, 2, 3, '1.5e300', 5],
    ],
    {},
    /row 2, column 4 holds '1.5e300', which floats of 32 bits can't/,
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
])('csv.load(file) refuses %s', async (name, lines, options, message) => {
  await expect(csv.load(write(`${name}.csv`, lines), options)).rejects.toThrow(message);
});
