import {describe, expect, jest, test} from '@jest/globals';
import {evaluate, fit, predict, tf} from 'convlab';

const l2 = () => tf.regularizers.l2({l2: 1});
const engines = ['graph', 'eager'] as const;

describe('the loss has the penalty of every regularizer, once', () => {
  const penalty = async (model: tf.LayersModel, x: tf.Tensor | tf.Tensor[], engine: 'graph' | 'eager') => {
    model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
    const y = await predict(model, x);
    return (await evaluate(model, x, y, {engine, verbose: 0})).loss;
  };

  test.each(engines)('in a recurrent layer, and in both directions (%s)', async (engine) => {
    const simple = tf.layers.simpleRNN({
      units: 1,
      inputShape: [2, 1],
      kernelInitializer: 'ones',
      kernelRegularizer: l2(),
    });
    expect(await penalty(tf.sequential({layers: [simple]}), tf.ones([1, 2, 1]), engine)).toBeCloseTo(1, 5);
    const lstm = tf.layers.lstm({units: 1, recurrentInitializer: 'ones', recurrentRegularizer: l2()});
    const both = tf.layers.bidirectional({layer: lstm, mergeMode: 'concat', inputShape: [2, 1]});
    // Four gates in each direction.
    expect(await penalty(tf.sequential({layers: [both]}), tf.ones([1, 2, 1]), engine)).toBeCloseTo(8, 5);
  });

  test.each(engines)('in a layer that is used twice (%s)', async (engine) => {
    const inputs = [tf.input({shape: [1]}), tf.input({shape: [1]})];
    const shared = tf.layers.dense({units: 1, kernelInitializer: 'ones', kernelRegularizer: l2()});
    const sum = tf.layers.add().apply(inputs.map((input) => shared.apply(input) as tf.SymbolicTensor));
    const model = tf.model({inputs, outputs: sum as tf.SymbolicTensor});
    expect(await penalty(model, [tf.ones([2, 1]), tf.ones([2, 1])], engine)).toBeCloseTo(1, 5);
  });

  // Keras 3's Layer.losses has those of trainable variables alone.
  test.each(engines)('but for what is frozen: a layer, a model inside, all of it (%s)', async (engine) => {
    const dense = (trainable: boolean) =>
      tf.layers.dense({units: 1, inputShape: [1], trainable, kernelInitializer: 'ones', kernelRegularizer: l2()});
    const base = tf.sequential({layers: [dense(true)]});
    base.trainable = false;
    const x = tf.ones([2, 1]);
    for (const layers of [
      [dense(true), dense(false)],
      [base, dense(true)],
    ]) {
      const model = tf.sequential({layers});
      expect(await penalty(model, x, engine)).toBeCloseTo(1, 5);
      model.trainable = false;
      expect(await penalty(model, x, engine)).toBe(0);
    }
  });
});

test('a layer that keeps its state from batch to batch remembers each batch once', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const answers = async (engine: 'auto' | 'eager') => {
    const layer = tf.layers.simpleRNN({
      units: 1,
      stateful: true,
      batchInputShape: [1, 2, 1],
      kernelInitializer: 'ones',
      recurrentInitializer: 'ones',
      activation: 'linear',
    });
    const model = tf.sequential({layers: [layer]});
    return [...(await predict(model, tf.ones([5, 2, 1]), {batchSize: 1, engine})).dataSync()];
  };
  expect(await answers('auto')).toEqual([2, 4, 6, 8, 10]);
  expect(warn.mock.calls.join()).toContain('because it has a layer that keeps its state from batch to batch');
  warn.mockRestore();
  expect(await answers('eager')).toEqual([2, 4, 6, 8, 10]);
});

test.each(engines)('a learning rate that is set before fit is the one that counts (%s)', async (engine) => {
  const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1], kernelInitializer: 'zeros'})]});
  model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
  Object.assign(model.optimizer, {learningRate: 0.001});
  await fit(model, tf.ones([1, 1]), tf.ones([1, 1]), {engine, verbose: 0});
  expect(model.getWeights()[0]!.dataSync()[0]).toBeCloseTo(0.002, 6);
});

test.each(engines)(
  'a model whose layers are all frozen stays as it is, and the reader is told (%s)',
  async (engine) => {
    const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});
    model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
    model.layers[0]!.trainable = false;
    const before = model.getWeights().map((weight) => weight.dataSync()[0]);
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    await fit(model, tf.ones([1, 1]), tf.ones([1, 1]), {engine, verbose: 0});
    expect(warn.mock.calls.flat().join()).toContain('all its layers are frozen; set trainable = true on some of them');
    warn.mockRestore();
    expect(model.getWeights().map((weight) => weight.dataSync()[0])).toEqual(before);
  },
);

test.each(['graph', 'eager'] as const)(
  'a constraint that goes half of the way goes it once a step, engine %s',
  async (engine) => {
    // In Keras 3.15, of a kernel of 3 that nothing else moves.
    for (const [epochs, norm] of [
      [1, 2],
      [3, 1.25],
    ] as const) {
      const layer = tf.layers.dense({
        units: 1,
        inputShape: [1],
        useBias: false,
        kernelInitializer: tf.initializers.constant({value: 3}),
        kernelConstraint: tf.constraints.minMaxNorm({minValue: 0, maxValue: 1, rate: 0.5}),
      });
      const model = tf.sequential({layers: [layer]});
      model.compile({optimizer: tf.train.sgd(0), loss: 'meanSquaredError'});
      await fit(model, tf.ones([2, 1]), tf.ones([2, 1]), {epochs, verbose: 0, engine});
      expect(model.getWeights()[0]!.dataSync()[0]).toBeCloseTo(norm, 5);
    }
  },
);
