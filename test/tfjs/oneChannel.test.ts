import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';

test('the transposed convolution from one channel to one lays the kernel down at every pixel', () => {
  const x = tf.tensor4d([1, 0, 0, 2], [1, 2, 2, 1]);
  const kernel = tf.tensor4d([1, 2, 3, 4], [2, 2, 1, 1]);
  const result = tf.conv2dTranspose(x, kernel, [1, 4, 4, 1], 2, 'same');
  expect(Array.from(result.dataSync())).toEqual([1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 2, 4, 0, 0, 6, 8]);
});

/** A convolution of `x`, [rows of pixels …, 1], without padding, as a sum of shifted pictures: no convolution at all. */
function shifted(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  const sizes = kernel.shape.slice(0, -2);
  const out = x.shape.map((size, axis) => (axis === 0 || axis === x.rank - 1 ? size : size - sizes[axis - 1]! + 1));
  const places = sizes.reduce<number[][]>(
    (all, size) => all.flatMap((place) => Array.from({length: size}, (_, i) => [...place, i])),
    [[]],
  );
  const weights = kernel.reshape([-1]);
  return tf.addN(places.map((place, i) => tf.slice(x, [0, ...place, 0], out).mul(tf.slice(weights, i, 1).reshape([]))));
}

test.each([
  ['a row', [1, 3]],
  ['a column', [3, 1]],
  ['a square', [3, 3]],
  ['a large square', [5, 5]],
  ['a volume', [3, 3, 3]],
])('the gradient of one channel to one by its input is that of shifted pictures: %s', (_name, size) => {
  const x = tf.randomUniform([3, 9, 8, 7].slice(0, size.length + 1).concat(1), -1, 1, 'float32', 1);
  const kernel = tf.randomUniform([...size, 1, 1], -1, 1, 'float32', 2);
  const convolved = (input: tf.Tensor) =>
    size.length === 3
      ? tf.conv3d(input as tf.Tensor5D, kernel as tf.Tensor5D, 1, 'valid')
      : tf.conv2d(input as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'valid');
  const gradientOf = (f: (input: tf.Tensor) => tf.Tensor) => tf.grad((input) => f(input).square().sum())(x);
  const difference = gradientOf(convolved).sub(gradientOf((input) => shifted(input, kernel)));
  // Sums of 27 products of numbers below 1, in another order.
  expect(difference.abs().max().dataSync()[0]).toBeLessThan(1e-4);
});

test('a network of one channel learns the same on both engines', async () => {
  const x = tf.randomUniform([16, 8, 8, 1], -1, 1, 'float32', 1);
  const losses: number[][] = [];
  for (const engine of ['graph', 'eager'] as const) {
    const conv = (seed: number) =>
      tf.layers.conv2d({
        filters: 1,
        kernelSize: 3,
        padding: 'same',
        inputShape: [8, 8, 1],
        kernelInitializer: tf.initializers.glorotUniform({seed}),
      });
    const model = tf.sequential({layers: [conv(1), conv(2), conv(3)]});
    model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
    const {history} = await fit(model, x, x, {engine, epochs: 5, batchSize: 8, shuffle: false, verbose: 0});
    losses.push(history.loss!);
  }
  losses[0]!.forEach((loss, epoch) => {
    expect(loss).toBeCloseTo(losses[1]![epoch]!, 5);
  });
});
