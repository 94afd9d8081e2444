// Operations where the arguments are unusual; the numbers are NumPy 2.3's, where nothing else is said.
import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {OPERATIONS} from '../../lib/src/layers/operations';

const whole = (values: number[] | number[][]) => tf.tensor(values, undefined, 'int32');
const numbersOf = (name: string, operands: tf.Tensor[], given: Record<string, unknown> = {}) =>
  (OPERATIONS[name]!(operands, given) as tf.Tensor).arraySync();

test('nan_to_num replaces what is no number, and leaves numbers beyond the replacements', () => {
  const x = tf.tensor([NaN, Infinity, -Infinity, 7, -7]);
  expect(numbersOf('nanToNum', [x], {nan: 0.5, posinf: 1, neginf: -1})).toEqual([0.5, 1, -1, 7, -7]);
  // Replacements that would be crossing bounds.
  expect(numbersOf('nanToNum', [x], {posinf: -2, neginf: 3})).toEqual([0, -2, 3, 7, -7]);
});

test('take_along_axis broadcasts the axes along which nothing is taken', () => {
  const x = tf.tensor([[1, 2, 3], [4, 5, 6]]); // prettier-ignore
  expect(numbersOf('takeAlongAxis', [x, whole([[2, 0]])], {axis: 1})).toEqual([[3, 1], [6, 4]]); // prettier-ignore
  expect(numbersOf('takeAlongAxis', [tf.tensor([[7, 8, 9]]), whole([[0], [-1]])], {axis: -1})).toEqual([[7], [9]]);
  expect(numbersOf('takeAlongAxis', [x, whole([-1, 0])], {axis: null})).toEqual([6, 1]);
});

test('repeat takes a number for each place', () => {
  expect(numbersOf('repeat', [tf.tensor([1, 2, 3])], {repeats: [2, 0, 1], axis: 0})).toEqual([1, 1, 3]);
  expect(numbersOf('repeat', [tf.tensor([1, 2])], {repeats: [2], axis: -1})).toEqual([1, 1, 2, 2]);
});

test('multi_hot brings together along the axis after the examples, as Keras 3.15 does', () => {
  expect(numbersOf('multiHot', [whole([0, 2])], {numClasses: 3})).toEqual([1, 0, 1]);
  const pairs = tf.tensor([[[0, 1], [2, 1]]], undefined, 'int32'); // prettier-ignore
  expect(numbersOf('multiHot', [pairs], {numClasses: 3})).toEqual([[[1, 0, 1], [0, 1, 0]]]); // prettier-ignore
});

test.each([
  [1, [4, 4]],
  [
    [1, 0],
    [3, 3],
  ],
  [[[1, 0]], [3, 3]],
  [
    [[0], [2]],
    [2, 6],
  ],
  [
    [
      [0, 1],
      [2, 0],
    ],
    [3, 4],
  ],
])('pad takes %j', (padWidth, shape) => {
  expect((OPERATIONS.pad!([tf.ones([2, 2])], {padWidth}) as tf.Tensor).shape).toEqual(shape);
});

test('whole numbers are rounded to themselves, and have halves in between', () => {
  expect(numbersOf('round', [whole([-2, 0, 7])])).toEqual([-2, 0, 7]);
  expect(numbersOf('median', [whole([1, 4])], {axis: 0})).toBe(2.5);
  expect(numbersOf('median', [tf.tensor([[1, 2], [5, 9]])], {axis: [0, -1]})).toBe(3.5); // prettier-ignore
  expect(numbersOf('norm', [whole([1, 1])], {axis: 0})).toBeCloseTo(Math.SQRT2, 6);
});

test('a triangle is cut out of infinite numbers', () => {
  const x = tf.fill([2, 2], -Infinity);
  expect(numbersOf('triu', [x], {k: 1})).toEqual([[0, -Infinity], [0, 0]]); // prettier-ignore
});

test('full_like, and its kin, have the type that was asked for', () => {
  const x = tf.tensor([0.5, 0.5]);
  const filled = OPERATIONS.fullLike!([x, tf.scalar(3.7)], {targetDtype: 'int32'}) as tf.Tensor;
  expect([filled.dtype, filled.arraySync()]).toEqual(['int32', [3, 3]]);
  expect((OPERATIONS.onesLike!([x], {targetDtype: 'bool'}) as tf.Tensor).dtype).toBe('bool');
});

test('numbers of two types become those of the wider', () => {
  const [half, two] = [tf.tensor([0.5]), whole([2])];
  expect(numbersOf('concatenate', [two, half], {axis: 0})).toEqual([2, 0.5]);
  expect(numbersOf('where', [tf.tensor([true]), half, two])).toEqual([0.5]);
  expect(numbersOf('add', [tf.tensor([true]), two])).toEqual([3]);
});

test('a vector is a row or a column in matmul', () => {
  const matrix = tf.tensor([[1, 2], [3, 4]]); // prettier-ignore
  expect(numbersOf('matmul', [matrix, tf.tensor([1, 10])])).toEqual([21, 43]);
  expect(numbersOf('matmul', [tf.tensor([1, 10]), matrix])).toEqual([31, 42]);
  expect((OPERATIONS.matmul!([tf.ones([3, 1, 5]), tf.ones([5, 1])], {}) as tf.Tensor).shape).toEqual([3, 1, 1]);
});

test('clip has bounds for each number, and the lower one is the last word', () => {
  expect(numbersOf('clip', [tf.tensor([5, 5])], {xMin: [0, 6], xMax: 3})).toEqual([3, 6]);
  expect(numbersOf('clip', [tf.tensor([5, -5])], {xMin: 0, xMax: Infinity})).toEqual([5, 0]);
});

test('what a type does not hold is cut off before it is cast', () => {
  expect(numbersOf('saturateCast', [tf.tensor([-3, 0.5, 0])], {targetDtype: 'bool'})).toEqual([0, 1, 0]);
});

test('truth values have differences, as numbers', () => {
  expect(numbersOf('diff', [tf.tensor([true, false, true])], {axis: -1})).toEqual([-1, 1]);
});

test('what is no number is shrunk to 0, as Keras 3.15 does', () => {
  expect(numbersOf('softShrink', [tf.tensor([NaN, Infinity, -2, 0.25])], {threshold: 0.5})).toEqual([0, Infinity, -1.5, 0]); // prettier-ignore
});
