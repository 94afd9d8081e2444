import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';

import {evaluate, fit, losses, type Logs, tf} from 'convlab';
import {ownWeights, withLayersInside} from '../../lib/src/tfjs/layers';

// Keras is the oracle: what fixtures/training/make.py measured, with the same weights and the same data.

type Entry = [kind: string, config: Record<string, unknown>];
type Numbers = number | Numbers[];
type Loss = string | {name: string};

interface Case {
  name: string;
  input: number[];
  layers?: Entry[];
  outputs?: Entry[][];
  loss: Loss | Loss[];
  metrics?: string[];
  optimizer?: string | [string, Record<string, number>];
  batchSize?: number;
  epochs?: number;
  validationSplit?: number;
  /** A Sequential rather than a functional model. */
  sequential?: boolean;
  classWeight?: Record<number, number>;
  /** One an output where there are several. */
  sampleWeight?: Numbers[];
}

interface Expected {
  weights: Numbers[];
  x: Numbers;
  y: Numbers[];
  evaluated: Logs;
  history: Record<string, number[]>;
  trained: Numbers[];
}

const folder = path.join(__dirname, '../fixtures/training');
const read = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as unknown;
const cases = read('cases.json') as Case[];
const expected = read('expected.json') as Record<string, Expected>;

function layerOf([kind, config]: Entry): tf.layers.Layer {
  if (kind === 'model') {
    const {
      layers,
      inputShape,
      trainable = true,
    } = config as {layers: Entry[]; inputShape?: number[]; trainable?: boolean};
    const inputs = inputShape ? [tf.layers.inputLayer({inputShape})] : [];
    const model = tf.sequential({layers: [...inputs, ...layers.map(layerOf)]});
    model.trainable = trainable;
    return model;
  }
  const own: Record<string, unknown> = {...config};
  if ('layer' in own) own.layer = layerOf(own.layer as Entry);
  for (const key of Object.keys(own).filter((name) => name.endsWith('Regularizer')))
    own[key] = tf.regularizers.l1l2({l1: 0, l2: 0, ...(own[key] as object)});
  const make = tf.layers as unknown as Record<string, (config: object) => tf.layers.Layer>;
  // Keras's own defaults, where tfjs has others.
  const defaults = kind === 'softmax' ? {axis: -1} : {};
  return make[kind]!({...defaults, ...own});
}

function modelOf({input, layers, outputs, sequential}: Case): tf.LayersModel {
  if (sequential) return tf.sequential({layers: layers!.map(layerOf)});
  const x = tf.input({shape: input});
  const branches = (outputs ?? [layers!]).map((entries) =>
    entries.reduce((tensor, entry) => layerOf(entry).apply(tensor) as tf.SymbolicTensor, x),
  );
  return tf.model({inputs: x, outputs: branches});
}

function lossOf(loss: Loss): string {
  if (typeof loss === 'string') return loss;
  const {name, ...options} = loss;
  // compile()'s type knows less than it does.
  return (losses as unknown as Record<string, (options: object) => unknown>)[name]!(options) as string;
}

/** Metrics that tfjs doesn't know by name. */
const {recall, r2Score, binaryCrossentropy} = tf.metrics;
const onlyFunctions: Record<string, unknown> = {recall, r2Score, binaryCrossentropy};

function optimizerOf([name, {learningRate, ...rest}]: [string, Record<string, number>]): tf.Optimizer {
  const make = tf.train as unknown as Record<string, (...options: number[]) => tf.Optimizer>;
  return make[name]!(learningRate!, ...Object.values(rest));
}

/** In Keras's order: layer by layer. */
const weightsOf = (model: tf.LayersModel) => withLayersInside(model).flatMap(ownWeights);

/** float32's seven digits, less what the order of sums and the functions of two libraries cost: exp, log, tanh. */
function expectClose(what: string, actual: ArrayLike<number>, wanted: ArrayLike<number>): void {
  const scale = Math.max(1e-3, ...Array.from(wanted, Math.abs));
  const worst = Math.max(0, ...Array.from(wanted, (value, i) => Math.abs(actual[i]! - value) / scale));
  expect({what, actual: worst < 2e-5 ? [] : [...Array.from(actual)]}).toEqual({
    what,
    actual: worst < 2e-5 ? [] : [...Array.from(wanted)],
  });
}

const byOutput = (logs: Record<string, unknown>, names: string[]) =>
  Object.fromEntries(
    Object.entries(logs).map(([name, value]) => [
      names.length === 1 ? name : names.reduce((now, own, i) => now.replace(`${own}_`, `output${i}_`), name),
      value,
    ]),
  );

describe.each(['graph', 'eager'] as const)('as Keras trains and measures (%s)', (engine) => {
  test.each(cases)('$name', async (given) => {
    const wanted = expected[given.name]!;
    const model = modelOf(given);
    weightsOf(model).forEach((weight, i) => {
      weight.write(tf.tensor(wanted.weights[i]!));
    });
    const optimizer = given.optimizer ?? ['sgd', {learningRate: 0.1}];
    const loss = Array.isArray(given.loss) ? given.loss.map(lossOf) : lossOf(given.loss);
    model.compile({
      optimizer: typeof optimizer === 'string' ? optimizer : optimizerOf(optimizer),
      loss,
      metrics: (given.metrics ?? []).map((name) => onlyFunctions[name] ?? name) as string[],
    });
    const x = tf.tensor(wanted.x);
    const y = wanted.y.map((each) => tf.tensor(each));
    const {batchSize = 32, epochs = 2, validationSplit = 0, classWeight, outputs} = given;
    const weights = (outputs ? given.sampleWeight : given.sampleWeight && [given.sampleWeight])?.map((each) =>
      tf.tensor(each),
    );
    const weighting = weights ? {sampleWeight: weights} : {};
    const measured = byOutput(
      await evaluate(model, x, y, {batchSize, engine, verbose: 0, ...weighting}),
      model.outputNames,
    );
    expect(Object.keys(measured).sort()).toEqual(Object.keys(wanted.evaluated).sort());
    for (const [name, value] of Object.entries(wanted.evaluated))
      expectClose(name, [measured[name] as number], [value]);
    if (epochs === 0) return;
    const options = {
      batchSize,
      epochs,
      validationSplit,
      engine,
      shuffle: false,
      verbose: 0,
      ...weighting,
      ...(classWeight && {classWeight}),
    } as const;
    const history = byOutput((await fit(model, x, y, options)).history, model.outputNames) as Record<string, number[]>;
    expect(Object.keys(history).sort()).toEqual(Object.keys(wanted.history).sort());
    for (const [name, values] of Object.entries(wanted.history)) expectClose(name, history[name]!, values);
    weightsOf(model).forEach((weight, i) => {
      expectClose(`weight ${i}`, weight.read().dataSync(), tf.tensor(wanted.trained[i]!).dataSync());
    });
  });
});
