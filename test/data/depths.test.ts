import fs from 'node:fs';
import path from 'node:path';
import {beforeAll, expect, test} from '@jest/globals';
import {fit, imageFolder, ImageSet, mnist, rescale, tf, type History} from 'convlab';
import sharp from 'sharp';
import {temporaryFolder} from '../folder';
import {listenToNotes, told} from '../notes';

const folder = temporaryFolder();
listenToNotes();

/** Digits in three classes, as files of 8 bits and as a microscope stores them: 12 of 16 bits, with some light everywhere. */
beforeAll(async () => {
  const {train} = await mnist.load();
  for (const digit of [0, 1, 2]) {
    for (const depth of ['8', '16']) fs.mkdirSync(path.join(folder, depth, String(digit)), {recursive: true});
    const indices = [...train.labels.keys()].filter((i) => train.labels[i] === digit).slice(0, 40);
    for (const i of indices) {
      const raw = {raw: {width: 28, height: 28, channels: 1}} as const;
      const image = train.image(i) as Uint8Array;
      await sharp(image, raw)
        .toColourspace('b-w')
        .png()
        .toFile(path.join(folder, '8', String(digit), `${i}.png`));
      await sharp(
        Uint16Array.from(image, (value) => 200 + 14 * value),
        raw,
      )
        .toColourspace('grey16')
        .tiff({compression: 'deflate'})
        .toFile(path.join(folder, '16', String(digit), `${i}.tif`));
    }
  }
});

async function train(x: tf.Tensor, labels: Uint8Array): Promise<History> {
  const model = tf.sequential({
    layers: [
      tf.layers.reshape({targetShape: [28, 28, 1], inputShape: [28, 28]}),
      tf.layers.conv2d({
        filters: 4,
        kernelSize: 5,
        strides: 2,
        kernelInitializer: tf.initializers.glorotUniform({seed: 1}),
      }),
      tf.layers.flatten(),
      tf.layers.dense({units: 3, activation: 'softmax', kernelInitializer: tf.initializers.glorotUniform({seed: 2})}),
    ],
  });
  model.compile({optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy']});
  const y = tf.tensor1d(Int32Array.from(labels), 'int32');
  return fit(model, x, y, {epochs: 8, batchSize: 16, shuffle: false, verbose: 0});
}

test('pictures of 16 bits train as well as those of 8 bits that they were made of', async () => {
  const options = {size: 28, channels: 1, seed: 2} as const;
  const narrow = await imageFolder.load(path.join(folder, '8'), options);
  expect(narrow.train.pixels).toBeInstanceOf(Uint8Array);
  expect(told).toEqual([]);
  const deep = await imageFolder.load(path.join(folder, '16'), options);
  expect(deep.train.pixels).toBeInstanceOf(Uint16Array);
  expect(told).toEqual([
    "Note: the pictures' values go from 200 to 3770, a small part of the 65536 that their 16 bits could tell apart; " +
      'rescale(train) brings them to 0 to 1.',
  ]);
  // As stored.
  expect(deep.train.labels).toEqual(narrow.train.labels);
  expect(Array.from(deep.train.pixels)).toEqual(Array.from(narrow.train.pixels, (value) => 200 + 14 * value));

  const {images, limits} = rescale(deep.train);
  expect(limits).toEqual([200, 3770]);
  const held = rescale(deep.test, {limits}).images;
  expect(held).toBeInstanceOf(ImageSet);
  held.pixels.forEach((value, i) => {
    expect(value).toBeCloseTo(narrow.test.pixels[i]! / 255, 6);
  });
  const [one, other] = [
    await train(narrow.train.tensor().div(255), narrow.train.labels),
    await train(images.tensor(), images.labels),
  ];
  expect(one.history.accuracy!.at(-1)).toBeGreaterThan(0.9);
  expect(other.history.accuracy).toEqual(one.history.accuracy);
  other.history.loss!.forEach((loss, epoch) => {
    expect(loss).toBeCloseTo(one.history.loss![epoch]!, 4);
  });
});

test('a training part of 8 bits and a test of 16 are refused, whether they are loaded or streamed', async () => {
  for (const [part, depth] of [
    ['train', '8'],
    ['test', '16'],
  ] as const) {
    fs.cpSync(path.join(folder, depth), path.join(folder, 'mixed', part), {recursive: true});
  }
  const mixed = path.join(folder, 'mixed');
  const message = /test.* has 16 bits and .*train.* has 8 bits; a set has pictures of one depth/;
  await expect(imageFolder.load(mixed, {size: 28, channels: 1})).rejects.toThrow(message);
  const {train, test: tested} = await imageFolder.stream(mixed, {size: 28, channels: 1});
  for await (const batch of train) expect(batch.pixels).toBeInstanceOf(Uint8Array);
  await expect(tested[Symbol.asyncIterator]().next()).rejects.toThrow(message);
});
