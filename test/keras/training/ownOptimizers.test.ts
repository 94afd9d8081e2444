import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {fit, keras, optimizers, tf} from 'convlab';
import {KerasOptimizer} from '../../../lib/src/optimizers/optimizer';
import {ownToKeras, ownToTfjs} from '../../../lib/src/keras/training/ownOptimizers';
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
    layers: [
      tf.layers.dense({units: 3, activation: 'tanh', inputShape: [4]}),
      tf.layers.dense({units: 2, name: 'output'}),
    ],
  });
  model.setWeights(model.getWeights().map(({shape}, i) => tf.randomNormal(shape, 0, 0.5, 'float32', i + 3)));
  model.compile({optimizer, loss: 'meanSquaredError'});
  return model;
}

const train = (model: tf.LayersModel) =>
  fit(model, x, y, {batchSize: 8, shuffle: false, verbose: 0, engine: 'eager'}).then(({history}) => history.loss![0]!);
const weightsOf = (model: tf.LayersModel) => model.getWeights().flatMap((weight) => [...weight.dataSync()]);

/** Keras itself doesn't know LAMB in .h5 files. */
const endings = (make: string) => (make === 'lamb' ? ['keras'] : ['keras', 'h5']);

test.each(
  Object.entries(cases).flatMap(([name, each]) => endings(each.make).map((ending) => ({name, ending, ...each}))),
)('$name, saved to .$ending and loaded, trains on as if nothing had been', async ({make, options, ending}) => {
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
});

test('an optimizer whose memory begins with the weights is saved so before its first step', async () => {
  const unbroken = smallModel(optimizers.scheduleFreeAdamW({learningRate: 0.1}));
  const loaded = await inFolder(async (folder) => {
    await keras.save(unbroken, join(folder, 'model.keras'));
    return keras.load(join(folder, 'model.keras'));
  });
  expect(await train(loaded)).toBe(await train(unbroken));
  expect(weightsOf(loaded)).toEqual(weightsOf(unbroken));
});

test('an optimizer that goes by names which Keras would give otherwise is not saved', async () => {
  const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [4]})]});
  model.compile({optimizer: optimizers.muon({excludeLayers: ['_Dense']}), loss: 'meanSquaredError'});
  const saving = inFolder((folder) => keras.save(model, join(folder, 'model.keras')));
  await expect(saving).rejects.toThrow(
    /Muon goes by the name 'dense_Dense\d+\/kernel', which is 'dense\/kernel' in Keras/,
  );
});

test('what Keras has turned off by None or 0 is off, also where the default is on', () => {
  const off = {weight_decay: 0, learning_rate: 0.01};
  expect(ownToTfjs({class_name: 'AdamW', config: off}).options.weightDecay).toBe(0);
  const muon = ownToTfjs({class_name: 'Muon', config: {...off, adam_weight_decay: null, rms_rate: null, clipnorm: 0}});
  expect(muon.options).toMatchObject({weightDecay: 0, adamWeightDecay: 0, rmsRate: null});
  expect(muon.options).not.toHaveProperty('clipnorm');
  const averaged = ownToTfjs({
    class_name: 'Adam',
    config: {use_ema: true, ema_momentum: 0, ema_overwrite_frequency: 0},
  });
  expect(averaged.options).toMatchObject({useEma: true, emaMomentum: 0});
  expect(averaged.options).not.toHaveProperty('emaOverwriteFrequency');
  expect(ownToKeras(muon).config).toMatchObject({rms_rate: null, adam_beta_1: 0.9, exclude_layers: []});
});
