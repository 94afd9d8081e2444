import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {narrowed} from '../../../lib/src/layers/operations/narrow';

// By NumPy 2.4: np.array(x, 'float32').astype('float16').astype('float32'); by TensorFlow's cast for bfloat16.
test.each([
  ['float16', [0.1, 1 / 3, 2049, 2051, 65519, 65520, -1e9, 6e-8, 3e-8, 2e-8, 0], [0.0999755859375, 0.333251953125, 2048, 2052, 65504, Infinity, -Infinity, 2 ** -24, 2 ** -24, 0, 0]],
  ['bfloat16', [0.1, 1 / 3, 257, 259, 1e30, 3e38], [0.10009765625, 0.333984375, 256, 260, 1.0002555517425873e30, 3.00405527047391e38]],
] as const)('numbers of %s are rounded as there', (dtype, given, expected) => {
  const found = narrowed(tf.tensor1d([...given, NaN, Infinity]), dtype).dataSync();
  // To the last bit: these are numbers of 32 bits.
  expect([...found]).toEqual([...expected, NaN, Infinity].map(Math.fround));
}); // prettier-ignore

test('going backwards they are passed over', () => {
  const gradient = tf.grad((x) => narrowed(x, 'float16').mul(3));
  expect([...gradient(tf.tensor1d([0.1, 5])).dataSync()]).toEqual([3, 3]);
});
