import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {randomIntensity} from '../../../lib/src/training/data/intensity';

interface Fixture {
  shape: [number, number, number, number];
  images: number[];
  brightness: number[];
  contrast: number[];
  changed: number[];
}
const keras = JSON.parse(readFileSync(path.join(__dirname, '../../fixtures/keras/intensity.json'), 'utf8')) as Fixture;
const images = tf.tensor4d(keras.images, keras.shape);

test('randomIntensity(…) changes images as Keras’s RandomBrightness and RandomContrast do, bounds included', () => {
  // What is drawn so that the amounts are those that Keras was given, of the limits 0.4 and 0.8.
  const draws = keras.brightness.flatMap((added, i) => [
    (added / 0.4 + 1) / 2,
    ((keras.contrast[i]! - 1) / 0.8 + 1) / 2,
  ]);
  const changed = randomIntensity(images, [0, 1], {brightness: 0.4, contrast: 0.8}, () => draws.shift()!);
  changed.dataSync().forEach((value, i) => {
    // Float32 rounds to 6e-8 of 1, the fixture to 1e-7, and contrast makes 1.8 times of it.
    expect(Math.abs(value - keras.changed[i]!)).toBeLessThan(1e-6);
  });
  // 0 to 255 is the same, 255 times as large.
  const again = keras.brightness.flatMap((added, i) => [
    (added / 0.4 + 1) / 2,
    ((keras.contrast[i]! - 1) / 0.8 + 1) / 2,
  ]);
  const bytes = randomIntensity(images.mul(255), [0, 255], {brightness: 0.4, contrast: 0.8}, () => again.shift()!);
  expect(bytes.sub(changed.mul(255)).abs().max().dataSync()[0]).toBeLessThan(3e-4);
});

test('randomIntensity(…) with limits of 0 changes nothing but by rounding, and leaves no tensor', () => {
  const {numTensors} = tf.memory();
  const same = randomIntensity(images, [0, 1], {brightness: 0, contrast: 0}, Math.random);
  expect(tf.memory().numTensors).toBe(numTensors + 1);
  expect(same.sub(images).abs().max().dataSync()[0]).toBeLessThan(1e-6);
});
