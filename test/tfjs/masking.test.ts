import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';

// In TensorFlow.js alone: "Cannot compute gradient: gradient function not found for Any".
test.each(['graph', 'eager'] as const)(
  'a layer in front of Masking learns, but not from padding (%s)',
  async (engine) => {
    const first = tf.layers.dense({units: 1, useBias: false, inputShape: [2, 1], kernelInitializer: 'ones'});
    const sum = {
      activation: 'linear',
      kernelInitializer: 'ones',
      recurrentInitializer: 'ones',
      trainable: false,
    } as const;
    const model = tf.sequential({layers: [first, tf.layers.masking(), tf.layers.simpleRNN({units: 1, ...sum})]});
    model.compile({optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError'});
    await fit(model, tf.tensor3d([[[3], [0]]]), tf.zeros([1, 1]), {engine, verbose: 0});
    // Of (3w)², the slope at w = 1 is 18.
    expect(first.getWeights()[0]!.dataSync()[0]).toBeCloseTo(0.82, 5);
  },
);
