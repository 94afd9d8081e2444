import {expect, test} from '@jest/globals';
import type {JsonObject} from '../../../lib/src/keras/json';
import {withOwnKeys, withOwnNames} from '../../../lib/src/keras/architecture/ownNames';

const dense = (name: string, from?: string): JsonObject => ({
  class_name: 'Dense',
  config: {name, units: 2, activation: 'relu'},
  ...(from !== undefined && {name, inbound_nodes: [[[from, 0, 0, {}]]]}),
});
const sequential = (name: string, ...layers: JsonObject[]) => ({class_name: 'Sequential', config: {name, layers}});

test('a name that TensorFlow.js takes stays, whatever its letters, points and slashes', () => {
  const architecture = sequential('Model-1', dense('block1/conv.2'), dense('3_b'));
  expect(withOwnNames(architecture)).toEqual({architecture, renamed: new Map()});
});

test.each([
  ['my dense', 'my_dense'],
  ['größe', 'gr__e'],
  ['_hidden', 'layer_hidden'],
  ['a\\b', 'a_b'],
  ['out:0', 'out_0'],
  ['', 'layer'],
  ['constructor', 'layer_constructor'],
])("a layer '%s' is called %s here", (name, own) => {
  const {architecture, renamed} = withOwnNames(sequential('model', dense(name)));
  expect(architecture).toEqual(sequential('model', dense(own)));
  expect([...renamed]).toEqual([[own, name]]);
});

test('nodes and outputs follow a name in both versions of Keras, constants that look like it do not', () => {
  const history = {class_name: '__keras_tensor__', config: {keras_history: ['my dense', 0, 0]}};
  const config = (first: string, tensor: JsonObject): JsonObject => ({
    name: 'model',
    layers: [
      dense(first, 'x'),
      dense('a', first),
      {...dense('b'), name: 'b', inbound_nodes: [{args: [tensor], kwargs: {mode: 'my dense'}}]},
    ],
    output_layers: [
      [first, 0, 0],
      ['b', 0, 0],
    ],
  });
  const {architecture} = withOwnNames({class_name: 'Functional', config: config('my dense', history)});
  const renamed = {class_name: '__keras_tensor__', config: {keras_history: ['my_dense', 0, 0]}};
  expect(architecture).toEqual({class_name: 'Functional', config: config('my_dense', renamed)});
});

test('a model inside a Sequential gets other names for what is called the same around it, and no taken one', () => {
  const inner = sequential('inner', dense('dense'), dense('other'));
  const {architecture, renamed} = withOwnNames(sequential('outer', inner, dense('dense'), dense('dense_1')));
  expect(architecture).toEqual(
    sequential('outer', sequential('inner', dense('dense_2'), dense('other')), dense('dense'), dense('dense_1')),
  );
  expect([...renamed]).toEqual([['dense_2', 'dense']]);
});

test('losses by the names of outputs follow them', () => {
  const renamed = new Map([['out_1', 'out 1']]);
  expect(withOwnKeys({loss: {'out 1': 'mse', b: 'mae'}, metrics: [['mse']]}, renamed, {})).toEqual({
    loss: {out_1: 'mse', b: 'mae'},
    metrics: [['mse']],
  });
});

test('and where a model gives its outputs as an object, those of their layers', () => {
  const config = {output_layers: {price: ['out 1', 0, 0], loss: ['b', 0, 0]}};
  const given = {
    loss: {price: 'mse', loss: 'mae'},
    loss_weights: {price: 2},
    metrics: {loss: ['mse']},
    weighted_metrics: null,
    optimizer: {class_name: 'SGD', config: {}},
  };
  expect(withOwnKeys(given, new Map([['out_1', 'out 1']]), {class_name: 'Functional', config})).toEqual({
    ...given,
    loss: {out_1: 'mse', b: 'mae'},
    loss_weights: {out_1: 2},
    metrics: {b: ['mse']},
  });
});
