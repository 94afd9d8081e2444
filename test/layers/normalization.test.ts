import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';
import '../../lib/src/layers';
import type {Json, JsonObject} from '../../lib/src/keras/json';
import {modelToTfjs} from '../../lib/src/keras/architecture/read';
import {modelToKeras} from '../../lib/src/keras/architecture/write';
import {buildModel} from '../../lib/src/tfjs/layers';

/** A model of one layer, as Keras describes it, for pictures of 2 by 3 with four channels. */
function ofLayer(className: string, config: JsonObject) {
  const layers: JsonObject[] = [
    {class_name: 'InputLayer', config: {name: 'input', batch_shape: [null, 2, 3, 4]}},
    {class_name: className, config: {name: 'layer', trainable: true, dtype: 'float32', ...config}},
  ];
  return buildModel(modelToTfjs({class_name: 'Sequential', config: {name: 'model', layers}}, '3.15.1'), 1e6);
}

/** The axis that Keras would read. */
function writtenAxis(model: tf.LayersModel): Json {
  const {layers} = modelToKeras(model).config as {layers: {config: JsonObject}[]};
  return layers.at(-1)!.config.axis!;
}

// Keras builds LayerNormalization(axis=[1, -1]) with the sorted axes [-1, 1], writes those, and sorts again as it reads.
test.each([[[-1, 1]], [[1, 3]], [[-2, -1]], [-1]])(
  'a layer normalization is saved with the axes %j that Keras sorted, which its weights follow',
  async (axis) => {
    const model = await ofLayer('LayerNormalization', {axis});
    const sizes = [axis].flat().map((each) => [1, 2, 3, 4].at(each));
    expect(model.weights.map(({shape}) => shape)).toEqual([sizes, sizes]);
    expect(writtenAxis(model)).toEqual(axis);
  },
);

test('axes that Keras would sort otherwise than TensorFlow.js has them are refused by name', () => {
  const layer = tf.layers.layerNormalization({axis: [3, 1], inputShape: [2, 3, 4], name: 'normal'});
  expect(() => modelToKeras(tf.sequential({layers: [layer]}))).toThrow(
    "layer 'normal' (LayerNormalization): axis [3,1] is in another order than Keras's, [1,3]: build it with that",
  );
  const ascending = tf.layers.layerNormalization({axis: [1, -1], inputShape: [2, 3, 4]});
  expect(writtenAxis(tf.sequential({layers: [ascending]}))).toEqual([1, 3]);
});

test('a normalization keeps its statistics in the order of the axes, however they are counted', async () => {
  const model = await ofLayer('Normalization', {axis: [-1, 1], mean: null, variance: null, invert: false});
  expect(model.weights.map(({shape}) => shape)).toEqual([[2, 4], [2, 4], []]);
  const x = tf.range(0, 24).reshape([1, 2, 3, 4]);
  model.weights[0]!.write(x.mean(2).squeeze([0]));
  model.weights[1]!.write(tf.ones([2, 4]));
  const [first] = (model.predict(x) as tf.Tensor).unstack(2);
  expect([...first!.dataSync()]).toEqual([-4, -4, -4, -4, -4, -4, -4, -4]);
  expect(writtenAxis(model)).toEqual([-1, 1]);
});

// In TensorFlow.js alone such a layer has no gradient: "Input to reshape is a tensor with 48 values".
test.each(['graph', 'eager'] as const)(
  'batch normalization trains along any axis as along the last: %s',
  async (engine) => {
    const x = tf.range(0, 48).sin().reshape([2, 4, 3, 2]);
    const trained = async (order: number[], axis: number) => {
      const moved = x.transpose(order);
      const layer = tf.layers.batchNormalization({inputShape: moved.shape.slice(1), momentum: 0.5, axis});
      const model = tf.sequential({layers: [layer]});
      model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
      await fit(model, moved, moved.cos(), {epochs: 2, batchSize: 2, shuffle: false, verbose: 0, engine});
      const back = order.map((_, i) => order.indexOf(i));
      return [(model.predict(moved) as tf.Tensor).transpose(back), ...model.getWeights()].flatMap((each) => [
        ...each.dataSync(),
      ]);
    };
    const [first, last] = [await trained([0, 1, 2, 3], 1), await trained([0, 2, 3, 1], -1)];
    first.forEach((each, i) => {
      // Float32 sums in another order.
      expect(each).toBeCloseTo(last[i]!, 5);
    });
  },
);

test('a layer normalization keeps its weights within their constraints while it trains, as Keras does', async () => {
  const nonNeg = {class_name: 'NonNeg', config: {}};
  const model = await ofLayer('LayerNormalization', {axis: -1, beta_constraint: nonNeg, gamma_constraint: null});
  const x = tf.randomNormal([4, 2, 3, 4], 0, 1, 'float32', 1);
  const y = x.sub(2);
  for (const engine of ['graph', 'eager'] as const) {
    model.compile({optimizer: tf.train.sgd(1), loss: 'meanSquaredError'});
    await fit(model, x, y, {epochs: 3, shuffle: false, verbose: 0, engine});
    const [gamma, beta] = model.getWeights().map((weight) => [...weight.dataSync()]);
    expect(beta).toEqual([0, 0, 0, 0]);
    expect(gamma).not.toEqual([1, 1, 1, 1]);
  }
});
