import {join} from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {fit, keras, tf} from 'convlab';
import {inFolder} from '../keras/folder';

const shape = [3, 2];
/** One example whose last step is padding. */
const steps = [[1, 2], [3, -4], [0, 0]]; // prettier-ignore
const input = () => tf.tensor([steps]);
const predict = (model: tf.LayersModel, x = input()) => model.predict(x) as tf.Tensor;

/** As a model of Keras's: from a file. */
async function throughFile(model: tf.LayersModel): Promise<tf.LayersModel> {
  let loaded!: tf.LayersModel;
  await inFolder(async (folder) => {
    await keras.save(model, join(folder, 'model.keras'));
    loaded = await keras.load(join(folder, 'model.keras'));
  });
  return loaded;
}

const masked = (...layers: tf.layers.Layer[]) =>
  throughFile(tf.sequential({layers: [tf.layers.masking({inputShape: shape}), ...layers]}));
const lstm = (more = {}) => tf.layers.lstm({units: 2, recurrentActivation: 'sigmoid', ...more});

/** Sums over the steps, so that padding is seen. */
const summing = (inputShape?: number[]) =>
  tf.layers.simpleRNN({
    units: 2,
    activation: 'linear',
    kernelInitializer: 'identity',
    recurrentInitializer: 'identity',
    biasInitializer: 'ones',
    ...(inputShape && {inputShape}),
  });

describe('in a model from a file', () => {
  test('GlobalAveragePooling1D averages the steps that are no padding', async () => {
    expect(predict(await masked(tf.layers.globalAveragePooling1d({}))).arraySync()).toEqual([[2, -1]]);
  });

  test.each(['graph', 'eager'] as const)(
    'BatchNormalization trains on the steps that are no padding, as in Keras 3.15.1: %s',
    async (engine) => {
      const model = await masked(tf.layers.batchNormalization({momentum: 0.5}));
      model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
      const x = tf.tensor([[[1, 2], [3, 5], [0, 0]], [[4, 1], [0, 0], [0, 0]]]); // prettier-ignore
      const {history} = await fit(model, x, tf.onesLike(x), {epochs: 2, verbose: 0, engine});
      const expected = [[0.8101156, 0.8100623], [0.19, 0.19], [2, 2], [1.4166667, 2.4166667]]; // prettier-ignore
      const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
      const found = [...weights.flat(), ...history.loss!];
      [...expected.flat(), 1.999506, 1.6196886].forEach((each, i) => {
        expect(found[i]).toBeCloseTo(each, 5);
      });
    },
  );

  test.each([
    ['Dense hands a mask on', () => tf.layers.dense({units: 2, kernelInitializer: 'identity'}), [[6, 0]]],
    ['Reshape ends it', () => tf.layers.reshape({targetShape: shape}), [[7, 1]]],
  ])('%s', async (_, layer, expected) => {
    expect(predict(await masked(layer(), summing())).arraySync()).toEqual(expected);
  });

  test.each([
    ['a layer', tf.layers.globalAveragePooling1d({})],
    ['a model', tf.sequential({layers: [tf.layers.globalAveragePooling1d({inputShape: shape})]})],
  ])('TimeDistributed hands each step its part of a mask: to %s', async (_, layer) => {
    const masking = tf.layers.masking({inputShape: [2, ...shape]});
    const timed = tf.layers.timeDistributed({layer});
    const model = await throughFile(tf.sequential({layers: [masking, timed]}));
    const x = tf.tensor([[steps, [[5, 1], [0, 0], [0, 0]]]]); // prettier-ignore
    const before = tf.memory().numTensors;
    const output = predict(model, x);
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(output.arraySync()).toEqual([[[2, -1], [5, 1]]]); // prettier-ignore
  });

  test('a mask stays with its branch, where TensorFlow.js gives it to layers that come later', async () => {
    const x = tf.input({shape});
    const left = tf.layers.flatten().apply(tf.layers.masking().apply(x)) as tf.SymbolicTensor;
    const right = summing().apply(x) as tf.SymbolicTensor;
    const outputs = tf.layers.concatenate().apply([left, right]) as tf.SymbolicTensor;
    const model = await throughFile(tf.model({inputs: x, outputs}));
    expect(predict(model).arraySync()).toEqual([[...steps.flat(), 7, 1]]);
  });

  test('Add has a mask only if all of its inputs have one', async () => {
    const x = tf.input({shape});
    const mask = () => tf.layers.masking().apply(x) as tf.SymbolicTensor;
    const ended = async (inputs: tf.SymbolicTensor[]) => {
      const sum = tf.layers.add().apply(inputs);
      return predict(await throughFile(tf.model({inputs: x, outputs: summing().apply(sum) as tf.SymbolicTensor})));
    };
    expect((await ended([mask(), mask()])).arraySync()).toEqual([[10, -2]]);
    expect((await ended([mask(), x])).arraySync()).toEqual([[11, -1]]);
  });

  test('Bidirectional gives 0 at padding where it returns sequences', async () => {
    const layer = lstm({returnSequences: true});
    const output = predict(await masked(tf.layers.bidirectional({layer, mergeMode: 'concat'})));
    expect((output.arraySync() as number[][][])[0]![2]).toEqual([0, 0, 0, 0]);
  });

  test("a model's output has the mask that a layer inside made", async () => {
    const inner = tf.sequential({layers: [tf.layers.masking({inputShape: shape})]});
    const x = tf.input({shape});
    const outputs = summing().apply(inner.apply(x)) as tf.SymbolicTensor;
    expect(predict(await throughFile(tf.model({inputs: x, outputs}))).arraySync()).toEqual([[6, 0]]);
  });

  test('no tensor is left behind', async () => {
    const inner = tf.sequential({layers: [tf.layers.masking({inputShape: shape}), tf.layers.dense({units: 2})]});
    const x = tf.input({shape});
    const outputs = lstm().apply(inner.apply(x)) as tf.SymbolicTensor;
    const model = await throughFile(tf.model({inputs: x, outputs}));
    const given = input();
    predict(model, given).dispose();
    const before = tf.memory().numTensors;
    predict(model, given).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
