import {expect, test} from '@jest/globals';
import {cover, occlusion, tf} from 'convlab';

test('cover lays a square on a pixel, cut off at the edge, and leaves the shape', async () => {
  const image = tf.ones([1, 4, 5, 1]);
  const covered = cover(image, 0, 1, {size: 3, value: 7});
  expect(covered.shape).toEqual([1, 4, 5, 1]);
  expect(await covered.squeeze().array()).toEqual([
    [7, 7, 7, 1, 1],
    [7, 7, 7, 1, 1],
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1],
  ]);
  expect(cover(image.squeeze([0]), 3, 4).shape).toEqual([4, 5, 1]);
});

test('cover makes the image that occlusion has asked about', async () => {
  const model = tf.sequential({
    layers: [tf.layers.flatten({inputShape: [6, 6, 2]}), tf.layers.dense({units: 3, activation: 'softmax'})],
  });
  const image = tf.randomUniform([1, 6, 6, 2], 0, 1, 'float32', 1);
  const map = await (await occlusion(model, image, {size: 3, value: 0.5, class: 1})).array();
  const probability = (x: tf.Tensor) => (model.predict(x) as tf.Tensor).dataSync()[1]!;
  const lost = probability(image) - probability(cover(image, 2, 5, {size: 3, value: 0.5}));
  expect(map[2]![5]).toBeCloseTo(lost, 6);
});
