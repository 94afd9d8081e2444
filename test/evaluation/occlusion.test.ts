import {describe, expect, test} from '@jest/globals';
import {occlusion, tf} from 'convlab';

/** Two classes, whose scores are a weighted sum of the pixels and 0. */
function looksAt(weights: number[], height: number, width: number): tf.LayersModel {
  const dense = tf.layers.dense({units: 2, activation: 'softmax'});
  const model = tf.sequential({layers: [tf.layers.flatten({inputShape: [height, width, 1]}), dense]});
  const kernel = weights.flatMap((weight) => [weight, 0]);
  dense.setWeights([tf.tensor2d(kernel, [weights.length, 2]), tf.zeros([2])]);
  return model;
}
const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));

describe('occlusion(model, image)', () => {
  // 3 × 4 pixels, of which the network looks at two.
  const model = looksAt([0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1], 3, 4);
  const image = tf.ones([3, 4, 1]);
  const [all, left, right] = [sigmoid(1), sigmoid(-1), sigmoid(2)];

  test('covers each pixel in turn and says how much the probability falls, or rises', async () => {
    const map = await occlusion(model, image, {size: 1});
    expect(map.shape).toEqual([3, 4]);
    const expected = Array.from({length: 12}, (_, i) => (i === 1 ? all - left : i === 11 ? all - right : 0));
    map.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 5);
    });
  });

  test('covers a square around the pixel, cut off at the border', async () => {
    const map = await (await occlusion(model, image, {size: 3})).array();
    // Pixel (0, 1) lies within reach of columns 0 to 2 of the first two rows, pixel (2, 3) of the last two of each.
    expect(map.map((row) => row.map((value) => Math.sign(Math.round(value * 1000))))).toEqual([
      [1, 1, 1, 0],
      [1, 1, 1, -1],
      [0, 0, -1, -1],
    ]);
  });

  test('covers with another value, and watches another class', async () => {
    const covered = await occlusion(model, image, {size: 1, value: 1});
    expect(covered.abs().max().dataSync()[0]).toBeCloseTo(0, 6);
    const other = await occlusion(model, image, {size: 1, class: 1});
    const first = await occlusion(model, image, {size: 1, class: 0});
    expect(other.add(first).abs().max().dataSync()[0]).toBeCloseTo(0, 6);
  });

  test('takes a batch of one, and keeps no tensor but its result', async () => {
    const batch = image.expandDims(0);
    await occlusion(model, batch);
    const before = tf.memory().numTensors;
    const map = await occlusion(model, batch);
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(map.shape).toEqual([3, 4]);
  });

  test('covers more pixels than fit into a batch, each in its place', async () => {
    const weights = Array.from({length: 20 * 15}, () => 0);
    weights[17 * 15 + 4] = 3;
    const map = await occlusion(looksAt(weights, 20, 15), tf.ones([20, 15, 1]), {size: 1});
    expect(map.flatten().argMax().dataSync()[0]).toBe(17 * 15 + 4);
    expect(map.notEqual(0).sum().dataSync()[0]).toBe(1);
  });

  test('an image of another size is an error that leaves nothing in memory', async () => {
    const before = tf.memory().numTensors;
    const other = tf.zeros([5, 5, 1]);
    await expect(occlusion(model, other)).rejects.toThrow('occlusion: x has shape [1, 5, 5, 1] but the model takes');
    await expect(occlusion(model, image, {class: 7})).rejects.toThrow('class 7 does not exist');
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('says that the model puts out NaN, rather than that there is no such class', async () => {
    const broken = tf.sequential({
      layers: [
        tf.layers.flatten({inputShape: [3, 4, 1]}),
        tf.layers.dense({units: 2, kernelInitializer: tf.initializers.constant({value: NaN})}),
      ],
    });
    await expect(occlusion(broken, tf.ones([3, 4, 1]))).rejects.toThrow(
      'occlusion: the model puts out NaN for this image',
    );
  });

  test('refuses several images, an even square and a class that does not exist', async () => {
    await expect(occlusion(model, tf.ones([2, 3, 4, 1]))).rejects.toThrow(
      'occlusion: expected one image, [height, width, channels] or [1, height, width, channels], got [2, 3, 4, 1]',
    );
    await expect(occlusion(model, image, {size: 4})).rejects.toThrow('size must be an odd number of pixels, got 4');
    await expect(occlusion(model, image, {class: 2})).rejects.toThrow(
      'class 2 does not exist; the model knows classes 0 to 1',
    );
  });
});
