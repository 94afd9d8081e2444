import {expect, test} from '@jest/globals';
import type {Json, JsonObject} from '../../../lib/src/keras/json';
import {nodesToTfjs} from '../../../lib/src/keras/architecture/nodes';

const layer = (name: string, inbound_nodes: Json[], class_name = 'Dense'): JsonObject => ({
  class_name,
  name,
  inbound_nodes,
  config: {name},
});
const tensor = (name: string, node = 0) => ({
  class_name: '__keras_tensor__',
  config: {shape: [null, 1], dtype: 'float32', keras_history: [name, node, 0]},
});
const call = (...args: Json[]) => ({args, kwargs: {training: null, mask: null}});
const graph = (layers: JsonObject[], output: Json = ['d', 0, 0]) => ({
  layers: [layer('x', [], 'InputLayer'), ...layers],
  input_layers: ['x', 0, 0],
  output_layers: output,
});

test('nodesToTfjs() reads the nodes of Keras 2 and of Keras 3', () => {
  const expected = {inboundNodes: [[], [[['x', 0, 0, {}]]]], inputLayers: [['x', 0, 0]], outputLayers: [['d', 0, 0]]};
  expect(nodesToTfjs(graph([layer('d', [call(tensor('x'))])]))).toEqual(expected);
  expect(nodesToTfjs(graph([layer('d', [[['x', 0, 0, {}]]])], [['d', 0, 0]]))).toEqual(expected);
});

test('nodesToTfjs() counts the node that a model inside a model begins with', () => {
  const inside = (className: string, output: number) =>
    nodesToTfjs(graph([layer('m', [call(tensor('x'))], className), layer('d', [call(tensor('m'))])], ['m', output, 0]));
  for (const [className, output] of [
    ['Sequential', 0],
    ['Functional', 1],
  ] as const) {
    // prettier-ignore
    const {inboundNodes, outputLayers} = inside(className, output);
    expect(inboundNodes[2]).toEqual([[['m', 1, 0, {}]]]);
    expect(outputLayers).toEqual([['m', 1, 0]]);
  }
});

test('nodesToTfjs() refuses graphs that cannot be built, which TensorFlow.js would try for ever', () => {
  const d = layer('d', [call(tensor('x'))]);
  const cases: [JsonObject, string][] = [
    [
      graph([layer('d', [call(tensor('e'))]), layer('e', [call(tensor('d'))])]),
      "'d' waits for an output that never comes",
    ],
    [graph([layer('d', [call(tensor('x', 1))])]), "'d' waits for an output that never comes"],
    [graph([layer('d', [call(tensor('y'))])]), "it uses a layer 'y' that it doesn't have"],
    [graph([d, layer('d', [])]), 'two of its layers have the same name'],
    [graph([d], ['d', 1, 0]), "which doesn't exist"],
    [graph([d], []), 'it has no inputs or no outputs'],
    [graph([layer('d', [call(tensor('x', -1))])]), 'should be [layer, node, tensor]'],
    [graph([layer('d', [call(5)])]), 'which TensorFlow.js has no way to say'],
    [graph([layer('d', [{args: [tensor('x')], kwargs: {mask: 1}}])]), 'a layer is called with mask: 1'],
  ];
  for (const [config, message] of cases) expect(() => nodesToTfjs(config)).toThrow(message);
});
