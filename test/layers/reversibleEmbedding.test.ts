import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import '../../lib/src/layers';
import {buildModel} from '../../lib/src/tfjs/layers';
import {modelToTfjs} from '../../lib/src/keras/architecture/read';
import type {JsonObject} from '../../lib/src/keras/json';

const tensor = (layer: string, shape: (number | null)[]): JsonObject => ({
  class_name: '__keras_tensor__',
  config: {shape, dtype: 'float32', keras_history: [layer, 0, 0]},
});

/** Numbers of words to vectors and back, as Keras 3.15 describes it. */
function thereAndBack(config: JsonObject, back: (number | null)[]): Promise<tf.LayersModel> {
  const layers: JsonObject[] = [
    {class_name: 'InputLayer', name: 'words', config: {name: 'words', batch_shape: [null, 2]}, inbound_nodes: []},
    {
      class_name: 'ReversibleEmbedding',
      name: 'layer',
      config: {name: 'layer', trainable: true, dtype: 'float32', input_dim: 3, output_dim: 2, ...config},
      inbound_nodes: [
        {args: [tensor('words', [null, 2])], kwargs: {}},
        {args: [tensor('layer', back)], kwargs: {reverse: true}},
      ],
    },
  ];
  const json = {
    class_name: 'Functional',
    config: {name: 'model', layers, input_layers: [['words', 0, 0]], output_layers: [['layer', 1, 0]]},
  };
  return buildModel(modelToTfjs(json, '3.15.1'), 1e6);
}

const vectors = [
  [1, 0],
  [0, 2],
  [1, 1],
];
const answer = (model: tf.LayersModel) => (model.predict(tf.tensor2d([[0, 2]])) as tf.Tensor3D).arraySync();

test('the way back asks how well each word fits, by the same vectors', async () => {
  const model = await thereAndBack({}, [null, 2, 2]);
  model.setWeights([tf.tensor2d(vectors)]);
  // The products of word 0, then of word 2, with the vectors of all three.
  expect(answer(model)).toEqual([
    [
      [1, 0, 1],
      [1, 2, 2],
    ],
  ]);
});

test('vectors of its own for the way back, and a cap by tanh, are used where Keras has them', async () => {
  const model = await thereAndBack({tie_weights: false, logit_soft_cap: 2}, [null, 2, 2]);
  model.setWeights([
    tf.tensor2d(vectors),
    tf.tensor2d([
      [0, 1, 0],
      [4, 0, 0],
    ]),
  ]);
  const expected = [
    [
      [0, 1, 0],
      [4, 1, 0],
    ],
  ].map((rows) => rows.map((row) => row.map((x) => 2 * Math.tanh(x / 2))));
  expect(tf.tensor(answer(model)).sub(tf.tensor(expected)).abs().max().dataSync()[0]).toBeLessThan(1e-6);
});

test('calls both ways on tensors of as many axes are refused, as their number of axes tells them apart here', async () => {
  await expect((async () => thereAndBack({}, [null, 2]))()).rejects.toThrow(
    'reverse=True and without on tensors of as many axes',
  );
});
