import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {ofLayer, predicted} from './ofLayer';

/** A picture whose pixels are 10 * row + column. */
function numbered(height: number, width: number): tf.Tensor {
  return tf
    .range(0, height)
    .mul(10)
    .expandDims(1)
    .add(tf.range(0, width))
    .reshape([1, height, width, 1])
    .tile([2, 1, 1, 1]);
}

/** Of pictures of this size, what a layer that is told to train makes. */
async function trained(height: number, width: number): Promise<tf.Tensor> {
  const model = await ofLayer('RandomCrop', {height: 3, width: 4}, [height, width, 1]);
  return model.layers.at(-1)!.apply(numbered(height, width), {training: true}) as tf.Tensor;
}

test('a model that predicts sees all of the pictures, as in Keras from 3.8 on', async () => {
  const model = await ofLayer('RandomCrop', {height: 3, width: 4}, [5, 6, 1]);
  expect(predicted(model, numbered(5, 6)).arraySync()).toEqual(numbered(5, 6).arraySync());
});

test('while it trains, it sees the same part of each picture in a batch, and others later', async () => {
  const seen = new Set<number>();
  for (let i = 0; i < 40; i++) {
    const part = await trained(6, 6);
    expect(part.shape).toEqual([2, 3, 4, 1]);
    const corner = part.dataSync()[0]!;
    expect(part.sub(corner).arraySync()).toEqual(numbered(3, 4).arraySync());
    seen.add(corner);
  }
  // Four rows and three columns may be first: 40 draws of 12 leave out none but by bad luck, and half by none at all.
  expect(seen.size).toBeGreaterThan(6);
  for (const corner of seen) expect([Math.floor(corner / 10) <= 3, corner % 10 <= 2]).toEqual([true, true]);
});

test('pictures that are no larger are enlarged, from where the largest part of the same proportions begins', async () => {
  // As keras.layers.RandomCrop(3, 4)(x, training=True) gives them in Keras 3.15.1.
  expect((await trained(3, 4)).arraySync()).toEqual(numbered(3, 4).arraySync());
  expect((await trained(5, 4)).arraySync()).toEqual(numbered(3, 4).add(10).arraySync());
  const wide = [0, 1].map(() => [2, 7, 12].map((row) => [0, 1, 2, 3].map((column) => [row + column])));
  expect((await trained(2, 6)).arraySync()).toEqual(wide);
});
