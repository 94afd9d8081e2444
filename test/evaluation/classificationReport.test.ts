import {inspect} from 'node:util';
import {expect, test} from '@jest/globals';
import {classificationReport, confusionMatrix} from 'convlab';

const report = classificationReport(confusionMatrix([0, 0, 1, 1, 1, 2], [0, 1, 1, 1, 0, 2]));

test('classificationReport(table) lines up precision, recall, F1 and the number of images', () => {
  const text = [
    'class precision recall    F1 images',
    '    0     0.500  0.500 0.500      2',
    '    1     0.667  0.667 0.667      3',
    '    2     1.000  1.000 1.000      1',
    '  all            0.667            6',
  ].join('\n');
  expect(String(report)).toBe(text);
  expect(inspect(report)).toBe(text);
});

test('classificationReport(table) has the numbers behind the text', () => {
  expect(report.f1).toEqual([1 / 2, 2 / 3, 1]);
  expect(report.images).toEqual([2, 3, 1]);
  expect(report.accuracy).toBeCloseTo(4 / 6);
});

test('a class without images that was never predicted has no recall and no F1', () => {
  const {recall, f1} = classificationReport(confusionMatrix([0], [0], {classNames: ['a', 'b']}));
  expect([recall[1], f1[1]]).toEqual([NaN, NaN]);
});

test('F1 is 0 of a class that was never predicted, and of one that only was, as scikit-learn has it', () => {
  // f1_score([0, 0, 0, 1, 1], [0, 0, 2, 0, 0], average=None)
  const {f1} = classificationReport(confusionMatrix([0, 0, 0, 1, 1], [0, 0, 2, 0, 0]));
  expect(f1).toEqual([4 / 7, 0, 0]);
});
