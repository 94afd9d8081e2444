import {expect, test} from '@jest/globals';
import {modelToTfjs} from '../../../lib/src/keras/architecture/read';
import type {JsonObject} from '../../../lib/src/keras/json';

/** A Sequential of one layer, as tf.keras 2 writes it, and that layer as TensorFlow.js reads it. */
function converted(className: string, config: JsonObject, version: string): JsonObject {
  const layer = {class_name: className, config: {name: 'layer', ...config}};
  const input = {class_name: 'InputLayer', config: {name: 'input', batch_shape: [null, 8, 8, 3]}};
  const model = modelToTfjs({class_name: 'Sequential', config: {name: 'model', layers: [input, layer]}}, version);
  return ((model.config as JsonObject).layers as JsonObject[])[0]!.config as JsonObject;
}

test('the one axis of a batch normalization, a list in tf.keras 2, is an integer', () => {
  expect(converted('BatchNormalization', {axis: [3]}, '2.4.0').axis).toBe(3);
});

test('Orthogonal goes by the name that Keras 3.0 to 3.6 gave it, too', () => {
  const initializer = {class_name: 'OrthogonalInitializer', config: {gain: 1}};
  const {recurrent_initializer} = converted('SimpleRNN', {units: 2, recurrent_initializer: initializer}, '3.4.0');
  expect(recurrent_initializer).toEqual({class_name: 'Orthogonal', config: {gain: 1}});
});

test('a kernel that SeparableConv2D has no use for is passed over', () => {
  const unused = {class_name: 'GlorotUniform', config: {seed: null}};
  const config = converted('SeparableConv2D', {filters: 2, kernel_size: [3, 3], kernel_initializer: unused}, '2.4.0');
  expect(config).not.toHaveProperty('kernel_initializer');
});
