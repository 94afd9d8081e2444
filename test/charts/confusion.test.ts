import {expect, test} from '@jest/globals';
import {confusionChart} from 'convlab';
import {rounded} from './rounded';

const table = {
  classNames: ['2', '7', 'a<b>'],
  counts: [
    [1000, 5, 0],
    [17, 1011, 0],
    [0, 0, 0],
  ],
};

test('confusionChart draws the diagonal and the mistakes in colours of their own', () => {
  expect(rounded(confusionChart(table))).toMatchSnapshot();
});

test('confusionChart says each cell in words', () => {
  const [right, mistakes] = confusionChart(table).data;
  expect((mistakes!.customdata as string[][])[1]![0]).toBe('7 taken for 2: 17 of 1,028');
  expect((right!.customdata as string[][])[1]![1]).toBe('7 recognised: 1,011 of 1,028');
});

test('confusionChart colours by the share of the row, and leaves the cells of the other kind out', () => {
  const [right, mistakes] = confusionChart(table).data;
  expect((right!.z as number[][])[1]).toEqual([null, 1011 / 1028, null]);
  expect((mistakes!.z as number[][])[1]).toEqual([17 / 1028, null, 0]);
  expect((right!.z as number[][])[2]).toEqual([null, null, 0]);
});

test('confusionChart leaves the numbers out where the cells are too small for them', () => {
  const classNames = Array.from({length: 30}, (_, i) => String(i));
  const [right] = confusionChart({classNames, counts: classNames.map(() => classNames.map(() => 1))}).data;
  expect(right!.texttemplate).toBeUndefined();
});

test('confusionChart refuses counts that are no square', () => {
  expect(() => confusionChart({classNames: ['a', 'b'], counts: [[1, 2], [3]]})).toThrow(
    'confusionChart: 2 class names need 2 rows of 2 counts, got rows of [2, 1]',
  );
});
