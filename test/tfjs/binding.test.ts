import {expect, test} from '@jest/globals';
import {fit, ImageSet, tf} from 'convlab';

test('images that a loss makes into a tensor are a constant of the recorded step', async () => {
  const weights = new ImageSet(Uint8Array.from([1, 2, 3, 250]), [1, 2, 2], new Uint8Array(1));
  const losses = await Promise.all(
    (['graph', 'eager'] as const).map(async (engine) => {
      const model = tf.sequential({
        layers: [tf.layers.dense({units: 4, inputShape: [2], kernelInitializer: 'ones'})],
      });
      const loss = (yTrue: tf.Tensor, yPred: tf.Tensor) =>
        yPred
          .sub(yTrue)
          .square()
          .mul(weights.tensor().reshape([1, 4]))
          .mean(-1);
      model.compile({optimizer: tf.train.sgd(1e-3), loss});
      const {history: metrics} = await fit(model, tf.ones([8, 2]), tf.zeros([8, 4]), {
        engine,
        epochs: 3,
        batchSize: 4,
        verbose: 0,
      });
      return metrics.loss!;
    }),
  );
  // The first batch: 2 squared, times the mean of the weights, 64; then the weights of the model shrink.
  expect(losses[0]![0]).toBeLessThan(256);
  // The same operations, in another order of adding up.
  losses[0]!.forEach((loss, epoch) => {
    expect(loss).toBeCloseTo(losses[1]![epoch]!, 3);
  });
});
