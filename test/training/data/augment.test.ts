import {describe, expect, test} from '@jest/globals';
import {augment, fit, ImageSet, predict, tf} from 'convlab';

type Stream = ReturnType<typeof augment>;

/** Each of 10 images is grey all over, the shade its number, but for a bright spot; its label is its number, one-hot. */
const numbers = tf.range(0, 10, 1, 'int32');
const labels = tf.oneHot(numbers, 10);
const spot = tf.tensor4d([100], [1, 1, 1, 1]).pad([
  [0, 0],
  [4, 4],
  [4, 4],
  [0, 0],
]);
const images = numbers.toFloat().reshape([10, 1, 1, 1]).add(spot);

/** One pass: all images and their labels' numbers, in the order in which they came, and the sizes of the batches. */
async function pass(stream: Stream) {
  const all: {pixels: Float32Array; label: number}[] = [];
  const sizes: number[] = [];
  for await (const {xs, ys} of stream) {
    const [batch, classes] = [xs as tf.Tensor, (ys as tf.Tensor).argMax(-1)];
    expect(batch.shape.slice(1)).toEqual([9, 9, 1]);
    sizes.push(batch.shape[0]);
    const values = batch.dataSync() as Float32Array;
    classes.dataSync().forEach((label, i) => all.push({pixels: values.subarray(i * 81, (i + 1) * 81), label}));
    tf.dispose([batch, ys, classes]);
  }
  return {all, sizes};
}

test('augment(…) brings every image once, in batches, and leaves it as it is when nothing is asked for', async () => {
  const {all, sizes} = await pass(augment(images, labels, {batchSize: 4}));
  expect(sizes).toEqual([4, 4, 2]);
  const byLabel = [...all].sort((a, b) => a.label - b.label);
  expect(byLabel.map(({label}) => label)).toEqual([...numbers.dataSync()]);
  expect(byLabel.flatMap(({pixels}) => [...pixels])).toEqual([...images.dataSync()]);
});

test('augment(…) keeps each image’s label with it, in a new order every pass', async () => {
  const stream = augment(images, labels, {shift: 2, rotate: 20, zoom: 0.2, seed: 1});
  const [first, second] = [await pass(stream), await pass(stream)];
  // The corner is grey however the spot was moved.
  for (const {pixels, label} of [...first.all, ...second.all]) expect(pixels[0]).toBeCloseTo(label, 4);
  const order = ({all}: typeof first) => all.map(({label}) => label);
  expect(order(first)).not.toEqual(order(second));
});

test('augment(…) moves what is in the picture by no more than it may', async () => {
  const {all} = await pass(augment(images, labels, {shift: 2}));
  const places = all.map(({pixels}) => {
    const bright = [...pixels].flatMap((value, i) => (value > pixels[0]! + 1 ? [i] : []));
    return bright.map((i) => Math.max(Math.abs((i % 9) - 4), Math.abs(Math.floor(i / 9) - 4)));
  });
  // Between two pixels the spot lights up both.
  expect(Math.max(...places.flat())).toBeLessThanOrEqual(2);
  expect(places.every((each) => each.length > 0)).toBe(true);
  expect(new Set(all.map(({pixels, label}) => pixels.map((value) => value - label).join())).size).toBe(10);
});

test('augment(…) gives the same batches for the same seed, pass after pass, and others for another', async () => {
  const stream = (seed: number) => augment(images, labels, {shift: 1, rotate: 10, zoom: 0.1, batchSize: 5, seed});
  const [one, same, other] = [stream(1), stream(1), stream(2)];
  const first = await pass(one);
  expect(await pass(same)).toEqual(first);
  expect(await pass(other)).not.toEqual(first);
  const second = await pass(one);
  expect(second).not.toEqual(first);
  expect(await pass(same)).toEqual(second);
});

test('augment(…) takes colours and whole numbers, and any labels', async () => {
  const colours = tf.tile(images.toInt(), [1, 1, 1, 3]);
  for await (const {xs, ys} of augment(colours, numbers, {rotate: 5, batchSize: 10})) {
    expect(xs).toMatchObject({shape: [10, 9, 9, 3], dtype: 'float32'});
    expect(ys).toMatchObject({shape: [10], dtype: 'int32'});
  }
});

test('augment(…) feeds fit, the same run for the same seeds, and leaves no tensor behind', async () => {
  const model = () => {
    const flat = tf.layers.flatten({inputShape: [9, 9, 1]});
    const weigh = tf.layers.dense({units: 10, activation: 'softmax', kernelInitializer: 'zeros'});
    const sequential = tf.sequential({layers: [flat, weigh]});
    sequential.compile({optimizer: tf.train.sgd(0.001), loss: 'categoricalCrossentropy'});
    return sequential;
  };
  const [first, second] = [model(), model()];
  const train = async (trained: tf.LayersModel) => {
    const stream = augment(images, labels, {shift: 2, batchSize: 4, seed: 3});
    return (await fit(trained, stream, {epochs: 3, seed: 1, verbose: 0})).history.loss!;
  };
  const losses = await train(first);
  const before = tf.memory().numTensors;
  expect(await train(second)).toEqual(losses);
  expect(tf.memory().numTensors).toBe(before);
});

