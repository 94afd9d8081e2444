import {expect, test} from '@jest/globals';
import {confusionChart} from 'convlab';
import {table} from './figures';

test('confusionChart draws the diagonal and the mistakes, each on a scale of its own, with every count in its cell', () => {
  const {data, layout} = confusionChart(table);
  expect(data).toMatchObject([
    {
      type: 'heatmap',
      name: 'right',
      text: [
        ['1,000', '', ''],
        ['', '1,011', ''],
        ['', '', '0'],
      ],
      zmin: 0,
      zmax: 1,
    },
    {
      type: 'heatmap',
      name: 'mistakes',
      text: [
        ['', '5', '0'],
        ['17', '', '0'],
        ['0', '0', ''],
      ],
      zmin: 0,
      zmax: 17 / 1028,
    },
  ]);
  const names = ['2', '7', 'a&lt;b&gt;'];
  expect(layout).toMatchObject({
    title: {text: 'What was taken for what: 98.9 % of 2,033 images right'},
    xaxis: {title: {text: 'predicted'}, tickvals: [0, 1, 2], ticktext: names},
    // The first class at the top, as in a table.
    yaxis: {title: {text: 'actual'}, tickvals: [0, 1, 2], ticktext: names, autorange: 'reversed'},
  });
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
