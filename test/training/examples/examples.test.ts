import {afterEach, beforeEach, describe, jest, test} from '@jest/globals';
import {fit, tf} from 'convlab';
import {examples} from './all';
import {type Example, setStartingWeights, small} from './example';
import {expectSameHistory, expectSameWeights, modelFit} from './modelFit';

beforeEach(() => {
  tf.engine().startScope();
  // A stateful layer runs eagerly, and says so.
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  tf.engine().endScope();
  jest.restoreAllMocks();
});

function twins({model}: Pick<Example, 'model'>): [tf.LayersModel, tf.LayersModel] {
  const both: [tf.LayersModel, tf.LayersModel] = [model(), model()];
  for (const each of both) setStartingWeights(each);
  return both;
}

describe('from equal weights, without shuffling, fit does what model.fit does:', () => {
  test.each(Object.entries(examples))('%s', async (_name, make) => {
    const example = make(small);
    const {x, y, batchSize, epochs = 2, validationSplit = 0, differs} = example;
    const [ours, theirs] = twins(example);
    const options = {batchSize, epochs, validationSplit, shuffle: false, verbose: 0} as const;
    const {history} = await fit(ours, x, y, options);
    expectSameHistory(history, await modelFit(theirs, x, y, options), differs?.values);
    expectSameWeights(ours, theirs);
  });
});

test('batches from a tf.data.Dataset, as fitDataset takes them', async () => {
  const example = examples.baseball!(small);
  const [ours, theirs] = twins(example);
  const rows = tf.data.zip({xs: rowsOf(example.x as tf.Tensor), ys: rowsOf(example.y as tf.Tensor)}).batch(16);
  const {history} = await fit(ours, rows, {epochs: 2, verbose: 0});
  // The declarations of tfjs-layers and tfjs-data know different classes of one name.
  const [dataset, options] = [rows, {epochs: 2, verbose: 0}] as unknown as Parameters<typeof theirs.fitDataset>;
  const {history: their} = await theirs.fitDataset(dataset, options);
  expectSameHistory(history, their as Record<string, number[]>);
  expectSameWeights(ours, theirs);
});

function rowsOf(tensor: tf.Tensor): tf.data.Dataset<tf.Tensor> {
  return tf.data.array(tensor.arraySync() as number[][]).map((row) => tf.tensor(row));
}

test('two models in one training: a discriminator, and a generator that learns through it while it is frozen', async () => {
  const {layers} = tf;
  const make = () => {
    const discriminator = tf.sequential({
      layers: [
        layers.dense({units: 8, inputShape: [6]}),
        layers.leakyReLU({alpha: 0.2}),
        layers.dense({units: 1, activation: 'sigmoid'}),
      ],
    });
    discriminator.compile({optimizer: tf.train.adam(0.01, 0.5), loss: 'binaryCrossentropy'});
    const generator = tf.sequential({
      layers: [layers.dense({units: 8, activation: 'relu', inputShape: [3]}), layers.dense({units: 6})],
    });
    discriminator.trainable = false;
    const noise = tf.input({shape: [3]});
    const combined = tf.model({
      inputs: noise,
      outputs: discriminator.apply(generator.apply(noise)) as tf.SymbolicTensor,
    });
    combined.compile({optimizer: tf.train.adam(0.01, 0.5), loss: 'binaryCrossentropy'});
    setStartingWeights(discriminator);
    setStartingWeights(generator);
    return {discriminator, generator, combined};
  };
  const [ours, theirs] = [make(), make()];
  const options = {batchSize: 8, epochs: 1, shuffle: false, verbose: 0} as const;
  for (let round = 0; round < 3; round++) {
    const real = tf.randomUniform([8, 6], 0, 1, 'float32', round + 1);
    const noise = tf.randomUniform([8, 3], 0, 1, 'float32', round + 10);
    for (const {discriminator, generator, combined} of [ours, theirs]) {
      const train = discriminator === ours.discriminator ? ourFit : modelFit;
      const x = tf.concat([real, generator.predict(noise) as tf.Tensor]);
      const y = tf.concat([tf.ones([8, 1]), tf.zeros([8, 1])]);
      discriminator.trainable = true;
      await train(discriminator, x, y, options);
      discriminator.trainable = false;
      await train(combined, noise, tf.ones([8, 1]), options);
    }
  }
  expectSameWeights(ours.discriminator, theirs.discriminator);
  expectSameWeights(ours.generator, theirs.generator);
});

async function ourFit(...given: Parameters<typeof modelFit>): Promise<Record<string, number[]>> {
  return (await fit(...given)).history;
}
