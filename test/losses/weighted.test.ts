import {expect, test} from '@jest/globals';
import {evaluate, tf} from 'convlab';
import {weighted} from '../../lib/src/losses/weighted';

/** A model that puts out what it is given. */
function echo(loss: ReturnType<typeof weighted>): tf.LayersModel {
  const model = tf.sequential({layers: [tf.layers.activation({activation: 'linear', inputShape: [2]})]});
  model.compile({optimizer: 'sgd', loss});
  return model;
}

const [x, y] = [tf.tensor2d([[1, 3]]), tf.tensor2d([[0, 1]])];

test.each<[string, Parameters<typeof weighted>[0]]>([
  ['named', 'meanSquaredError'],
  ["of one's own", (yTrue: tf.Tensor, yPred: tf.Tensor) => yPred.sub(yTrue).square().mean(-1)],
])('a loss %s that counts a quarter is a quarter of it, here and in model.evaluate', async (_, loss) => {
  // (1 + 4) / 2 / 4
  expect((await evaluate(echo(weighted(loss, 0.25)), x, y, {verbose: 0})).loss).toBeCloseTo(0.625, 6);
  expect((echo(weighted(loss, 0.25)).evaluate(x, y) as tf.Scalar).dataSync()[0]).toBeCloseTo(0.625, 6);
});
