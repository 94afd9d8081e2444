import {expect, test} from '@jest/globals';
import {modelToTfjs} from '../../../lib/src/keras/architecture/read';
import type {Json, JsonObject} from '../../../lib/src/keras/json';

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

test.each<[string, Json, JsonObject]>([
  ['L1L2', {l2: 0.5}, {l1: 0, l2: 0.5}],
  ['L1L2', {l1: null, l2: 0.5}, {l1: 0, l2: 0.5}],
  ['L2', {l2: 0}, {l1: 0, l2: 0}],
  ['L2', {l2: null}, {l1: 0, l2: 0.01}],
  ['L1', {}, {l1: 0.01, l2: 0}],
])('a regularizer %s with %j has the penalties that Keras takes, %j', (class_name, config, expected) => {
  const {kernel_regularizer} = converted('Dense', {units: 2, kernel_regularizer: {class_name, config}}, '3.15.1');
  expect(kernel_regularizer).toEqual({class_name: 'L1L2', config: expected});
});

test.each<[string, JsonObject, string, JsonObject]>([
  ['ThresholdedReLU', {theta: 0.7}, 'ReLU', {threshold: 0.7}],
  ['BatchNormalizationV1', {axis: [3], momentum: 0.9}, 'BatchNormalization', {axis: 3, momentum: 0.9}],
  ['CuDNNGRU', {units: 2}, 'GRU', {units: 2, reset_after: true, recurrent_activation: 'sigmoid'}],
  ['Resizing', {height: 2, width: 3, antialias: false, fill_value: 0}, 'KerasResizing', {height: 2, width: 3}],
])('%s with %j is %s with %j', (className, given, expectedClass, expected) => {
  const layer = {class_name: className, config: {name: 'layer', ...given}};
  const input = {class_name: 'InputLayer', config: {name: 'input', batch_shape: [null, 8, 8, 3]}};
  const model = modelToTfjs({class_name: 'Sequential', config: {name: 'model', layers: [input, layer]}}, '2.4.0');
  const [read] = (model.config as JsonObject).layers as JsonObject[];
  expect(read).toMatchObject({class_name: expectedClass, config: expected});
  for (const key of ['antialias', 'fill_value', 'theta']) expect(read!.config).not.toHaveProperty(key);
});

test.each([
  ['Lambda', /layer 'layer' \(Lambda\) holds Python code, and reading a file never runs code: in Python, put/],
  ['StringLookup', /\(StringLookup\) makes numbers of words .* keras\.Model\(layer\.output, model\.outputs\)/],
  ['constructor', /\(constructor\) is none of the layers that are computed here/],
  ['MyOwn', /\(MyOwn\) is none of the layers that are computed here .* model\.set_weights\(old\.get_weights\(\)\)/],
])('%s is refused with what to do about it', (className, message) => {
  expect(() => converted(className, {}, '3.15.1')).toThrow(message);
});

test('a dtype that is not computed here is refused with what to do about it', () => {
  const input = {class_name: 'InputLayer', config: {name: 'text', batch_shape: [null, 1], dtype: 'string'}};
  const layers = [input, {class_name: 'Dense', config: {name: 'dense', units: 2}}];
  const read = () => modelToTfjs({class_name: 'Sequential', config: {name: 'model', layers}}, '3.15.1');
  expect(read).toThrow(/layer 'text' \(InputLayer\): words come in, .* cut the model behind .* keras\.Model\(/);
  const policy = {class_name: 'DTypePolicy', config: {name: 'bfloat16'}};
  expect(() => converted('Dense', {units: 2, dtype: policy}, '3.15.1')).toThrow(
    /\(Dense\): its dtype is "bfloat16"; .* dtype='float32', .* model\.set_weights\(/,
  );
});

test('RandomCrop is read from 3.8 on, since when it predicts as it does here', () => {
  const crop = {height: 2, width: 2};
  for (const version of ['2.15.0', '3.0.5', '3.7.0', '3'])
    expect(() => converted('RandomCrop', crop, version)).toThrow(/predicts otherwise before Keras 3\.8.* CenterCrop/);
  for (const version of ['3.8.0', '3.15.1', '4.0']) expect(converted('RandomCrop', crop, version)).toMatchObject(crop);
});

test('a kernel that SeparableConv2D has no use for is passed over', () => {
  const unused = {class_name: 'GlorotUniform', config: {seed: null}};
  const config = converted('SeparableConv2D', {filters: 2, kernel_size: [3, 3], kernel_initializer: unused}, '2.4.0');
  expect(config).not.toHaveProperty('kernel_initializer');
});

test.each<[string, JsonObject, string]>([
  ['RNN', {return_state: true, cell: {class_name: 'StackedRNNCells', config: {name: 'cells', cells: []}}}, 'gives the states of several cells'],
  ['Bidirectional', {layer: {class_name: 'RNN', config: {name: 'rnn'}}}, 'holds an RNN of cells'],
])('%s with %j is refused by name', (className, config, words) => {
  expect(() => converted(className, config, '3.15.1')).toThrow(`layer 'layer' (${className}) ${words}`);
}); // prettier-ignore

test('inputs of whole numbers of any size become those of 32 bits', () => {
  const input = {class_name: 'InputLayer', config: {name: 'input', batch_shape: [null, 4], dtype: 'uint8'}};
  const dense = {class_name: 'Embedding', config: {name: 'e', input_dim: 5, output_dim: 2}};
  const model = modelToTfjs({class_name: 'Sequential', config: {name: 'model', layers: [input, dense]}}, '3.15.1');
  expect(JSON.stringify(model)).toContain('"batch_input_shape":[null,4]');
});

test('outputs and inputs that have names come in the order of these, as Keras has them and counts their layers', () => {
  const tensor = (name: string) => ({class_name: '__keras_tensor__', config: {keras_history: [name, 0, 0]}});
  const dense = (name: string) => ({
    class_name: 'Dense',
    name,
    config: {name, units: 1},
    inbound_nodes: [{args: [tensor('x')], kwargs: {}}],
  });
  const input = {class_name: 'InputLayer', name: 'x', config: {name: 'x', batch_shape: [null, 2]}, inbound_nodes: []};
  const config = {
    name: 'model',
    layers: [input, dense('aux'), dense('out')],
    input_layers: {x: ['x', 0, 0]},
    output_layers: {out: ['out', 0, 0], aux: ['aux', 0, 0]},
  };
  const model = modelToTfjs({class_name: 'Functional', config}, '3.15.1');
  expect((model.config as JsonObject).output_layers).toEqual([
    ['aux', 0, 0],
    ['out', 0, 0],
  ]);
});
