import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from '@jest/globals';
import {fit, optimizers, tf} from 'convlab';
import {createOptimizer} from '../../lib/src/optimizers/createOptimizer';
import {KerasOptimizer} from '../../lib/src/optimizers/optimizer';
import {scheduleOf} from '../../lib/src/optimizers/schedules';
import {SGD} from '../../lib/src/optimizers/sgd';

// Keras is the oracle: fixtures/optimizers/make.py trained the same model from the same weights on the same batches.
interface Case {
  make: keyof typeof optimizers;
  options: object;
}

const folder = join(__dirname, '../fixtures/optimizers');
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown;
const cases = read('cases.json') as Record<string, Case>;
const {x, y, start, trained} = read('expected.json') as {
  x: number[][];
  y: number[][];
  start: (number[] | number[][])[];
  trained: Record<string, (number[] | number[][])[]>;
};

// Nine steps in float32, where sums are taken in another order; Lion's signs and Ftrl's differences leave the most.
const TOLERANCE = 2e-5;

function smallModel(optimizer: tf.Optimizer): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({units: 3, activation: 'tanh', inputShape: [4]}),
      tf.layers.dense({units: 2, name: 'output'}),
    ],
  });
  model.setWeights(start.map((values) => tf.tensor(values)));
  model.compile({optimizer, loss: 'meanSquaredError'});
  return model;
}

const train = async (model: tf.LayersModel, engine: 'graph' | 'eager', epochs = 3) =>
  fit(model, tf.tensor(x), tf.tensor(y), {batchSize: 8, epochs, shuffle: false, verbose: 0, engine});

const apart = (model: tf.LayersModel, expected: (number[] | number[][])[]) =>
  Math.max(
    ...model.getWeights().flatMap((weight, i) => {
      const values = (expected[i]! as number[][]).flat();
      return [...weight.dataSync()].map((value, j) => Math.abs(value - values[j]!));
    }),
  );

afterEach(() => {
  tf.disposeVariables();
});

const engines = ['graph', 'eager'] as const;
const each = Object.entries(cases).flatMap(([name, given]) => engines.map((engine) => ({name, engine, ...given})));

test('each optimizer has a case', () => {
  expect([...new Set(Object.values(cases).map(({make}) => make))].sort()).toEqual(Object.keys(optimizers).sort());
});

test.each(each)('$name trains as Keras does, engine $engine', async ({name, engine, make, options}) => {
  const model = smallModel((optimizers[make] as (options: object) => KerasOptimizer)(options));
  await train(model, engine);
  expect(apart(model, trained[name]!)).toBeLessThan(TOLERANCE);
  expect(model.optimizer.iterations).toBe(9);
});

test('a share that Keras refuses, or that it divides by, is none', () => {
  for (const make of [optimizers.lion, optimizers.scheduleFreeAdamW]) {
    expect(() => make({beta1: 0})).toThrow('beta1 must be a share above 0 and at most 1, got 0');
  }
});

test('a learning rate that a callback sets, and another setting, count from the next step on, as a graph too', async () => {
  const weights: number[][] = [];
  for (const engine of engines) {
    const optimizer = optimizers.ftrl({learningRate: 0.5, beta: 0.1});
    const model = smallModel(optimizer);
    await fit(model, tf.tensor(x), tf.tensor(y), {
      batchSize: 8,
      epochs: 3,
      shuffle: false,
      verbose: 0,
      engine,
      callbacks: {
        onEpochEnd: (epoch: number) => {
          if (epoch === 0) optimizer.learningRate = 0.05;
          else (optimizer.options as {beta: number}).beta = 3;
        },
      },
    });
    weights.push(model.getWeights().flatMap((weight) => [...weight.dataSync()]));
  }
  const [graph, eager] = weights as [number[], number[]];
  expect(Math.max(...graph.map((value, i) => Math.abs(value - eager[i]!)))).toBeLessThan(TOLERANCE);
});

test('a schedule is followed step by step on both engines, until a callback sets a rate', async () => {
  const rates = (step: number) => 0.5 * 0.5 ** step;
  const weights = [];
  for (const engine of engines) {
    const schedule = scheduleOf('ExponentialDecay', {initial_learning_rate: 0.5, decay_steps: 1, decay_rate: 0.5});
    const optimizer = createOptimizer('a test', SGD, {}, schedule);
    const model = smallModel(optimizer);
    const seen: number[] = [];
    const onBatchEnd = () => void seen.push(optimizer.learningRate);
    const onEpochEnd = (epoch: number) => {
      if (epoch === 1) optimizer.learningRate = 0.125;
    };
    await fit(model, tf.tensor(x), tf.tensor(y), {
      batchSize: 8,
      epochs: 3,
      shuffle: false,
      verbose: 0,
      engine,
      callbacks: {onBatchEnd, onEpochEnd},
    });
    expect(seen).toEqual([...[1, 2, 3, 4, 5, 6].map(rates), 0.125, 0.125, 0.125]);
    weights.push(model.getWeights().flatMap((weight) => [...weight.dataSync()]));
  }
  const [graph, eager] = weights as [number[], number[]];
  expect(Math.max(...graph.map((value, i) => Math.abs(value - eager[i]!)))).toBeLessThan(TOLERANCE);
});

test('an optimizer frees what it keeps, and a step leaves no tensor behind', async () => {
  const model = smallModel(optimizers.nadam({useEma: true, gradientAccumulationSteps: 2}));
  await train(model, 'eager', 1);
  const before = tf.memory().numTensors;
  const [xs, ys] = [tf.tensor(x), tf.tensor(y)];
  await model.trainOnBatch(xs, ys);
  tf.dispose([xs, ys]);
  expect(tf.memory().numTensors).toBe(before);
  model.optimizer.dispose();
  // Four slots for each of four weights, Nadam's product, and the count.
  expect(tf.memory().numTensors).toBe(before - 18);
});
