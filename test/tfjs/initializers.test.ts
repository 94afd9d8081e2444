import {expect, test} from '@jest/globals';
import {tf} from 'convlab';

// What is drawn between 0 and 1 has a mean of 0.5 and about 0.29 around it: of 4,000 numbers, within five standard errors.
const FAR = (5 * Math.sqrt(1 / 12)) / Math.sqrt(4000);
const drawn = (initializer: unknown) =>
  tf.layers
    .dense({units: 40, inputShape: [100], kernelInitializer: initializer as 'zeros'})
    .apply(tf.zeros([1, 100])) as tf.Tensor;

test('numbers between 0 and 1 are asked for and drawn', () => {
  const initializer = tf.initializers.randomUniform({minval: 0, maxval: 1, seed: 1});
  expect(initializer.getConfig()).toEqual({minval: 0, maxval: 1, seed: 1});
  const values = initializer.apply([4000]);
  expect(values.min().dataSync()[0]).toBeGreaterThanOrEqual(0);
  expect(Math.abs(values.mean().dataSync()[0]! - 0.5)).toBeLessThan(FAR);
  expect(drawn('randomUniform').shape).toEqual([1, 40]);
});

test.each([
  ['randomUniform', {minval: -1, maxval: 0}, {minval: -1, maxval: 0}],
  ['randomUniform', {}, {minval: -0.05, maxval: 0.05}],
  ['randomNormal', {mean: 0, stddev: 0}, {mean: 0, stddev: 0}],
  ['randomNormal', {mean: 1}, {mean: 1, stddev: 0.05}],
  ['truncatedNormal', {stddev: 0}, {mean: 0, stddev: 0}],
] as const)('%s with %j is that with %j, from a file as well', (name, given, expected) => {
  expect(tf.initializers[name](given as never).getConfig()).toMatchObject(expected);
  const className = name.replace(/^./, (letter) => letter.toUpperCase());
  const layer = {className: 'Dense', config: {units: 1, kernelInitializer: {className, config: given}}};
  const [read] = tf.sequential({layers: [tf.layers.dense({...layer.config, inputShape: [1]} as never)]}).layers;
  expect(read!.getConfig().kernelInitializer).toMatchObject({className, config: expected});
});

test.each([
  ['fanIn', 2 / 150],
  ['fanOut', 2 / 50],
  ['fanAvg', 2 / 100],
] as const)('variance scaling by %s takes normal numbers that are not cut off, as Keras does', (mode, variance) => {
  const options = {scale: 2, mode, distribution: 'untruncatedNormal', seed: 1};
  const initializer = tf.initializers.varianceScaling(options as never);
  expect(initializer.getConfig()).toEqual(options);
  // A field of 10 numbers, 15 channels in and 5 out.
  const values = [...initializer.apply([10, 15, 5]).dataSync()];
  const found = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  // The variance of 750 normal numbers strays by about a twentieth of itself.
  expect(Math.abs(found / variance - 1)).toBeLessThan(0.2);
  expect(Math.max(...values)).toBeGreaterThan(2 * Math.sqrt(variance));
});
