import {afterAll, expect, test} from '@jest/globals';
import {evaluate, fit, predict, tf} from 'convlab';
import {containerOf} from '../../lib/src/tfjs/compiled';
import {returnPrograms, takePrograms} from '../../lib/src/graph/programCache';
import type {StepName} from '../../lib/src/training/loop/engine';
import {labels, values} from './bothEngines';

const {layers} = tf;
const x = values([24, 4]);
const y = labels(3, 24).toFloat();
const options = {verbose: 0, batchSize: 8} as const;

function dense(units = 3) {
  const model = tf.sequential({
    layers: [layers.dense({units: 8, inputShape: [4]}), layers.dropout({rate: 0.5}), layers.dense({units})],
  });
  model.compile({optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError'});
  return model;
}

/** The programs that are kept for a model, by their steps: of each there is one. */
function programsOf(model: tf.LayersModel) {
  const owned = takePrograms<StepName>(containerOf(model));
  const programs = new Map(owned.all.map(({step, program}) => [step, program]));
  expect(programs.size).toBe(owned.count);
  returnPrograms(owned);
  return programs;
}

const model = dense();
afterAll(() => {
  tf.dispose([x, y]);
});

test('a second fit, evaluate and predict run the programs of the first', async () => {
  const all = async () => {
    await fit(model, x, y, options);
    await evaluate(model, x, y, options);
    (await predict(model, x, {batchSize: 8})).dispose();
    return programsOf(model);
  };
  const first = await all();
  expect([...first.keys()]).toEqual(['train', 'test', 'predict']);
  const tensors = tf.memory().numTensors;
  expect(await all()).toEqual(first);
  for (const [key, program] of programsOf(model)) expect(program).toBe(first.get(key));
  expect(tf.memory().numTensors).toBe(tensors);
});

test('a layer that was changed in between, or another optimizer, gets a program of its own', async () => {
  const trainProgram = () => programsOf(model).get('train')!;
  const before = trainProgram();
  Object.assign(model.layers[1]!, {rate: 0.25});
  await fit(model, x, y, options);
  const changed = trainProgram();
  expect(changed).not.toBe(before);
  model.compile({optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError', metrics: ['mae']});
  await fit(model, x, y, options);
  expect(trainProgram()).not.toBe(changed);
});

test('a learning rate that was changed in between takes effect in the program that is there', async () => {
  const own = dense();
  await fit(own, x, y, options);
  const before = programsOf(own);
  const weights = own.getWeights().map((weight) => [...weight.dataSync()]);
  (own.optimizer as unknown as {learningRate: number}).learningRate = 0;
  await fit(own, x, y, options);
  expect(own.getWeights().map((weight) => [...weight.dataSync()])).toEqual(weights);
  for (const [key, program] of programsOf(own)) expect(program).toBe(before.get(key));
});

test('programs of the four models used last are kept, older ones are freed', async () => {
  const models = [1, 2, 3, 4, 5].map(dense);
  for (const [i, each] of models.entries()) await fit(each, x, y.slice([0, 0], [-1, 1]).tile([1, i + 1]), options);
  // The youngest first, as looking for a model's programs makes room for them.
  expect(models.reverse().map((each) => programsOf(each).size > 0)).toEqual([true, true, true, true, false]);
});

test('a call that is refused keeps nothing of the model', async () => {
  const refused = dense();
  await fit(refused, x, y, options);
  await expect(predict(refused, tf.ones([2, 5]))).rejects.toThrow('has shape');
  await expect(evaluate(refused, tf.ones([2, 5]), y)).rejects.toThrow('has shape');
  await expect(fit(refused, tf.ones([2, 5]), y)).rejects.toThrow('has shape');
  const kept = takePrograms(containerOf(refused));
  expect(kept.users).toBe(1);
  returnPrograms(kept);
});
