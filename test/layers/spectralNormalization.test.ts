import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';
import {weightsTrainedFirst} from '../../lib/src/tfjs/layers';
import {ofLayer, predicted} from './ofLayer';

const dense = {
  module: 'keras.layers',
  class_name: 'Dense',
  config: {name: 'inside', units: 3, use_bias: false, trainable: true},
};

/** A kernel that lengthens along its axes by these, and by no more along any other. */
const lengthening = (...lengths: number[]) => tf.diag(tf.tensor1d(lengths));

/** Trains without learning: what changes is what the layer itself changes. */
async function stood(model: tf.LayersModel, steps: number, engine: 'graph' | 'eager'): Promise<void> {
  model.compile({optimizer: tf.train.sgd(0), loss: 'meanSquaredError'});
  const [x, y] = [tf.ones([1, 3]), tf.ones([1, 3])];
  await fit(model, x, y, {epochs: steps, batchSize: 1, verbose: 0, engine});
}

test.each(['graph', 'eager'] as const)(
  'steps of training on %s bring a kernel to where it lengthens nothing by more than 1',
  async (engine) => {
    const model = await ofLayer('SpectralNormalization', {layer: dense, power_iterations: 2}, [3]);
    model.setWeights([lengthening(4, 2, 1), tf.tensor2d([[1, 1, 1]])]);
    await stood(model, 12, engine);
    const [kernel] = model.getWeights();
    // The power iteration has halved what is left of the other vectors at each of its two turns in a step, squared.
    const difference = kernel!
      .sub(lengthening(1, 0.5, 0.25))
      .abs()
      .max();
    expect(difference.dataSync()[0]).toBeLessThan(1e-5);
  },
);

test('a kernel of zeros stays, and predictions leave any kernel alone', async () => {
  const model = await ofLayer('SpectralNormalization', {layer: dense, power_iterations: 1}, [3]);
  const vector = tf.tensor2d([[1, 2, 3]]);
  model.setWeights([tf.zeros([3, 3]), vector]);
  await stood(model, 1, 'eager');
  expect(model.getWeights().map((each) => [...each.dataSync()])).toEqual([Array(9).fill(0), [1, 2, 3]]);
  model.setWeights([lengthening(4, 2, 1), vector]);
  expect([...predicted(model, tf.ones([1, 3])).dataSync()]).toEqual([4, 2, 1]);
  expect([...model.getWeights()[0]!.dataSync()]).toEqual([...lengthening(4, 2, 1).dataSync()]);
});

test('the kernel is trained, and kept once, before what the iteration has found', async () => {
  const config = {...dense.config, use_bias: true};
  const model = await ofLayer('SpectralNormalization', {layer: {...dense, config}, power_iterations: 1}, [3]);
  const names = (weights: tf.LayerVariable[]) => weights.map(({originalName}) => originalName.split('/').at(-1));
  expect(names(model.trainableWeights)).toEqual(['kernel', 'bias']);
  expect(names(weightsTrainedFirst(model))).toEqual(['kernel', 'bias', 'vector_u']);
});

test('a layer without a kernel is refused by name', async () => {
  const layer = {module: 'keras.layers', class_name: 'ReLU', config: {name: 'inside'}};
  await expect(ofLayer('SpectralNormalization', {layer, power_iterations: 1}, [3])).rejects.toThrow(
    "layer 'layer': expected a layer with a kernel or with embeddings inside, got 'inside' (ReLU), which has none",
  );
});
