import fs from 'node:fs';
import path from 'node:path';
import {beforeAll, describe, expect, test} from '@jest/globals';
import {augment, evaluate, fit, imageFolder, ImageSet, predict, tf, type ImageStream} from 'convlab';
import sharp from 'sharp';
import {temporaryFolder} from '../folder';
import {listenToNotes, told} from '../notes';

const folder = temporaryFolder();
const dir = path.join(folder, 'set');
const PER_CLASS = 24;
listenToNotes();

beforeAll(async () => {
  for (const [label, name] of ['dark', 'light'].entries()) {
    fs.mkdirSync(path.join(dir, name), {recursive: true});
    for (let i = 0; i < PER_CLASS; i++) {
      // The red value says which picture it is.
      const background = {r: 100 * label + i, g: 120 * label, b: 60};
      const file = path.join(dir, name, `${String(i).padStart(2, '0')}.png`);
      await sharp({create: {width: 6, height: 5, channels: 3, background}})
        .png()
        .toFile(file);
    }
  }
});

/** One pass: the red values, the labels and the sizes of the batches. */
async function pass(stream: ImageStream) {
  const [reds, labels, sizes]: [number[], number[], number[]] = [[], [], []];
  for await (const batch of stream) {
    expect(batch).toBeInstanceOf(ImageSet);
    sizes.push(batch.length);
    for (let i = 0; i < batch.length; i++) reds.push(batch.image(i)[0]!);
    labels.push(...batch.labels);
  }
  return {reds, labels, sizes};
}
const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

