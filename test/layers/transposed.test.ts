import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';
import type {JsonObject} from '../../lib/src/keras/json';
import {ofLayer, predicted} from './ofLayer';

const one: JsonObject = {filters: 1, use_bias: false, activation: 'linear'};

// Two steps lay [1, 1, 1] down, two places apart: 1 1 3 2 2 in all.
test.each<[string, number | null, number[]]>([
  ['valid', null, [1, 1, 3, 2, 2]],
  ['valid', 1, [1, 1, 3, 2, 2, 0]],
  ['same', null, [1, 1, 3, 2]],
  ['same', 0, [1, 3, 2]],
  ['same', 1, [1, 1, 3, 2]],
])("with padding '%s' and an output_padding of %j, a row becomes as long as in Keras", async (padding, more, expected) => {
  const config = {...one, kernel_size: [3], strides: [2], padding, output_padding: more === null ? null : [more]};
  const model = await ofLayer('Conv1DTranspose', config, [2, 1]);
  model.setWeights([tf.ones([3, 1, 1])]);
  expect(model.outputShape).toEqual([null, expected.length, 1]);
  expect([...predicted(model, tf.tensor3d([1, 2], [1, 2, 1])).dataSync()]).toEqual(expected);
}); // prettier-ignore

test.each(['Conv2DTranspose', 'Conv3DTranspose'])('%s goes on for its output_padding along each axis', async (name) => {
  const rank = name === 'Conv2DTranspose' ? 2 : 3;
  const [two, three] = [Array<number>(rank).fill(2), Array<number>(rank).fill(3)];
  const paddings = [1, 0, 1].slice(0, rank);
  const config = {...one, kernel_size: three, strides: two, padding: 'valid', output_padding: paddings};
  const model = await ofLayer(name, config, [...two, 1]);
  model.setWeights([tf.ones([...three, 1, 1])]);
  expect(model.outputShape).toEqual([null, ...paddings.map((more) => 5 + more), 1]);
  const found = predicted(model, tf.ones([1, ...two, 1]));
  expect(found.shape.slice(1)).toEqual(model.outputShape.slice(1));
  // What is more holds nothing: each of the pixels lays down 3 x 3 (x 3) ones.
  expect(found.sum().dataSync()[0]).toBe(6 ** rank);
});

test('an even kernel that TensorFlow has no result for is refused by name', async () => {
  const config = {...one, kernel_size: [4], strides: [2], padding: 'same', output_padding: [0]};
  await expect(ofLayer('Conv1DTranspose', config, [2, 1])).rejects.toThrow(
    "layer 'layer' (Conv1DTranspose): with padding 'same' and a kernel of 4, TensorFlow has no result for output_padding 0",
  );
});

test.each(['graph', 'eager'] as const)('channels first train as channels last: %s', async (engine) => {
  const x = tf.randomNormal([4, 3, 3, 2], 0, 1, 'float32', 1);
  const order = {first: [0, 3, 1, 2], last: [0, 2, 3, 1]};
  const config = {filters: 3, kernel_size: [3, 2], strides: [2, 2], padding: 'same', output_padding: [0, 1]};
  const last = await ofLayer('Conv2DTranspose', {...config, data_format: 'channels_last'}, [3, 3, 2]);
  const first = await ofLayer('Conv2DTranspose', {...config, data_format: 'channels_first'}, [2, 3, 3]);
  const kernel = tf.randomNormal([3, 2, 3, 2], 0, 1, 'float32', 2);
  for (const model of [last, first]) {
    model.setWeights([kernel, tf.ones([3])]);
    model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
  }
  const options = {engine, epochs: 2, batchSize: 4, shuffle: false, verbose: 0} as const;
  await fit(last, x, tf.zeros([4, ...last.outputShape.slice(1)] as number[]), options);
  await fit(first, x.transpose(order.first), tf.zeros([4, ...first.outputShape.slice(1)] as number[]), options);
  const difference = predicted(first, x.transpose(order.first)).transpose(order.last).sub(predicted(last, x));
  // Sums in another order.
  expect(difference.abs().max().dataSync()[0]).toBeLessThan(1e-5);
});
