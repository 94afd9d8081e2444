import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {fit, keras, optimizers, tf} from 'convlab';
import {KerasOptimizer} from '../../../lib/src/optimizers/optimizer';
import {inFolder} from '../folder';

/** Each optimizer of ours with its options, as test/optimizers compares them with Keras. */
const cases = JSON.parse(readFileSync(join(__dirname, '../../fixtures/optimizers/cases.json'), 'utf8')) as Record<
  string,
  {make: keyof typeof optimizers; options: object}
>;
const x = tf.randomNormal([24, 4], 0, 1, 'float32', 1);
const y = tf.randomNormal([24, 2], 0, 1, 'float32', 2);

function smallModel(optimizer: tf.Optimizer): tf.Sequential {
  const model = tf.sequential({
    layers: [tf.layers.dense({units: 3, activation: 'tanh', inputShape: [4]}), tf.layers.dense({units: 2})],
  });
  model.setWeights(model.getWeights().map(({shape}, i) => tf.randomNormal(shape, 0, 0.5, 'float32', i + 3)));
  model.compile({optimizer, loss: 'meanSquaredError'});
  return model;
}

const train = (model: tf.LayersModel) =>
  fit(model, x, y, {batchSize: 8, shuffle: false, verbose: 0, engine: 'eager'}).then(({history}) => history.loss![0]!);
const weightsOf = (model: tf.LayersModel) => model.getWeights().flatMap((weight) => [...weight.dataSync()]);

/** Keras itself doesn't know LAMB in .h5 files. */
const endings = (name: string) => (name === 'lamb' ? ['keras'] : ['keras', 'h5']);

test.each(Object.entries(cases).flatMap(([name, each]) => endings(name).map((ending) => ({name, ending, ...each}))))(
  '$name, saved to .$ending and loaded, trains on as if nothing had been',
  async ({make, options, ending}) => {
    const unbroken = smallModel((optimizers[make] as (options: object) => KerasOptimizer)(options));
    await train(unbroken);
    const loaded = await inFolder(async (folder) => {
      const file = join(folder, `model.${ending}`);
      await keras.save(unbroken, file);
      return keras.load(file);
    });
    expect(weightsOf(loaded)).toEqual(weightsOf(unbroken));
    const losses = [await train(loaded), await train(unbroken)];
    expect(losses[0]).toBeCloseTo(losses[1]!, 6);
    // To the last bit where ours goes on; one of TensorFlow.js's own, which may follow, takes its sums in another order.
    const expected = weightsOf(unbroken);
    const apart = weightsOf(loaded).map((weight, i) => Math.abs(weight - expected[i]!));
    expect(Math.max(...apart)).toBeLessThanOrEqual(loaded.optimizer instanceof KerasOptimizer ? 0 : 1e-6);
  },
);
