// MultiHeadAttention is the reference, in which each head has keys and values of its own.
import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import '../../lib/src/layers';
import type {JsonObject} from '../../lib/src/keras/json';
import {modelToTfjs} from '../../lib/src/keras/architecture/read';
import {buildModel} from '../../lib/src/tfjs/layers';

const [steps, features, size] = [4, 3, 2];

/** A model in which a sequence attends to itself, as Keras 3.15 describes it. */
function attending(className: string, config: JsonObject): Promise<tf.LayersModel> {
  const history = {shape: [null, steps, features], dtype: 'float32', keras_history: ['input', 0, 0]};
  const x: JsonObject = {class_name: '__keras_tensor__', config: history};
  const layers: JsonObject[] = [
    {class_name: 'InputLayer', name: 'input', config: {name: 'input', batch_shape: [null, steps, features]}, inbound_nodes: []},
    {class_name: className, name: 'layer', config: {name: 'layer', ...config}, inbound_nodes: [{args: [x, x], kwargs: {}}]},
  ]; // prettier-ignore
  const ends = {input_layers: [['input', 0, 0]], output_layers: [['layer', 0, 0]]};
  return buildModel(modelToTfjs({class_name: 'Functional', config: {name: 'model', layers, ...ends}}, '3.15.1'), 1e6);
}

const grouped = (heads: number, shared: number, more: JsonObject = {}) =>
  attending('GroupQueryAttention', {head_dim: size, num_query_heads: heads, num_key_value_heads: shared, ...more});

const predicted = (model: tf.LayersModel, x: tf.Tensor) => model.predict(x) as tf.Tensor;

test.each([4, 2, 1])('of four heads that share the keys and values of %i, each is a head with its own', async (shared) => {
  const own = await grouped(4, shared);
  const usual = await attending('MultiHeadAttention', {num_heads: 4, key_dim: size});
  const weights = own.getWeights().map((each, i) => tf.randomNormal(each.shape, 0, 1, 'float32', i + 1));
  own.setWeights(weights);
  // The kernel and the bias of the key and of the value: once for each head, neighbours alike.
  const places = tf.tensor1d([0, 1, 2, 3].map((head) => Math.floor((head * shared) / 4)), 'int32'); // prettier-ignore
  usual.setWeights(weights.map((each, i) => (i >= 2 && i < 6 ? each.gather(places, each.rank - 2) : each)));
  const x = tf.randomNormal([3, steps, features], 0, 1, 'float32', 9);
  const difference = predicted(own, x).sub(predicted(usual, x));
  // Sums in another order.
  expect(difference.abs().max().dataSync()[0]).toBeLessThan(1e-5);
}); // prettier-ignore

test('through a window of two, a step sees itself and its neighbours alone', async () => {
  const model = await grouped(2, 1, {sliding_window: 2, use_gate: true});
  model.setWeights(model.getWeights().map((each, i) => tf.randomNormal(each.shape, 0, 1, 'float32', i + 1)));
  const x = tf.randomNormal([1, steps, features], 0, 1, 'float32', 9);
  const other = x.add(
    tf
      .oneHot(tf.tensor1d([3], 'int32'), steps)
      .cast('float32')
      .reshape([1, steps, 1]),
  );
  const changed = predicted(model, x).sub(predicted(model, other)).abs().max(2);
  const [first, second, third, last] = changed.dataSync();
  expect([first, second]).toEqual([0, 0]);
  expect(Math.min(third!, last!)).toBeGreaterThan(0);
});
