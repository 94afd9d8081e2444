import {expect, test} from '@jest/globals';
import {evaluate, fit, predict, summary, tf} from 'convlab';

function smallModel() {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({filters: 4, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 1]}),
      tf.layers.flatten(),
      tf.layers.dense({units: 3, activation: 'softmax'}),
    ],
  });
  model.compile({optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

test('fit smoke', async () => {
  const x = tf.randomUniform([50, 8, 8, 1]);
  const y = tf.oneHot(
    tf.tensor1d(
      Array.from({length: 50}, (_, i) => i % 3),
      'int32',
    ),
    3,
  );
  const model = smallModel();
  console.log(summary(model));
  const before = tf.memory().numTensors;
  const history = await fit(model, x, y, {epochs: 3, batchSize: 16, validationSplit: 0.2});
  console.log(history.metrics, tf.memory().numTensors - before);
  console.log(await evaluate(model, x, y), (await predict(model, x)).shape);
});
