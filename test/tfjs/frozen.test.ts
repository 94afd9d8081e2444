import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';

const x = tf.tensor2d([10, 20, 30, 40], [4, 1]);
const y = tf.tensor2d([1, 2, 3, 4], [4, 1]);

/** The averages that a normalization keeps, after training behind it. */
async function averagesAfter(engine: 'graph' | 'eager', frozen?: 'layer' | 'model'): Promise<number[]> {
  const normalization = tf.layers.batchNormalization({trainable: frozen !== 'layer'});
  const within = tf.input({shape: [1]});
  const base = tf.model({inputs: within, outputs: normalization.apply(within) as tf.SymbolicTensor});
  if (frozen === 'model') base.trainable = false;
  const input = tf.input({shape: [1]});
  const output = tf.layers.dense({units: 1}).apply(base.apply(input)) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs: output});
  model.compile({optimizer: tf.train.sgd(1e-4), loss: 'meanSquaredError'});
  await fit(model, x, y, {engine, batchSize: 4, verbose: 0});
  return normalization
    .getWeights()
    .slice(-2)
    .map((average) => average.dataSync()[0]!);
}

// Keras's rule: its guide to transfer learning says that a frozen BatchNormalization runs as when it predicts.
test.each(['graph', 'eager'] as const)('batch normalization that is frozen keeps its averages (%s)', async (engine) => {
  expect(await averagesAfter(engine, 'layer')).toEqual([0, 1]);
  expect(await averagesAfter(engine, 'model')).toEqual([0, 1]);
  const [mean] = await averagesAfter(engine);
  expect(mean).toBeCloseTo(0.25, 5); // the mean 25 of the batch, at a momentum of 0.99
});