test.each([
  [
    'images without channels',
    () => augment(images.squeeze([3]), labels),
    'augment: images must be [n, height, width, channels], got [10, 9, 9]; add the channel dimension with images.expandDims(-1)',
  ],
  [
    'another number of labels',
    () => augment(images, labels.slice(1)),
    'augment: expected as many labels as images and at least one, got images [10, 9, 9, 1] and labels [9, 10]',
  ],
  [
    'a negative shift',
    () => augment(images, labels, {shift: -1}),
    'augment: shift must be a number of pixels, 0 or more',
  ],
  ['too many degrees', () => augment(images, labels, {rotate: 360}), 'augment: rotate must be degrees from 0 to 180'],
  ['a zoom in per cent', () => augment(images, labels, {zoom: 10}), 'augment: zoom must be a share of the size'],
  ['half an image', () => augment(images, labels, {batchSize: 0.5}), 'augment: batchSize must be a whole number'],
])('augment(…) rejects %s', (_, make, message) => {
  expect(make).toThrow(message);
});

describe('augment(images) of ImageSets', () => {
  const pixels = Uint16Array.from({length: 10 * 81}, (_, i) => (i % 81 === 40 ? 5000 : 100 * Math.floor(i / 81)));
  const set = new ImageSet(
    pixels,
    [10, 9, 9],
    Uint8Array.from({length: 10}, (_, i) => i),
  );
  const batchesOf = async (stream: AsyncIterable<ImageSet>) => {
    const batches: ImageSet[] = [];
    for await (const batch of stream) batches.push(batch);
    return batches;
  };

  test('brings a set in batches, each image with its label and the range of its values, in a new order every pass', async () => {
    const {numTensors} = tf.memory();
    const stream = augment(set, {shift: 2, rotate: 20, batchSize: 4, seed: 3});
    const passes = [await batchesOf(stream), await batchesOf(stream)];
    for (const batches of passes) {
      expect(batches.map(({shape}) => shape)).toEqual([
        [4, 9, 9],
        [4, 9, 9],
        [2, 9, 9],
      ]);
      for (const batch of batches) {
        for (const [i, label] of batch.labels.entries()) expect(batch.image(i)[0]).toBeCloseTo(100 * label, 2);
      }
    }
    const orders = passes.map((batches) => batches.flatMap(({labels}) => [...labels]));
    expect(orders[0]).not.toEqual(orders[1]);
    expect([...orders[0]!].sort()).toEqual([...set.labels]);
    expect(tf.memory().numTensors).toBe(numTensors);
    const again = await batchesOf(augment(set, {shift: 2, rotate: 20, batchSize: 4, seed: 3}));
    expect(again).toEqual(passes[0]);
  });

  test('predict takes a set in its own order', async () => {
    const corner = tf.sequential({layers: [tf.layers.cropping2D({cropping: [[0, 8], [0, 8]], inputShape: [9, 9, 1]})]}); // prettier-ignore
    for (const changed of [
      augment(set, {shift: 1, batchSize: 4}),
      augment(set.tensor().expandDims(-1), tf.tensor1d([...set.labels]), {shift: 1, batchSize: 4}),
    ]) {
      const outputs = await predict(corner, changed as AsyncIterable<ImageSet>);
      expect([...outputs.dataSync()].map((value) => Math.round(value / 100))).toEqual([...set.labels]);
    }
  });

  test('refuses streams of anything else', async () => {
    const dataset = tf.data.array([1, 2]) as unknown as AsyncIterable<ImageSet>;
    expect(() => augment(dataset)).toThrow('augment: images must be a tensor, an ImageSet or a stream of ImageSets');
    async function* pairs() {
      yield await Promise.resolve({xs: images, ys: labels});
    }
    const stream = {[Symbol.asyncIterator]: pairs} as unknown as AsyncIterable<ImageSet>;
    await expect(batchesOf(augment(stream))).rejects.toThrow(
      'augment: every batch of the stream must be an ImageSet, got an object with xs, ys; augment(images, labels) takes tensors',
    );
  });

  test('keeps the batches of a stream, and is taken by fit', async () => {
    async function* stream() {
      yield set.select([1, 2, 3]);
      await Promise.resolve();
      yield set.select([0]);
    }
    const batches = await batchesOf(augment({[Symbol.asyncIterator]: stream}, {seed: 1}));
    expect(batches.map(({labels}) => [...labels])).toEqual([[1, 2, 3], [0]]);
    expect([...batches[1]!.pixels]).toEqual([...set.image(0)]);
    const model = tf.sequential({
      layers: [tf.layers.flatten({inputShape: [9, 9, 1]}), tf.layers.dense({units: 10, activation: 'softmax'})],
    });
    model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
    const {history} = await fit(model, augment({[Symbol.asyncIterator]: stream}, {zoom: 0.1}), {epochs: 2, verbose: 0});
    expect(history.loss).toHaveLength(2);
    expect(() => augment({[Symbol.asyncIterator]: stream}, {batchSize: 2})).toThrow(
      'augment: batchSize is for images in memory; a stream brings batches of its own, so leave it out',
    );
  });
});
