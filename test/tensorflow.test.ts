import {expect, test} from '@jest/globals';
import {tf} from 'convlab';

test('tf multiplies two matrices on the native backend', async () => {
  expect(tf.getBackend()).toBe('tensorflow');
  const product = tf.matMul(
    tf.tensor2d([
      [1, 2],
      [3, 4],
    ]),
    tf.tensor2d([
      [0, 1],
      [1, 0],
    ]),
  );
  expect(await product.array()).toEqual([
    [2, 1],
    [4, 3],
  ]);
  const t: tf.Tensor2D = product as tf.Tensor2D;
  expect(t.shape).toEqual([2, 2]);
});
