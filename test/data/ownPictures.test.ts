// The complete job, as a reader does it with pictures of their own: from a folder to a confusion matrix and a model's file.
// Keras opens the same model's file, with equal answers, in `npm run test:keras`.
import path from 'node:path';
import {beforeAll, describe, expect, test} from '@jest/globals';
import {
  classificationReport,
  confusionChart,
  confusionMatrix,
  evaluate,
  fit,
  type ImageDataset,
  imageFolder,
  keras,
  picture,
  predict,
  samples,
  tf,
} from 'convlab';
import {unzipTo} from '../../lib/src/files/zipFile';
import {temporaryFolder} from '../folder';
import {listenToNotes, told} from '../notes';

const folder = temporaryFolder();
const dir = path.join(folder, 'photographs');
/** The squares of a row were cut from one photograph side by side. */
const group = (at: string) => at.replace(/-\d\.jpg$/, '');
const options = {size: 64, split: {validation: 1 / 6, test: 1 / 6}, seed: 2, group};

listenToNotes();

beforeAll(async () => {
  await unzipTo(samples.photographs, folder);
});

function network(classes: number): tf.Sequential {
  const glorot = (seed: number) => tf.initializers.glorotUniform({seed});
  const model = tf.sequential({
    layers: [
      tf.layers.rescaling({scale: 1 / 255, inputShape: [64, 64, 3]}),
      tf.layers.conv2d({filters: 8, kernelSize: 3, strides: 2, activation: 'relu', kernelInitializer: glorot(1)}),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.conv2d({filters: 16, kernelSize: 3, activation: 'relu', kernelInitializer: glorot(2)}),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({units: classes, activation: 'softmax', kernelInitializer: glorot(3)}),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.01), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

describe('pictures in folders', () => {
  let data: ImageDataset;
  let model: tf.Sequential;

  test('load with their classes, and rows of neighbours on one side', async () => {
    const loaded = await imageFolder.load(dir, options);
    data = loaded;
    const {classNames, train, validation, trainFiles, validationFiles, testFiles, skipped} = loaded;
    expect(classNames).toEqual(['galaxies', 'retina', 'tissue']);
    expect([train.shape, validation!.shape, data.test.shape]).toEqual([72, 18, 18].map((n) => [n, 64, 64, 3]));
    const groups = [trainFiles, validationFiles!, testFiles].map((files) => new Set(files.map(group)));
    expect(groups.map(({size}) => size)).toEqual([12, 3, 3]);
    expect(new Set(groups.flatMap((each) => [...each])).size).toBe(18);
    expect([skipped, told]).toEqual([[], []]);
    expect(picture(train, 5).png.length).toBeGreaterThan(1000);
  });

  test('train a network, which is right about pictures of rows that it has not seen', async () => {
    model = network(3);
    const {history} = await fit(model, data.train, {epochs: 20, seed: 1, validationData: data.validation!, verbose: 0});
    expect(history.val_accuracy!.at(-1)).toBeGreaterThan(0.85);
    const {accuracy} = await evaluate(model, data.test, {verbose: 0});
    // 18 pictures of three classes: by guessing 6 are right.
    expect(accuracy).toBeGreaterThanOrEqual(15 / 18);
  });

  test('make a confusion matrix, a report and a chart', async () => {
    const probabilities = await predict(model, data.test);
    const predicted = await probabilities.argMax(-1).data();
    const matrix = confusionMatrix(data.test.labels, predicted, {classNames: data.classNames});
    expect(matrix.images).toEqual([6, 6, 6]);
    expect(matrix.accuracy).toBeCloseTo((await evaluate(model, data.test, {verbose: 0})).accuracy!, 6);
    expect(String(matrix)).toMatch(/^ +predicted\n +actual galaxies retina tissue\ngalaxies +[4-6] /);
    expect(classificationReport(matrix).images).toEqual([6, 6, 6]);
    expect(confusionChart(matrix).data).toHaveLength(2);
  });

  test.each(['keras', 'h5'])(
    'save the network as .%s, which gives the same answers when it is loaded',
    async (ending) => {
      const file = path.join(folder, `own.${ending}`);
      await keras.save(model, file);
      const again = await keras.load(file);
      const [a, b] = await Promise.all([predict(model, data.test), predict(again, data.test)]);
      expect(b.dataSync()).toEqual(a.dataSync());
    },
  );

  test('stream to the network, batch by batch, as load gives them', async () => {
    const streams = await imageFolder.stream(dir, options);
    expect(await evaluate(model, streams.test, {verbose: 0})).toEqual({
      loss: expect.closeTo((await evaluate(model, data.test, {verbose: 0})).loss!, 5),
      accuracy: expect.closeTo((await evaluate(model, data.test, {verbose: 0})).accuracy!, 6),
    });
  });

  test('of another size than the network says how to load them', async () => {
    const small = await imageFolder.load(samples.photographs, {...options, size: 28});
    await expect(fit(model, small.train, {verbose: 0})).rejects.toThrow(/; load the pictures with size: 64, or give/);
    await expect(
      fit(model, small.train.tensor(), tf.tensor1d(small.train.labels, 'float32'), {verbose: 0}),
    ).rejects.toThrow(/; load the pictures with size: 64, or give/);
  });
});
