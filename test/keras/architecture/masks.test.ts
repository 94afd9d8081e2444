import {describe, expect, test} from '@jest/globals';
import {withoutMasks} from '../../../lib/src/keras/architecture/masks';
import type {Json, JsonObject} from '../../../lib/src/keras/json';

const tensor = (name: string): JsonObject => ({
  class_name: '__keras_tensor__',
  config: {shape: [null, 6], dtype: 'float32', keras_history: [name, 0, 0]},
});
const layer = (class_name: string, name: string, args: Json[], kwargs: JsonObject = {}, config: JsonObject = {}) => ({
  module: 'keras.layers',
  class_name,
  name,
  config: {name, trainable: true, ...config},
  inbound_nodes: [{args, kwargs}],
});
const operation = (class_name: string, name: string, args: Json[], config: JsonObject = {}) => ({
  ...layer(class_name, name, args),
  module: 'keras.src.ops.numpy',
  config: {name, ...config},
});
const input: JsonObject = {
  module: 'keras.layers',
  class_name: 'InputLayer',
  name: 'x',
  config: {name: 'x'},
  inbound_nodes: [],
};
const unequal = (value: number) => operation('NotEqual', 'unequal', [tensor('x'), value]);
const any = operation('Any', 'any', [tensor('unequal')], {axis: -1, keepdims: false});
const masking = layer('Masking', 'masking', [tensor('x')], {}, {mask_value: 0.5});
const lstm = (of: string, mask = 'any') =>
  layer('LSTM', 'lstm', [tensor(of)], {training: false, mask: tensor(mask)}, {return_sequences: true});
const names = (layers: JsonObject[]) => layers.map(({name}) => name);
const ends = (name: string): JsonObject => ({output_layers: [name, 0, 0]});

describe('withoutMasks()', () => {
  test('leaves out the mask of Masking, and the operations that compute it', () => {
    const found = withoutMasks(ends('lstm'), [input, unequal(0.5), any, masking, lstm('masking')]);
    expect(names(found)).toEqual(['x', 'masking', 'lstm']);
    // Called with training, Keras would note no mask on reading it again.
    expect(found[2]!.inbound_nodes).toEqual([{args: [tensor('masking')], kwargs: {}}]);
  });

  test('follows the mask through layers that hand it on, merges and concatenations', () => {
    const dense = layer('Dense', 'dense', [tensor('masking')]);
    const or = operation('LogicalOr', 'or', [tensor('any'), tensor('any')]);
    const add = layer('Add', 'add', [[tensor('masking'), tensor('dense')]]);
    const layers = [input, unequal(0.5), any, masking, dense, or, add, lstm('add', 'or')];
    expect(names(withoutMasks(ends('lstm'), layers))).toEqual(['x', 'masking', 'dense', 'add', 'lstm']);
  });

  test('keeps an operation that is used for something else', () => {
    const layers = [input, unequal(0.5), any, masking, lstm('masking'), layer('Flatten', 'flat', [tensor('unequal')])];
    expect(names(withoutMasks(ends('lstm'), layers))).toEqual(['x', 'unequal', 'masking', 'lstm', 'flat']);
    const asOutput = withoutMasks({output_layers: [['lstm', 0, 0], ['any', 0, 0]]}, layers.slice(0, -1)); // prettier-ignore
    expect(names(asOutput)).toEqual(['x', 'unequal', 'any', 'masking', 'lstm']);
  });

  test.each<[string, JsonObject[]]>([
    ['of another value', [input, unequal(0), any, masking, lstm('masking')]],
    ['of a tensor that has none', [input, unequal(0.5), any, masking, lstm('x')]],
    [
      'that ended on the way',
      [input, unequal(0.5), any, masking, layer('Conv1D', 'conv', [tensor('masking')]), lstm('conv')],
    ],
  ])('refuses a mask %s', (_, layers) => {
    expect(() => withoutMasks(ends('lstm'), layers)).toThrow(
      "layer 'lstm' is called with mask, which isn't the mask that its input has from Masking or Embedding",
    );
  });

  test('refuses a mask beside an initial state, of which Keras tells the layer only if it is said', () => {
    const both = layer('LSTM', 'lstm', [tensor('masking')], {mask: tensor('any'), initial_state: [tensor('x')]});
    expect(() => withoutMasks(ends('lstm'), [input, unequal(0.5), any, masking, both])).toThrow(
      "layer 'lstm' is called with mask and initial_state",
    );
  });

  test('a graph without masks is the same, and one that goes round comes to an end', () => {
    const layers = [input, layer('Dense', 'dense', [tensor('x')])];
    expect(withoutMasks(ends('dense'), layers)).toBe(layers);
    const round = [operation('NotEqual', 'unequal', [tensor('any'), 0]), any, masking, lstm('masking')];
    expect(() => withoutMasks(ends('lstm'), [input, ...round])).toThrow("layer 'lstm' is called with mask");
  });
});
