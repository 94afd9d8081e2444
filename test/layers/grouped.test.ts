import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';
import {modelToTfjs} from '../../lib/src/keras/architecture/read';
import {buildModel} from '../../lib/src/tfjs/layers';

/** A model of one convolution over pictures, as Keras 3 writes it. */
function convolution(shape: (number | null)[], config: Record<string, number | string | number[]>) {
  const layer = {class_name: 'Conv2D', config: {name: 'grouped', kernel_size: [3, 2], padding: 'same', ...config}};
  const input = {class_name: 'InputLayer', config: {name: 'input', batch_shape: [null, ...shape]}};
  const json = modelToTfjs({class_name: 'Sequential', config: {name: 'model', layers: [input, layer]}}, '3.15.1');
  return buildModel(json, 10_000);
}

/** The same numbers in a kernel that sees all channels, with zeros where a filter's group doesn't. */
function dense(kernel: tf.Tensor, groups: number): tf.Tensor4D {
  const parts = tf.split(kernel, groups, -1).map((part, i) => {
    const channels = part.shape[2]!;
    return part.pad([[0, 0], [0, 0], [i * channels, (groups - 1 - i) * channels], [0, 0]]); // prettier-ignore
  });
  return tf.concat(parts as tf.Tensor4D[], -1);
}

const X = tf.randomNormal<tf.Rank.R4>([2, 7, 6, 4], 0, 1, 'float32', 1);

test.each([
  ['two groups', 2, [1, 1], [1, 1]],
  ['two groups and strides', 2, [2, 1], [1, 1]],
  ['two groups and a dilation rate', 2, [1, 1], [2, 2]],
  ['a group for each channel', 4, [2, 2], [1, 1]],
  ['a group for each channel and strides that differ', 4, [1, 2], [1, 1]],
  ['a group for each channel and a dilation rate', 4, [1, 1], [3, 2]],
] as [string, number, [number, number], [number, number]][])(
  'a convolution with %s sees what a dense one with zeros between the groups sees, first and last channels',
  async (_what, groups, strides, dilations) => {
    const given = {filters: 8, groups, strides, dilation_rate: dilations};
    const model = await convolution([7, 6, 4], given);
    const [kernel] = model.getWeights() as [tf.Tensor];
    const expected = tf.conv2d(X, dense(kernel, groups), strides, 'same', 'NHWC', dilations).dataSync();
    const found = model.predict(X) as tf.Tensor;
    expect(found.shape).toEqual(model.outputs[0]!.shape.map((size) => size ?? 2));
    found.dataSync().forEach((each, i) => {
      expect(each).toBeCloseTo(expected[i]!, 4); // sums of 24 products in another order
    });
    const first = await convolution([4, 7, 6], {...given, data_format: 'channels_first'});
    first.setWeights(model.getWeights());
    const turned = (first.predict(X.transpose([0, 3, 1, 2])) as tf.Tensor).transpose([0, 2, 3, 1]).dataSync();
    turned.forEach((each, i) => {
      expect(each).toBeCloseTo(expected[i]!, 4);
    });
  },
);

test.each(['graph', 'eager'] as const)(
  'a convolution in groups trains on the %s engine as its dense double',
  async (engine) => {
    const model = await convolution([7, 6, 4], {filters: 8, groups: 2});
    const [kernel, bias] = model.getWeights() as [tf.Tensor, tf.Tensor];
    const y = tf.randomNormal([2, 7, 6, 8], 0, 1, 'float32', 2);
    const step = tf.valueAndGrads((w: tf.Tensor, b: tf.Tensor) =>
      tf.losses.meanSquaredError(y, tf.conv2d(X, dense(w, 2), 1, 'same').add(b)),
    )([kernel, bias]).grads;
    const expected = [kernel, bias].map((weight, i) => weight.sub(step[i]!.mul(0.5)).dataSync());
    model.compile({optimizer: tf.train.sgd(0.5), loss: 'meanSquaredError'});
    await fit(model, X, y, {engine, shuffle: false, verbose: 0});
    model.getWeights().forEach((weight, i) => {
      weight.dataSync().forEach((each, j) => {
        expect(each).toBeCloseTo(expected[i]![j]!, 5);
      });
    });
  },
);

test('channels or filters that are no multiple of the groups are refused, with both numbers', async () => {
  await expect(convolution([7, 6, 4], {filters: 8, groups: 3})).rejects.toThrow(
    "layer 'grouped': 4 channels and 8 filters can't be split into 3 groups",
  );
});
