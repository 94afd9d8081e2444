import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {modelToKeras, withoutModules} from '../../../lib/src/keras/architecture/write';
import {ofLayer} from '../../layers/ofLayer';

test('a functional model of layers that Keras 2 has is written into .h5 with the names that Keras 2 knows, at every depth', () => {
  const input = tf.input({shape: [4]});
  const inside = tf.input({shape: [3]});
  const inner = tf.model({inputs: inside, outputs: tf.layers.dense({units: 2}).apply(inside) as tf.SymbolicTensor});
  const hidden = tf.layers.dense({units: 3}).apply(input) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs: inner.apply(hidden) as tf.SymbolicTensor});
  const written = JSON.stringify(withoutModules(modelToKeras(model)));
  expect(written).toContain('"batch_input_shape":[null,4]');
  expect(written).toContain('"batch_input_shape":[null,3]');
  // Keras 2 refuses the new name of the shape, and knows no module of Keras 3.
  expect(written).not.toMatch(/"batch_shape"|"module":"keras\.src/);
});

test('RandomCrop is written for Keras 3 alone, as Keras 2 predicts otherwise', async () => {
  const model = await ofLayer('RandomCrop', {height: 2, width: 2}, [3, 3, 1]);
  expect(JSON.stringify(modelToKeras(model))).toContain('"RandomCrop"');
  expect(() => modelToKeras(model, 2)).toThrow("layer 'layer' is a RandomCrop, which Keras 2 computes otherwise");
});
