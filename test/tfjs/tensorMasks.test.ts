// Two masks of one tensor: that of the network as it was drawn, and the one that MultiHeadAttention leaves. The numbers are
// those of Keras 3.15.1 for the same configuration and weights.
import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import type {Json, JsonObject} from '../../lib/src/keras/json';
import {modelToTfjs} from '../../lib/src/keras/architecture/read';
import {passMasksAsKeras} from '../../lib/src/tfjs/kerasMasks';
import {buildModel} from '../../lib/src/tfjs/layers';

const shape = [null, 3, 2];
const tensor = (name: string): JsonObject => ({
  class_name: '__keras_tensor__',
  config: {shape, dtype: 'float32', keras_history: [name, 0, 0]},
});
const layer = (class_name: string, name: string, args: Json[], config: JsonObject = {}): JsonObject => ({
  module: 'keras.layers',
  class_name,
  name,
  config: {name, ...config},
  inbound_nodes: args.length > 0 ? [{args, kwargs: {}}] : [],
});
/** With a query of zeros it gives each step the mean of the steps that it sees. */
const attention = (name: string, of: string) =>
  layer('MultiHeadAttention', name, [tensor(of), tensor(of)], {num_heads: 1, key_dim: 2, use_bias: false});

async function model(): Promise<tf.LayersModel> {
  const layers = [
    layer('InputLayer', 'x', [], {batch_shape: shape}),
    layer('Masking', 'masking', [tensor('x')], {mask_value: 0}),
    attention('first', 'masking'),
    layer('Add', 'sum', [[tensor('masking'), tensor('first')]]),
    layer('SimpleRNN', 'rnn', [tensor('sum')], {units: 2, activation: 'linear'}),
    attention('second', 'sum'),
  ];
  const ends = {input_layers: [['x', 0, 0]], output_layers: [['rnn', 0, 0], ['second', 0, 0]]}; // prettier-ignore
  const config = {class_name: 'Functional', config: {name: 'model', layers, ...ends}};
  const built = await buildModel(modelToTfjs(config, '3.15.1'), 1e6);
  const [one, none] = [tf.eye(2), tf.zeros([2, 2])];
  for (const each of built.layers) {
    // Of the attention: query, key, value, and what they go through at the end.
    if (each.weights.length === 4) each.setWeights([none, one, one, one].map((part, i) => part.reshape(each.weights[i]!.shape as number[]))); // prettier-ignore
    if (each.weights.length === 3) each.setWeights([one, one, tf.ones([2])]);
  }
  passMasksAsKeras(built);
  return built;
}

test('MultiHeadAttention leaves none to the layers that ask as they compute, and that of the drawing to the others', async () => {
  const [rnn, second] = (await model()).predict(tf.tensor([[[1, 2], [3, -4], [0, 0]]])) as [tf.Tensor, tf.Tensor]; // prettier-ignore
  // (1, 2) + (3, -4), twice their mean, and a bias of 1 a step.
  expect(rnn.arraySync()).toEqual([[10, -2]]);
  // The mean of all three steps: (3, 1), (5, -5) and the padding's (4, -2) / 3, which looked at all steps.
  for (const step of (second.arraySync() as number[][][])[0]!) {
    expect(step[0]).toBeCloseTo(28 / 9, 5);
    expect(step[1]).toBeCloseTo(-14 / 9, 5);
  }
});

test('no tensor is left behind', async () => {
  const built = await model();
  const x = tf.ones([1, 3, 2]);
  const predict = () => {
    tf.dispose(built.predict(x));
  };
  predict();
  const before = tf.memory().numTensors;
  predict();
  expect(tf.memory().numTensors).toBe(before);
});
