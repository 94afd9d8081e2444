import {expect, test} from '@jest/globals';
import {keras, tf} from 'convlab';

test('layerNames() counts the default names as Keras does, and keeps those that were chosen', () => {
  const layers = tf.layers;
  const model = tf.sequential();
  model.add(layers.conv2d({inputShape: [8, 8, 1], filters: 2, kernelSize: 3}));
  model.add(layers.maxPooling2d({poolSize: 2}));
  model.add(layers.conv2d({filters: 2, kernelSize: 3, name: 'conv2d_1'}));
  model.add(layers.conv2d({filters: 2, kernelSize: 1}));
  model.add(layers.leakyReLU());
  model.add(layers.flatten({name: 'flat'}));
  const names = keras.layerNames(model);
  expect(model.layers.map((layer) => names.get(layer.name))).toEqual([
    'conv2d',
    'max_pooling2d',
    'conv2d_1',
    'conv2d_2',
    'leaky_re_lu',
    'flat',
  ]);
  expect(names.get(model.name)).toBe('sequential');
});

test('layerNames() knows the layers inside wrappers and models', () => {
  const inner = tf.sequential({layers: [tf.layers.dense({inputShape: [4], units: 4})]});
  const model = tf.sequential({layers: [inner, tf.layers.dense({units: 6}), tf.layers.reshape({targetShape: [3, 2]})]});
  model.add(tf.layers.bidirectional({layer: tf.layers.gru({units: 2}), mergeMode: 'concat'}));
  const names = [...keras.layerNames(model).values()];
  expect(names).toEqual(
    expect.arrayContaining(['sequential', 'sequential_1', 'dense', 'dense_1', 'bidirectional', 'forward_gru']),
  );
});
