import {inspect} from 'node:util';
import {describe, expect, test} from '@jest/globals';
import * as convlab from 'convlab';
import {classificationReport, confusionChart, confusionMatrix, misclassified} from 'convlab';

const actual = [0, 0, 1, 1, 1, 2];
const predicted = [0, 1, 1, 1, 0, 2];

describe('confusionMatrix(actual, predicted)', () => {
  const table = confusionMatrix(actual, predicted, {classNames: ['cat', 'dog', 'eel']});

  test('counts true classes down and predicted ones across', () => {
    expect(table.counts).toEqual([
      [1, 1, 0],
      [1, 2, 0],
      [0, 0, 1],
    ]);
    expect(table.total).toBe(6);
  });

  test('gives accuracy, precision and recall', () => {
    expect(table.accuracy).toBeCloseTo(4 / 6);
    expect(table.precision).toEqual([1 / 2, 2 / 3, 1]);
    expect(table.recall).toEqual([1 / 2, 2 / 3, 1]);
  });

  test("prints itself as R's table() does", () => {
    const text = [
      '       predicted',
      'actual cat dog eel',
      '   cat   1   1   0',
      '   dog   1   2   0',
      '   eel   0   0   1',
    ].join('\n');
    expect(String(table)).toBe(text);
    expect(inspect(table)).toBe(text);
  });

  test('numbers the classes when they have no names', () => {
    expect(confusionMatrix([1], [0]).classNames).toEqual(['0', '1']);
  });

  test('a class that never occurs has no recall', () => {
    expect(confusionMatrix([0], [0], {classNames: ['a', 'b']}).recall).toEqual([1, NaN]);
  });

  test('gives the pairs that occur, row by row', () => {
    expect(table.cells.map(({actual, predicted, count}) => [actual, predicted, count])).toEqual([
      [0, 0, 1],
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 2],
      [2, 2, 1],
    ]);
  });

  test('shows of many classes those with the most mistakes, and says how many it left out', () => {
    // Of 400 classes, each of 10 images, the class i + 350 is taken for i + 351 i times.
    const actual = Array.from({length: 4000}, (_, i) => Math.floor(i / 10));
    const predicted = actual.map((label, i) =>
      label >= 350 && label < 359 && i % 10 < label - 349 ? label + 1 : label,
    );
    const many = confusionMatrix(actual, predicted);
    expect(many.total).toBe(4000);
    expect(many.counts[358]!.slice(357, 361)).toEqual([0, 1, 9, 0]);
    const lines = String(many).split('\n');
    expect(lines).toHaveLength(2 + 50 + 1);
    expect(lines.at(-1)).toBe('the 50 classes with the most mistakes; 350 others are left out');
    for (let name = 350; name < 360; name++)
      expect(lines.some((line) => line.trim().startsWith(`${name} `))).toBe(true);
    expect(many.toHTML()).toContain('; the 50 classes with the most mistakes; 350 others are left out</caption>');
    expect(many.toHTML().match(/<tr>/g)).toHaveLength(2 + 50);
    const {data, layout} = confusionChart(many);
    expect((data[0]!.z as number[][]).map((row) => row.length)).toEqual(new Array(100).fill(100));
    expect(JSON.stringify(layout)).toContain(
      'predicted: the 100 classes with the most mistakes; 300 others are left out',
    );
    const rest = String(classificationReport(many)).split('\n');
    expect([rest.length, rest.at(-1)]).toEqual([1 + 50 + 1 + 1, lines.at(-1)]);
  });

  test('counts labels up to 65,535 in little memory, and refuses to write all pairs out', () => {
    const actual = Array.from({length: 100_000}, (_, i) => (i * 7919) % 65_536);
    const predicted = actual.map((label, i) => (i % 100 === 0 ? 65_535 : label));
    const huge = confusionMatrix(actual, predicted);
    expect(huge.classNames).toHaveLength(65_536);
    expect(huge.total).toBe(100_000);
    expect(huge.accuracy).toBeCloseTo(0.99, 3);
    expect(huge.cells.length).toBeLessThanOrEqual(100_000);
    expect(() => huge.counts).toThrow(
      'ConfusionMatrix.counts: 65536 × 65536 counts would take 34.4 GB; cells has the pairs that occur',
    );
    expect(String(huge)).toMatch(/the 50 classes with the most mistakes; 65,486 others are left out$/);
    expect(huge.toHTML().length).toBeLessThan(1_000_000);
    expect(confusionChart(huge).data).toHaveLength(2);
    expect(String(classificationReport(huge))).toMatch(/65,486 others are left out$/);
    expect(() => confusionMatrix([65_536], [0])).toThrow(
      /expected class numbers 0, 1, 2, …, up to 65535, got 65536 in actual at 0; number the classes/,
    );
  });

  test('goes by its old names, too', () => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- that is what is tried
    expect([convlab.confusionTable, convlab.classReport]).toEqual([confusionMatrix, classificationReport]);
  });

  test('refuses labels of different images', () => {
    expect(() => confusionMatrix([0, 1], [0])).toThrow(/2 actual labels but 1 predicted ones/);
  });

  test('refuses probabilities in place of class numbers, and says how to fix it', () => {
    expect(() => confusionMatrix([0], [0.3])).toThrow(/got 0.3 in predicted at 0; .*argMax/);
  });

  test('refuses fewer names than classes', () => {
    expect(() => confusionMatrix([2], [2], {classNames: ['a']})).toThrow(
      /class 2 occurs but there are only 1 classNames/,
    );
  });
});

describe('misclassified(actual, predicted)', () => {
  test('finds the wrong ones, all or of one kind', () => {
    expect(misclassified(actual, predicted)).toEqual([1, 4]);
    expect(misclassified(actual, predicted, {actual: 1})).toEqual([4]);
    expect(misclassified(actual, predicted, {predicted: 1})).toEqual([1]);
    expect(misclassified(actual, predicted, {actual: 2, predicted: 0})).toEqual([]);
  });

  test('takes typed arrays', () => {
    expect(misclassified(Uint8Array.of(7, 7), Int32Array.of(2, 7), {actual: 7, predicted: 2})).toEqual([0]);
  });
});
