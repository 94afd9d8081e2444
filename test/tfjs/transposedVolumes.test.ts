import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import '../../lib/src/tfjs/transposedVolumes';

test.each(['valid', 'same'] as const)("the gradients of one layer of a volume are those of a picture: '%s'", (padding) => {
  const x = tf.randomNormal<tf.Rank.R4>([2, 3, 4, 2], 0, 1, 'float32', 1);
  const kernel = tf.randomNormal<tf.Rank.R4>([3, 2, 3, 2], 0, 1, 'float32', 2);
  const [height, width] = padding === 'same' ? [6, 8] : [7, 8];
  const flat = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
    tf.conv2dTranspose(a as tf.Tensor4D, b as tf.Tensor4D, [2, height, width, 3], 2, padding).square().sum(),
  )([x, kernel]);
  const deep = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
    tf
      .conv3dTranspose(a as tf.Tensor5D, b as tf.Tensor5D, [2, 1, height, width, 3], [1, 2, 2], padding)
      .square()
      .sum(),
  )([x.expandDims(1), kernel.expandDims(0)]);
  flat.forEach((gradient, i) => {
    const difference = deep[i]!.squeeze([i === 0 ? 1 : 0]).sub(gradient);
    // Sums of some dozen products, in another order.
    expect(difference.abs().max().dataSync()[0]).toBeLessThan(1e-4);
  });
}); // prettier-ignore
