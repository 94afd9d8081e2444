// Attention over a sequence is the reference: over several axes it is that over all their places in one row.
import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import '../../lib/src/layers';
import type {JsonObject} from '../../lib/src/keras/json';
import {modelToTfjs} from '../../lib/src/keras/architecture/read';
import {buildModel} from '../../lib/src/tfjs/layers';

const [height, width, features] = [2, 3, 4];

/** A model in which places attend to each other, as Keras 3.15 describes it. @param shape of one example */
function attending(shape: number[], config: JsonObject = {}): Promise<tf.LayersModel> {
  const history = {shape: [null, ...shape], dtype: 'float32', keras_history: ['input', 0, 0]};
  const x: JsonObject = {class_name: '__keras_tensor__', config: history};
  const given = {name: 'layer', num_heads: 2, key_dim: 3, ...config};
  const layers: JsonObject[] = [
    {
      class_name: 'InputLayer',
      name: 'input',
      config: {name: 'input', batch_shape: [null, ...shape]},
      inbound_nodes: [],
    },
    {class_name: 'MultiHeadAttention', name: 'layer', config: given, inbound_nodes: [{args: [x, x], kwargs: {}}]},
  ];
  const ends = {input_layers: [['input', 0, 0]], output_layers: [['layer', 0, 0]]};
  return buildModel(modelToTfjs({class_name: 'Functional', config: {name: 'model', layers, ...ends}}, '3.15.1'), 1e6);
}

const predicted = (model: tf.LayersModel, x: tf.Tensor) => model.predict(x) as tf.Tensor;

/** Both with the same weights. */
async function pair(shape: number[], other: number[], config: JsonObject = {}) {
  const [pictures, sequences] = [await attending(shape, config), await attending(other)];
  const weights = sequences.getWeights().map((each, i) => tf.randomNormal(each.shape, 0, 1, 'float32', i + 1));
  for (const model of [pictures, sequences]) model.setWeights(weights);
  return {pictures, sequences};
}

// Sums in another order.
const expectEqual = (one: tf.Tensor, other: tf.Tensor) => {
  expect(one.sub(other).abs().max().dataSync()[0]).toBeLessThan(1e-5);
};

const x = tf.randomNormal([5, height, width, features], 0, 1, 'float32', 9);

test('without attention_axes each pixel of a picture attends to all others', async () => {
  const {pictures, sequences} = await pair([height, width, features], [height * width, features]);
  const inOneRow = predicted(sequences, x.reshape([5, height * width, features]));
  expectEqual(predicted(pictures, x), inOneRow.reshape(x.shape));
});

test.each([2, -2])('along the axis %i alone each row of a picture is a sequence by itself', async (axis) => {
  const {pictures, sequences} = await pair([height, width, features], [width, features], {attention_axes: [axis]});
  const rows = predicted(sequences, x.reshape([5 * height, width, features]));
  expectEqual(predicted(pictures, x), rows.reshape(x.shape));
});

test('an axis that holds the examples or the features is refused', async () => {
  await expect(attending([height, width, features], {attention_axes: [3]})).rejects.toThrow(
    "layer 'layer': expected attention_axes between the examples and the features, of [1,2], got [3]",
  );
});
