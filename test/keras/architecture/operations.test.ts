// What Keras 3.15 writes of keras.ops; that they compute alike is judged by Keras itself, npm run test:keras.
import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {OPERATIONS} from '../../../lib/src/layers/operations';
import {operationToTfjs} from '../../../lib/src/keras/architecture/operations';
import {callToKeras, operationToKeras} from '../../../lib/src/keras/architecture/operationsToKeras';
import {camel, OPERATION_TABLE} from '../../../lib/src/keras/architecture/operationTable';
import type {Json, JsonObject} from '../../../lib/src/keras/json';

const tensor = (name: string): JsonObject => ({
  class_name: '__keras_tensor__',
  config: {shape: [null, 4], dtype: 'float32', keras_history: [name, 0, 0]},
});
const [x, y] = [tensor('x'), tensor('y')];
const operation = (class_name: string, config: JsonObject, args: Json[], kwargs: JsonObject = {}) => ({
  module: 'keras.src.ops.numpy',
  class_name,
  config: {name: 'o', ...config},
  registered_name: class_name,
  inbound_nodes: [{args, kwargs}],
});

/** A configuration as TensorFlow.js's layer gives it back: in camelCase. */
const live = ({config}: JsonObject) =>
  Object.fromEntries(Object.entries(config as JsonObject).map(([key, value]) => [camel(key), value]));

test.each<[string, JsonObject, Json[], Json[]]>([
  ['Reshape', {newshape: [-1, 24]}, [x], [x]],
  ['Concatenate', {axis: 1}, [[x, y, x]], [x, y]],
  ['Where', {}, [x, 0.5, y], [x, y]],
  ['Take', {axis: 1}, [x, [0, 2]], [x]],
  ['Clip', {x_min: -1, x_max: 1}, [x], [x]],
  ['Cast', {dtype: 'float32'}, [x], [x]],
  ['Divide', {}, [2, x], [x]],
  ['Split', {indices_or_sections: [1, 3], axis: -1}, [x], [x]],
  ['TopK', {k: 2}, [x], [x]],
  ['RGBToGrayscale', {data_format: 'channels_last'}, [x], [x]],
  ['BroadcastTo', {shape: [3, 4]}, [x], [x]],
  ['LayerNorm', {axis: -1}, [x, null, null], [x]],
  ['DotProductAttention', {is_causal: false}, [x, y, x, null, y], [x, y]],
])('keras.ops.%s with %j is written as it was read', (className, config, args, tensors) => {
  const read = live(operationToTfjs(operation(className, config, args)));
  expect(operationToKeras(read, 'o')).toMatchObject({class_name: className, config: {name: 'o', ...config}});
  expect(callToKeras(read, tensors)).toEqual({args, kwargs: {}});
});

test.each<[string, JsonObject, Json[], JsonObject, RegExp]>([
  ['Fft2', {}, [x], {}, /operation 'o' \(Fft2\): keras\.ops\.fft2 has no counterpart here; in Keras, use a layer/],
  ['Pad', {pad_width: 1, mode: 'edge'}, [x], {}, /\(Pad\): mode "edge" isn't supported here/],
  ['Cast', {dtype: 'complex64'}, [x], {}, /\(Cast\): dtype "complex64" isn't supported here/],
  ['Pad', {pad_width: 1}, [x], {constant_values: y}, /\(Pad\) is called with \{"class_name":"__keras_tensor__"/],
  ['FFT2', {}, [x], {}, /keras\.ops\.fft2 has no counterpart here/],
  ['Where', {}, [x, y], {}, /\(Where\) is called with \[/],
  ['Relu', {}, [x, 3], {}, /\(Relu\) is called with 3, which isn't supported here/],
  ['Add', {}, [x, 'text'], {}, /\(Add\) is called with "text", which isn't numbers/],
])('keras.ops.%s with %j of %j and %j is refused by name', (className, config, args, kwargs, message) => {
  expect(() => operationToTfjs(operation(className, config, args, kwargs))).toThrow(message);
});

test.each(['__numpy__', '__tensor__'])(
  'an array of class %s among the operands is read as its numbers, and written as an array',
  (class_name) => {
    const array = {class_name, config: {value: [[1, 2]], dtype: 'float32'}};
    const read = operationToTfjs(operation('Add', {}, [x, array]));
    expect(read.config).toMatchObject({constants: [null, [[1, 2]]]});
    // As a list Keras wouldn't take it.
    expect(callToKeras(live(read), [x]).args).toEqual([x, {...array, class_name: '__numpy__'}]);
  },
);

test('every operation that is read can be computed, and the other way round', () => {
  expect([...OPERATION_TABLE.keys()].map(camel).sort()).toEqual(Object.keys(OPERATIONS).sort());
});

test('a softmax without an axis is one over all numbers, in their shape', () => {
  const all = OPERATIONS.softmax!([tf.zeros([2, 3])], {axis: null}) as tf.Tensor;
  expect(all.shape).toEqual([2, 3]);
  expect(all.sum().dataSync()[0]).toBeCloseTo(1, 6);
});

test("a half turn of what isn't square is refused, as Keras mixes it up", () => {
  const turned = (shape: number[]) => OPERATIONS.rot90!([tf.zeros(shape)], {k: 2, axes: [1, 2]});
  expect(() => turned([1, 2, 3])).toThrow('mixes its numbers up');
  expect([turned([1, 3, 3])].flat()[0]!.shape).toEqual([1, 3, 3]);
});

test('sizes of pictures of whole numbers are refused, since Keras rounds them', () => {
  const whole = {class_name: '__keras_tensor__', config: {shape: [null, 4, 4, 1], dtype: 'int32', keras_history: ['x', 0, 0]}}; // prettier-ignore
  const resize = (interpolation: string) => () =>
    operationToTfjs(operation('Resize', {size: [2, 2], interpolation}, [whole]));
  expect(resize('bilinear')).toThrow("operation 'o' (Resize) rounds whole numbers in Keras");
  expect(resize('nearest')).not.toThrow();
});
