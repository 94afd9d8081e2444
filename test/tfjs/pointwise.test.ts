import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';

// Where TensorFlow fails at this, it ends the whole process: the shapes are those of a crash.
const cases: [string, () => tf.layers.Layer, number[]][] = [
  ['conv2d', () => tf.layers.conv2d({filters: 16, kernelSize: 1, strides: 2}), [60, 60, 8]],
  [
    'conv2d with the padding "same"',
    () => tf.layers.conv2d({filters: 4, kernelSize: 1, strides: 3, padding: 'same'}),
    [61, 60, 8],
  ],
  ['conv2d with a stride each way', () => tf.layers.conv2d({filters: 4, kernelSize: 1, strides: [1, 2]}), [30, 31, 3]],
  ['conv1d', () => tf.layers.conv1d({filters: 16, kernelSize: 1, strides: 2}), [3600, 8]],
  [
    'the transposed convolution',
    () => tf.layers.conv2dTranspose({filters: 8, kernelSize: 1, strides: 2}),
    [30, 30, 16],
  ],
];

test.each(cases)('1 x 1 kernels with a stride train on both engines: %s', async (_name, layer, shape) => {
  const examples = 16;
  const x = tf.randomUniform([examples, ...shape], -1, 1, 'float32', 1);
  const y = tf.ones([examples, 1]);
  const histories: number[][] = [];
  for (const engine of ['graph', 'eager'] as const) {
    const model = tf.sequential({layers: [tf.layers.inputLayer({inputShape: shape}), layer()]});
    model.add(tf.layers.flatten());
    model.add(tf.layers.dense({units: 1, kernelInitializer: tf.initializers.constant({value: 0.001})}));
    model.setWeights(
      model.getWeights().map((weight, i) => tf.randomUniform(weight.shape, -0.01, 0.01, 'float32', i + 1)),
    );
    model.compile({optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError'});
    const {history} = await fit(model, x, y, {engine, epochs: 3, batchSize: 8, shuffle: false, verbose: 0});
    histories.push(history.loss!);
  }
  histories[0]!.forEach((loss, epoch) => {
    expect(loss).toBeCloseTo(histories[1]![epoch]!, 4);
  });
});

test('the gradient of 1 x 1 kernels with a stride is the one of the picked pixels', () => {
  const x = tf.randomUniform<tf.Rank.R4>([2, 7, 6, 3], -1, 1, 'float32', 1);
  const kernel = tf.randomUniform<tf.Rank.R4>([1, 1, 3, 5], -1, 1, 'float32', 2);
  const picked = tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, 2, 2, 1]).reshape([-1, 3]);
  const gradient = tf.grad((k) =>
    tf
      .conv2d(x, k as tf.Tensor4D, 2, 'valid')
      .square()
      .sum(),
  )(kernel);
  // Rows of pixels times a matrix: the same convolution.
  const product = tf.grad((k) =>
    tf
      .matMul(picked, k.reshape([3, 5]))
      .square()
      .sum(),
  )(kernel);
  expect(gradient.sub(product).abs().max().dataSync()[0]).toBeLessThan(1e-4);
});
