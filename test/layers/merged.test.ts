import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import '../../lib/src/layers';
import type {JsonObject} from '../../lib/src/keras/json';
import {modelToTfjs} from '../../lib/src/keras/architecture/read';
import {buildModel} from '../../lib/src/tfjs/layers';

/** A model of one merge of two inputs, as Keras describes it. */
function merging(className: string, config: JsonObject, shapes: number[][]) {
  const input = (name: string, shape: number[]): JsonObject => ({
    class_name: 'InputLayer',
    name,
    config: {name, batch_shape: [null, ...shape]},
    inbound_nodes: [],
  });
  const merge: JsonObject = {
    class_name: className,
    name: 'merge',
    config: {name: 'merge', ...config},
    inbound_nodes: [['a', 'b'].map((name) => [name, 0, 0, {}])],
  };
  const ends: JsonObject = {
    input_layers: [['a', 0, 0], ['b', 0, 0]], // prettier-ignore
    output_layers: [['merge', 0, 0]],
  };
  const layers = [input('a', shapes[0]!), input('b', shapes[1]!), merge];
  return buildModel(modelToTfjs({class_name: 'Functional', config: {name: 'model', layers, ...ends}}, '3.15.1'), 10);
}

test('Concatenate counts its axis from the end', async () => {
  const model = await merging('Concatenate', {axis: -2}, [[1, 2], [1, 2]]); // prettier-ignore
  const found = model.predict([tf.tensor3d([[[1, 2]]]), tf.tensor3d([[[3, 4]]])]) as tf.Tensor;
  // TensorFlow.js's own puts 1 2 3 4 into one row.
  expect(found.arraySync()).toEqual([[[1, 2], [3, 4]]]); // prettier-ignore
  expect(model.outputShape).toEqual([null, 2, 2]);
});

test('Subtract fills up the axes that one has less, behind the examples', async () => {
  const model = await merging('Subtract', {}, [[2], [2, 2]]); // prettier-ignore
  const found = model.predict([tf.tensor2d([[10, 20]]), tf.tensor3d([[[1, 2], [3, 4]]])]) as tf.Tensor; // prettier-ignore
  expect(found.arraySync()).toEqual([[[9, 18], [7, 16]]]); // prettier-ignore
  expect(model.outputShape).toEqual([null, 2, 2]);
});
