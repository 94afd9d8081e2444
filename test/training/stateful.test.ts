// A recurrent layer that keeps its state holds one for each example of a batch.
import {expect, test} from '@jest/globals';
import {fit, predict, tf} from 'convlab';

const BATCH = 4;

function stateful(): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.simpleRNN({units: 3, stateful: true, batchInputShape: [BATCH, 5, 2]}),
      tf.layers.dense({units: 1}),
    ],
  });
  model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
  return model;
}

const [x, y] = [tf.randomNormal([12, 5, 2], 0, 1, 'float32', 1), tf.randomNormal([12, 1], 0, 1, 'float32', 2)];

test('learns and predicts in batches of the size that the model was built with, when none is given', async () => {
  const model = stateful();
  const {history} = await fit(model, x, y, {epochs: 2, shuffle: false, verbose: 0, engine: 'eager'});
  expect(history.loss!.every(Number.isFinite)).toBe(true);
  // As if each batch were asked by itself: the state goes on.
  model.resetStates();
  const once = Array.from((await predict(model, x, {engine: 'eager'})).dataSync());
  model.resetStates();
  const apart = [0, 4, 8].flatMap((from) => Array.from((model.predict(x.slice(from, BATCH)) as tf.Tensor).dataSync()));
  for (const [i, value] of once.entries()) expect(value).toBeCloseTo(apart[i]!, 5);
});

test('says which batches it takes', async () => {
  await expect(fit(stateful(), x, y, {batchSize: 6, verbose: 0, engine: 'eager'})).rejects.toThrow(
    'fit: batchSize is 6 but the model takes batches of exactly 4; leave batchSize out',
  );
  await expect(predict(stateful(), x.slice(0, 10), {engine: 'eager'})).rejects.toThrow(
    'predict: x has 10 examples but the model takes batches of exactly 4; leave out 2, or build it without stateful',
  );
  await expect(fit(stateful(), x, y, {validationSplit: 0.25, verbose: 0, engine: 'eager'})).rejects.toThrow(
    'fit: x has 9 examples of 12 here but the model takes batches of exactly 4; leave out 1',
  );
});
