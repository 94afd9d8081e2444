import {expect, test} from '@jest/globals';
import {formatMatrix} from 'convlab';

test('formatMatrix lines the numbers up and leaves dots for zeros', () => {
  expect(formatMatrix([0, 7, 255, 18, 0, 0], [2, 3])).toBe('  .   7 255\n 18   .   .');
});

test('formatMatrix prints zeros as R does when asked', () => {
  expect(formatMatrix([0, 7, 255, 18, 0, 0], [2, 3], {zero: '0'})).toBe('  0   7 255\n 18   0   0');
});

test('formatMatrix keeps 28 columns in one block', () => {
  const lines = formatMatrix(new Uint8Array(784).fill(200), [28, 28]).split('\n');
  expect(lines).toHaveLength(28);
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([28 * 4 - 1]));
});

test('formatMatrix gives values between whole numbers two decimals', () => {
  expect(formatMatrix([0, 0.5, 1, 0.25], [2, 2])).toBe('   . 0.50\n1.00 0.25');
});

test('formatMatrix takes an image of the size of a photograph', () => {
  expect(formatMatrix(new Uint8Array(400 * 400), [400, 400]).split('\n')).toHaveLength(400);
});

test('formatMatrix refuses pixels that do not fit the shape', () => {
  expect(() => formatMatrix(new Uint8Array(10), [28, 28])).toThrow(
    'formatMatrix: shape [28, 28] needs 784 pixels, got 10; pass one grey image, for example set.image(0)',
  );
});