describe('imageFolder.stream(dir)', () => {
  test('gives the pictures that load gives', async () => {
    const options = {size: 4, split: {validation: 0.25, test: 0.25}, seed: 3};
    const loaded = await imageFolder.load(dir, options);
    const streams = await imageFolder.stream(dir, {...options, batchSize: 5});
    expect(streams).toMatchObject({name: 'set', classNames: ['dark', 'light'], skipped: []});
    for (const [stream, set, files] of [
      [streams.validation!, loaded.validation!, loaded.validationFiles!],
      [streams.test, loaded.test, loaded.testFiles],
    ] as const) {
      expect(stream.shape).toEqual(set.shape);
      expect(stream.labels).toEqual(set.labels);
      expect(stream.files).toEqual(files);
      // All of them are kept: what a batch holds stays, whatever is read after it.
      const batches: ImageSet[] = [];
      for await (const batch of stream) batches.push(batch);
      const pixels = batches.flatMap((batch) => Array.from(batch.pixels));
      expect(pixels).toEqual(Array.from(set.pixels));
    }
  });

  test('takes all pictures once an epoch, over the whole set in a new order each time, drawn from the seed', async () => {
    const options = {size: 2, batchSize: 7, seed: 5, split: {test: 0}};
    const {train} = await imageFolder.stream(dir, options);
    const passes = [await pass(train), await pass(train), await pass(train)];
    for (const {reds, labels, sizes} of passes) {
      expect(sizes).toEqual([7, 7, 7, 7, 7, 7, 6]);
      expect(sorted(reds)).toEqual([...Array(PER_CLASS).keys(), ...Array.from(Array(PER_CLASS), (_, i) => 100 + i)]);
      expect(labels).toEqual(reds.map((red) => (red < 100 ? 0 : 1)));
    }
    expect(new Set(passes.map(({reds}) => reds.join())).size).toBe(3);
    const again = (await imageFolder.stream(dir, options)).train;
    expect([await pass(again), await pass(again), await pass(again)]).toEqual(passes);
    const other = (await imageFolder.stream(dir, {...options, seed: 6})).train;
    expect((await pass(other)).reds).not.toEqual(passes[0]!.reds);
  });

  test('predict walks through a stream that mixes its pictures in the order of its labels, changed or not', async () => {
    const options = {size: 2, batchSize: 7, seed: 5, split: {test: 0}};
    const {train} = await imageFolder.stream(dir, options);
    const red = tf.sequential({layers: [tf.layers.cropping2D({cropping: [[0, 1], [0, 1]], inputShape: [2, 2, 3]})]}); // prettier-ignore
    for (const stream of [train, augment(train, {seed: 1}), augment(augment(train))]) {
      const outputs = await predict(red, stream);
      const reds = [...outputs.dataSync()].filter((_, i) => i % 3 === 0);
      expect(reds).toEqual(train.files.map((file, i) => 100 * train.labels[i]! + Number(/(\d+)\.png/.exec(file)![1])));
    }
    // The order of the passes in fit stays what the seed draws.
    const other = (await imageFolder.stream(dir, options)).train;
    expect(await pass(train)).toEqual(await pass(other));
  });

  test('can be left in the middle, and taken up again', async () => {
    const {train} = await imageFolder.stream(dir, {size: 2, batchSize: 4, split: {test: 0}});
    for await (const batch of train) {
      expect(batch.length).toBe(4);
      break;
    }
    expect((await pass(train)).reds.length).toBe(2 * PER_CLASS);
  });

  test('names a damaged picture when its turn comes, or leaves it out and says so', async () => {
    const copy = path.join(folder, 'damaged');
    fs.cpSync(dir, copy, {recursive: true});
    const bad = path.join(copy, 'dark', '03.png');
    fs.writeFileSync(bad, fs.readFileSync(bad).subarray(0, 60));
    const refusing = await imageFolder.stream(copy, {size: 2, split: {test: 0}});
    await expect(pass(refusing.train)).rejects.toThrow(
      `imageFolder.stream: ${bad}: it is damaged or cut short; fix it, remove it, or pass damaged: 'skip'`,
    );
    const {train} = await imageFolder.stream(copy, {size: 2, batchSize: 8, split: {test: 0}, damaged: 'skip'});
    told.length = 0;
    for (let epoch = 0; epoch < 2; epoch++) expect((await pass(train)).reds).toHaveLength(2 * PER_CLASS - 1);
    expect(told).toEqual([`Note: ${bad} was passed over: it is damaged or cut short.`]);
    expect(train.skipped).toEqual([{file: bad, reason: 'it is damaged or cut short'}]);
    expect(train.length).toBe(2 * PER_CLASS - 1);
    expect(train.labels).toHaveLength(2 * PER_CLASS - 1);
    expect(train.files).not.toContain(bad);
  });

  test('refuses pictures of two depths', async () => {
    const copy = path.join(folder, 'depths');
    fs.cpSync(dir, copy, {recursive: true});
    const deep = path.join(copy, 'light', '00.png');
    await sharp(
      Uint16Array.from({length: 12}, (_, i) => i * 4000),
      {raw: {width: 4, height: 3, channels: 1}},
    )
      .toColourspace('grey16')
      .png()
      .toFile(deep);
    const {train} = await imageFolder.stream(copy, {size: 2, split: {test: 0}});
    await expect(pass(train)).rejects.toThrow(
      /has (8|16) bits and .* has (8|16) bits; a set has pictures of one depth/,
    );
    await expect(imageFolder.load(copy, {size: 2})).rejects.toThrow(
      /^imageFolder\.load: .*a set has pictures of one depth/,
    );
  });

  test('says after its first pass, once, that its pictures use little of their depth', async () => {
    const flat = path.join(folder, 'flat');
    for (const [label, name] of ['a', 'b'].entries()) {
      fs.mkdirSync(path.join(flat, name), {recursive: true});
      for (let i = 0; i < 3; i++) {
        const background = {r: 10 + label, g: 12, b: 14 + i};
        await sharp({create: {width: 4, height: 4, channels: 3, background}})
          .png()
          .toFile(path.join(flat, name, `${i}.png`));
      }
    }
    const {train} = await imageFolder.stream(flat, {size: 4, batchSize: 2, split: {test: 0}});
    told.length = 0;
    await pass(train);
    expect(told).toEqual([
      "Note: the pictures' values go from 10 to 16, a small part of the 256 that their 8 bits could tell apart; as the model's " +
        'first layer tf.layers.rescaling({scale: 1 / 6, offset: -10 / 6}) brings them to 0 to 1.',
    ]);
    await pass(train);
    expect(told).toHaveLength(1);
  });

  test('is what fit, evaluate and predict take, as they take the set', async () => {
    const {train, test: held} = await imageFolder.stream(dir, {size: 4, batchSize: 8});
    const {test: set} = await imageFolder.load(dir, {size: 4});
    const model = tf.sequential({
      layers: [
        tf.layers.rescaling({scale: 1 / 255, inputShape: [4, 4, 3]}),
        tf.layers.flatten(),
        tf.layers.dense({units: 2, activation: 'softmax', kernelInitializer: 'zeros'}),
      ],
    });
    model.compile({optimizer: tf.train.adam(0.05), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    const {history} = await fit(model, train, {epochs: 8, validationData: held, verbose: 0});
    expect(history.val_accuracy!.at(-1)).toBe(1);
    const [streamed, whole] = [await evaluate(model, held, {verbose: 0}), await evaluate(model, set, {verbose: 0})];
    expect(streamed.loss).toBeCloseTo(whole.loss!, 6);
    const [one, other] = [await predict(model, held), await predict(model, set)];
    expect(one.shape).toEqual([set.length, 2]);
    expect(tf.max(tf.abs(one.sub(other))).dataSync()[0]).toBeLessThan(1e-6);
  });
});
