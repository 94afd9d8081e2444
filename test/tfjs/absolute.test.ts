import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';

test('the slope of an absolute value at 0 is 0, as in TensorFlow', () => {
  const slope = tf.grad((x) => tf.abs(x))(tf.tensor([-2, 0, 3]));
  expect([...slope.dataSync()]).toEqual([-1, 0, 1]);
});

test.each(['graph', 'eager'] as const)(
  'what an L1 penalty or an absolute error has at 0 stays there, engine %s',
  async (engine) => {
    const model = tf.sequential({
      layers: [tf.layers.dense({units: 1, inputShape: [1], kernelInitializer: 'zeros', biasRegularizer: 'l1l2'})],
    });
    model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanAbsoluteError'});
    await fit(model, tf.ones([4, 1]), tf.zeros([4, 1]), {epochs: 2, verbose: 0, engine});
    expect(model.getWeights().map((weight) => weight.dataSync()[0])).toEqual([0, 0]);
  },
);
