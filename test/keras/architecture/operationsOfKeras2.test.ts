// What Keras 2.6 writes; that it is computed alike is in test/keras/load.test.ts.
import {expect, test} from '@jest/globals';
import {operationOfKeras2} from '../../../lib/src/keras/architecture/operationsOfKeras2';
import type {Json} from '../../../lib/src/keras/json';

const layer = (f: string, inbound_nodes: Json[], class_name = 'TFOpLambda') => ({
  class_name,
  config: {name: `tf.${f}`, trainable: true, dtype: 'float32', function: f},
  inbound_nodes,
});

test('operationOfKeras2() finds constants on either side, and tensors among the arguments', () => {
  const given = (f: string, node: Json[]) => operationOfKeras2(layer(f, [node]));
  expect(given('math.subtract', ['_CONSTANT_VALUE', -1, 1, {y: ['x', 0, 0], name: null}])).toEqual({
    layer: {
      class_name: 'KerasOperation',
      config: {name: 'tf.math.subtract', operation: 'subtract', constants: [1, null]},
    },
    nodes: [[['x', 0, 0, {}]]],
  });
  expect(given('math.multiply', ['x', 0, 0, {y: ['d', 1, 0], name: null}])!.nodes).toEqual([
    [
      ['x', 0, 0, {}],
      ['d', 1, 0, {}],
    ],
  ]);
  expect(given('math.reduce_mean', ['x', 0, 0, {axis: 1}])!.layer.config).toMatchObject({axis: 1});
  // What TensorFlow computes with where nothing is said.
  expect(given('nn.softmax', ['x', 0, 0, {}])!.layer.config).toMatchObject({axis: -1});
  expect(given('nn.gelu', ['x', 0, 0, {}])!.layer.config).toMatchObject({approximate: false});
  expect(given('where', ['c', 0, 0, {x: ['x', 0, 0], y: 0}])).toMatchObject({
    layer: {config: {operation: 'where', constants: [null, null, 0]}},
    nodes: [[['c', 0, 0, {}], ['x', 0, 0, {}]]], // prettier-ignore
  });
  expect(operationOfKeras2({class_name: 'Dense', config: {name: 'd'}})).toBeUndefined();
});

test.each<[string, Json[], RegExp]>([
  [
    'math.zeta',
    [['x', 0, 0, {q: ['x', 0, 0]}]],
    /layer 'tf\.math\.zeta' \(TFOpLambda\): tf\.math\.zeta has no counterpart here/,
  ],
  ['linalg.matmul', [['x', 0, 0, {b: ['d', 0, 0], transpose_b: true}]], /is called with transpose_b: true/],
  ['math.add', [['x', 0, 0, {y: 'text'}]], /is called with "text", which isn't numbers/],
  [
    'math.add',
    [
      ['x', 0, 0, {y: 1}],
      ['d', 0, 0, {y: 2}],
    ],
    /is called several times with different numbers/,
  ],
  [
    'math.add',
    [
      [
        ['x', 0, 0, {}],
        ['d', 0, 0, {}],
      ],
    ],
    /is called with a list/,
  ],
])('operationOfKeras2() refuses tf.%s as %j', (f, nodes, message) => {
  expect(() => operationOfKeras2(layer(f, nodes))).toThrow(message);
});
