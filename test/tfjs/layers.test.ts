import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {buildModel, forgottenConfig, ownWeights, setWeight, sublayers, variableName} from '../../lib/src/tfjs/layers';

// What tfjs.ts reaches for behind TensorFlow.js's types must still be there.

test('sublayers() finds the layers inside wrappers, recurrent layers and models', () => {
  const attributes = (layer: tf.layers.Layer) => sublayers(layer).map(({attribute}) => attribute);
  const cells = tf.layers.stackedRNNCells({cells: [tf.layers.gruCell({units: 1}), tf.layers.gruCell({units: 1})]});
  expect(attributes(tf.layers.lstm({units: 2}))).toEqual(['cell']);
  expect(attributes(cells)).toEqual(['cells', 'cells']);
  expect(attributes(tf.layers.timeDistributed({layer: tf.layers.dense({units: 1})}))).toEqual(['layer']);
  const both = tf.layers.bidirectional({layer: tf.layers.lstm({units: 2}), mergeMode: 'sum'});
  expect(attributes(both)).toEqual(['forward_layer', 'backward_layer']);
  expect(attributes(tf.sequential({layers: [tf.layers.dense({inputShape: [2], units: 1})]}))).toEqual(['layers']);
  expect(attributes(tf.layers.dense({units: 1}))).toEqual([]);
});

test('ownWeights() lists trained weights first, trainable or not', () => {
  const layer = tf.layers.batchNormalization({inputShape: [3]});
  tf.sequential({layers: [layer]});
  layer.trainable = false;
  expect(ownWeights(layer).map((weight) => variableName(weight).split('/').at(-1))).toEqual([
    'gamma',
    'beta',
    'moving_mean',
    'moving_variance',
  ]);
});

test('forgottenConfig() has what SeparableConv2D leaves out of its config', () => {
  expect(forgottenConfig(tf.layers.separableConv2d({filters: 1, kernelSize: 2, depthMultiplier: 3}))).toEqual({
    depth_multiplier: 3,
  });
});

test('setWeight() sets the values to the bit, without the constraint', () => {
  const layer = tf.layers.dense({inputShape: [2], units: 1, useBias: false, kernelConstraint: 'nonNeg'});
  tf.sequential({layers: [layer]});
  setWeight(layer.weights[0]!, Float32Array.of(-1, 0.1));
  expect(layer.getWeights()[0]!.dataSync()).toEqual(Float32Array.of(-1, 0.1));
});

test('buildModel() starts from zeros, within a limit, and leaves TensorFlow.js as it was', async () => {
  const topology = tf
    .sequential({layers: [tf.layers.dense({inputShape: [2], units: 3})]})
    .toJSON(null, false) as object;
  const before = tf.memory().numTensors;
  await expect(buildModel(topology, 8)).rejects.toThrow('its layers need more than the 8 weights that it holds');
  expect(tf.memory().numTensors).toBe(before);
  const model = await buildModel(topology, 9);
  expect([...model.getWeights()[0]!.dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
  const other = tf.sequential({layers: [tf.layers.dense({inputShape: [2], units: 3})]});
  expect([...other.getWeights()[0]!.dataSync()].some((value) => value !== 0)).toBe(true);
});
