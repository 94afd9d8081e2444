import {expect, test} from '@jest/globals';
import {evaluate, fit, predict, tf} from 'convlab';

test('predict() needs no compiled model', async () => {
  const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3]})]});
  const x = tf.ones([4, 3]);
  const answers = await predict(model, x);
  expect(await answers.data()).toEqual(await (model.predict(x) as tf.Tensor).data());
});

test('a metric without a name gets one', async () => {
  const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [3]})]});
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: [(_, y) => y.abs()]});
  expect(Object.keys(await evaluate(model, tf.ones([4, 3]), tf.ones([4]), {verbose: 0}))).toEqual(['loss', 'metric']);
});

test('layers may have the names of what a tensor can do', async () => {
  const model = tf.sequential({
    layers: [tf.layers.dense({units: 2, inputShape: [3], name: 'pad'}), tf.layers.dense({units: 1, name: 'size'})],
  });
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  const history = await fit(model, tf.ones([4, 3]), tf.ones([4, 1]), {verbose: 0});
  expect(history.epoch).toEqual([0]);
});
