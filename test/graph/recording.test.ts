import {afterEach, describe, expect, jest, test} from '@jest/globals';
import {fit, tf} from 'convlab';
import {compiledModel} from '../../lib/src/training/compiled';
import {record} from '../../lib/src/graph/recording';
import {rewrite} from '../../lib/src/graph/rewrites';
import {prune} from '../../lib/src/graph/graph';
import {trainStep} from '../../lib/src/training/loop/steps';
import {labels, values} from './bothEngines';

const {layers} = tf;
afterEach(() => {
  jest.restoreAllMocks();
});

function dense(loss: tf.ModelCompileArgs['loss']) {
  const model = tf.sequential({layers: [layers.dense({units: 3, inputShape: [4]})]});
  model.compile({optimizer: 'adam', loss});
  return model;
}
const x = values([40, 4]);
const y = labels(3, 40).toFloat();

describe('a step that can’t be recorded runs operation by operation and says why once:', () => {
  // How far a list has been walked through nobody sees.
  const turns = Array.from({length: 1000}, (_, i) => i % 2 === 0).values();
  const cases: [string, (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor, string][] = [
    [
      'one that looks at values',
      (yTrue, yPred) =>
        yPred
          .sub(yTrue)
          .square()
          .mul(yPred.dataSync()[0]! > 1e6 ? 2 : 1)
          .mean(-1),
      'it looks at the values of a tensor while it runs',
    ],
    [
      'one that draws in JavaScript',
      (yTrue, yPred) =>
        yPred
          .sub(yTrue)
          .square()
          .mul(1 + Math.random())
          .mean(-1),
      'it uses numbers that JavaScript makes anew each time',
    ],
    [
      'one that does something else each time, for a reason out of sight',
      (yTrue, yPred) => (turns.next().value === true ? yPred.sub(yTrue).square() : yPred.sub(yTrue).abs()).mean(-1),
      'it runs other operations each time',
    ],
  ];
  test.each(cases)('%s', async (_name, loss, reason) => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const {history: metrics} = await fit(dense(loss), x, y, {verbose: 0, batchSize: 8, epochs: 2});
    expect(metrics.loss).toHaveLength(2);
    expect(warn.mock.calls.map(([text]) => text as string)).toEqual([expect.stringContaining(reason)]);
    await expect(fit(dense(loss), x, y, {verbose: 0, engine: 'graph'})).rejects.toThrow(
      `fit: the training step can't run as a graph, because ${reason}`,
    );
  });
});

test('recording leaves every weight as it was, also those the optimizer makes', async () => {
  const model = dense('meanSquaredError');
  const compiled = compiledModel(model);
  const before = model.getWeights().map((weight) => [...weight.dataSync()]);
  const {updated} = record([x, y], () => [trainStep(compiled, {xs: [x], ys: [y], weights: []})]);
  expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before);
  // Two weights, Adam's two moments of each, and its two powers of beta.
  expect(updated).toHaveLength(8);
  const slots = await model.optimizer.getWeights();
  expect(slots.filter(({name}) => name.endsWith('/m')).map(({tensor}) => tensor.abs().sum().dataSync()[0])).toEqual([
    0, 0,
  ]);
});

test('the walkthrough’s step has no pass over the large tensors that TensorFlow can spare', () => {
  const model = tf.sequential({
    layers: [
      layers.conv2d({filters: 4, kernelSize: 3, activation: 'relu', inputShape: [12, 12, 1]}),
      layers.maxPooling2d({poolSize: 2}),
      layers.flatten(),
      layers.dense({units: 5, activation: 'relu'}),
      layers.dense({units: 3, activation: 'softmax'}),
    ],
  });
  model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
  const [images, classes] = [values([8, 12, 12, 1]), labels(3, 8)];
  const compiled = compiledModel(model);
  const {graph} = record([images, classes], () => [trainStep(compiled, {xs: [images], ys: [classes], weights: []})]);
  const count = (op: string, {nodes}: typeof graph) => nodes.filter((node) => node.op === op).length;
  const small = prune(rewrite(graph));
  expect(['IsNan', 'ReluGrad', 'BiasAdd'].map((op) => count(op, graph))).toEqual([2, 0, 0]);
  expect(['IsNan', 'ReluGrad', 'BiasAdd'].map((op) => count(op, small))).toEqual([0, 2, 3]);
  // What is as large as the convolution's output: it, its bias, and the gradient that comes back through the pooling.
  const large = small.nodes.filter(({outputs}) => outputs[0]!.shape.join() === '8,10,10,4').map(({op}) => op);
  expect(large.filter((op) => op !== 'Reshape')).toEqual(['Conv2D', 'BiasAdd', 'MaxPoolGrad']);
});

test('a recurrent layer’s step has one operation for the gradient of a gate, and no matrix becomes a stack of one', () => {
  const model = tf.sequential({layers: [layers.lstm({units: 4, recurrentActivation: 'sigmoid', inputShape: [6, 5]})]});
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  const [sequences, targets] = [values([8, 6, 5]), values([8, 4])];
  const compiled = compiledModel(model);
  const batch = {xs: [sequences], ys: [targets], weights: []};
  const {graph} = record([sequences, targets], () => [trainStep(compiled, batch)]);
  const small = prune(rewrite(graph));
  const count = (op: string) => small.nodes.filter((node) => node.op === op).length;
  const states = 6;
  expect(['Sigmoid', 'SigmoidGrad', 'Tanh', 'TanhGrad'].map(count)).toEqual([3, 3, 2, 2].map((each) => each * states));
  // The first state has nothing before it to pass its gradient on to.
  expect(count('MatMul')).toBe(5 * states - 1);
  expect(count('BatchMatMulV2')).toBe(0);
  expect(count('Reshape')).toBeLessThan(states);
});

test('fitting 20 times in one process frees its graphs', async () => {
  const model = dense('meanSquaredError');
  const resident = async (times: number) => {
    for (let i = 0; i < times; i++) await fit(model, x, y, {verbose: 0, batchSize: 8, validationSplit: 0.2});
    return process.memoryUsage.rss();
  };
  const before = await resident(5);
  expect((await resident(20)) / before).toBeLessThan(1.05);
});
