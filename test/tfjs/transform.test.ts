import {afterEach, expect, jest, test} from '@jest/globals';
import {tf} from 'convlab';

afterEach(async () => {
  jest.restoreAllMocks();
  await tf.setBackend('tensorflow');
});

const height = 7;
const width = 9;
const image = tf.tensor4d(
  Array.from({length: height * width * 3}, (_, i) => Math.sin(i * i)),
  [1, height, width, 3],
);
// None points halfway between two pixels, where the two round differently.
const warps = [
  [0.9, 0.3, -1.23, -0.2, 1.1, 0.72, 0, 0],
  [1.3, 0, 2.43, 0, 0.8, -3.13, 0, 0],
];
const pixels = [...image.dataSync()];

// TensorFlow.js's own implementation in plain JavaScript is the oracle, one image at a time: it does only the first.
test.each([
  ['bilinear', 'nearest'],
  ['bilinear', 'constant'],
  ['bilinear', 'reflect'],
  ['nearest', 'wrap'],
] as const)('tf.image.transform gives what plain JavaScript gives: %s, %s', async (interpolation, fillMode) => {
  const transform = (images: tf.Tensor4D, rows: number[][]) => [
    ...tf.image.transform(images, tf.tensor2d(rows), interpolation, fillMode, 0.5, [6, 8]).dataSync(),
  ];
  const both = transform(tf.concat([image, image]), warps);
  jest.spyOn(console, 'warn').mockReturnValue(); // "to speed things up dramatically, install our node backend"
  await tf.setBackend('cpu');
  const expected = warps.flatMap((row) => transform(tf.tensor4d(pixels, [1, height, width, 3]), [row]));
  expect(both).toHaveLength(2 * 6 * 8 * 3);
  const furthest = Math.max(...both.map((value, i) => Math.abs(value - expected[i]!)));
  expect(furthest).toBeLessThan(1e-5);
});
