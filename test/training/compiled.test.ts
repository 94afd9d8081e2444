import {expect, test} from '@jest/globals';
import {predict, tf} from 'convlab';

test('predict() needs no compiled model', async () => {
  const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3]})]});
  const x = tf.ones([4, 3]);
  const answers = await predict(model, x);
  expect(await answers.data()).toEqual(await (model.predict(x) as tf.Tensor).data());
});
