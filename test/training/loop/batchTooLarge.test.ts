import {describe, expect, jest, test} from '@jest/globals';
import {evaluate, fit, predict, tf} from 'convlab';

/** A model whose layer fails, as TensorFlow does, for batches of more than `most` examples. */
function hungryModel(most: number): tf.LayersModel {
  class Hungry extends tf.layers.Layer {
    static className = 'Hungry';
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      if (x.shape[0] > most) {
        throw new Error(`Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[${x.shape.join()}]`);
      }
      return x.mul(2);
    }
  }
  const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3]}), new Hungry({})]});
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  return model;
}

const x = tf.ones([64, 3]);
const y = tf.ones([64, 2]);

describe.each(['auto', 'graph', 'eager'] as const)('a batch that is too large for the memory (%s)', (engine) => {
  test('is told with one that fits, and leaves the model and the memory as they were', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const model = hungryModel(10);
    const before = model.getWeights().map((weight) => [...weight.dataSync()]);
    const {numTensors} = tf.memory();
    const sentence = 'TensorFlow got no memory for a batch of 64 examples; one of 8 fits: pass batchSize: 8';
    await expect(fit(model, x, y, {engine, batchSize: 64, verbose: 0})).rejects.toThrow(`fit: ${sentence}`);
    await expect(evaluate(model, x, y, {engine, batchSize: 64})).rejects.toThrow(`evaluate: ${sentence}`);
    await expect(predict(model, x, {engine, batchSize: 64})).rejects.toThrow(`predict: ${sentence}`);
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before);
    expect(tf.memory().numTensors).toBe(numTensors);
    await fit(model, x, y, {engine, batchSize: 8, verbose: 0});
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

test('a model that is too large for a single example says so', async () => {
  await expect(fit(hungryModel(0), x, y, {verbose: 0})).rejects.toThrow(
    'fit: TensorFlow got no memory for a batch of 32 examples, nor for a single one; close other programs, or take a smaller model',
  );
});
