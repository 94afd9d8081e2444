import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {formatGraph} from '../../lib/src/graph/format';
import {type Graph, prune} from '../../lib/src/graph/graph';
import {record} from '../../lib/src/graph/recording';
import {rewrite} from '../../lib/src/graph/rewrites';
import {compiledModel} from '../../lib/src/training/compiled';
import {trainStep} from '../../lib/src/training/loop/steps';

/** A training step of one dense layer, as it is recorded. */
function denseStep(): Graph {
  const model = tf.sequential({layers: [tf.layers.dense({units: 3, activation: 'relu', inputShape: [4]})]});
  model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
  const compiled = compiledModel(model);
  const [x, y] = [tf.ones([8, 4]), tf.zeros([8, 3])];
  return record([x, y], () => [trainStep(compiled, {xs: [x], ys: [y], weights: []})]).graph;
}

test('a graph prints itself: a line an operation, with types, shapes, attributes and constants', () => {
  const scalar = {dtype: 1, shape: []};
  const input = {op: 'Placeholder', inputs: [], attributes: [], outputs: [{dtype: 1, shape: [2, 3]}]};
  const half = {op: 'Const', inputs: [], attributes: [], outputs: [scalar], constant: Float32Array.of(0.5)};
  const long = {...half, outputs: [{dtype: 3, shape: [9]}], constant: Int32Array.from({length: 9}, (_, i) => i)};
  const split = {
    op: 'Split',
    inputs: [{node: input, output: 0}],
    attributes: [
      {name: 'T', type: 4, value: 1},
      {name: 'num_split', type: 1, value: 2},
    ],
    outputs: [scalar, {dtype: 10, shape: [1, 2]}],
  };
  const graph = {inputs: [input], nodes: [half, long, split], results: [{node: split, output: 1}]};
  expect(formatGraph(graph)).toBe(
    [
      'in0  float [2,3]',
      '',
      '%0  float []              Const 0.5',
      '%1  int32 [9]             Const 0, 1, 2, 3, 4, 5, …',
      '%2  float [], bool [1,2]  Split in0 {num_split: 2}',
      '',
      'return %2:1',
    ].join('\n'),
  );
});

test('a training step of one dense layer, after the rewrites, is the one that the docs show', () => {
  const printed = formatGraph(prune(rewrite(denseStep())));
  expect(printed).toMatchSnapshot();
  expect(readFileSync(path.join(__dirname, '../../docs/graph-engine.md'), 'utf8')).toContain(printed);
});
