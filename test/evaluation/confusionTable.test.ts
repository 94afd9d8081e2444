import {inspect} from 'node:util';
import {describe, expect, test} from '@jest/globals';
import {confusionTable, misclassified} from 'convlab';

const actual = [0, 0, 1, 1, 1, 2];
const predicted = [0, 1, 1, 1, 0, 2];

describe('confusionTable(actual, predicted)', () => {
  const table = confusionTable(actual, predicted, {classNames: ['cat', 'dog', 'eel']});

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
    expect(confusionTable([1], [0]).classNames).toEqual(['0', '1']);
  });

  test('a class that never occurs has no recall', () => {
    expect(confusionTable([0], [0], {classNames: ['a', 'b']}).recall).toEqual([1, NaN]);
  });

  test('refuses labels of different images', () => {
    expect(() => confusionTable([0, 1], [0])).toThrow(/2 actual labels but 1 predicted ones/);
  });

  test('refuses probabilities in place of class numbers, and says how to mend it', () => {
    expect(() => confusionTable([0], [0.3])).toThrow(/got 0.3 in predicted at 0; .*argMax/);
  });

  test('refuses fewer names than classes', () => {
    expect(() => confusionTable([2], [2], {classNames: ['a']})).toThrow(
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
