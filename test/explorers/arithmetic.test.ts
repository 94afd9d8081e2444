// What the explorers calculate in the page, against TensorFlow.js.
import {beforeAll, describe, expect, test} from '@jest/globals';
import {tf} from 'convlab';

interface Map {
  pixels: number[];
  height: number;
  width: number;
}
interface Result {
  rows: number;
  columns: number;
  values: number[];
}
type Filter = number[];
interface Page {
  step: (key: string, place: {row: number; column: number}, limits: {rows: number; columns: number}) => object | null;
  number: (value: number) => string;
}
interface Convolution {
  convolve: (image: Map, weights: Filter, settings: {stride: number; padding: string}) => Result;
  PRESETS: Record<string, Filter>;
}
interface Pooling {
  pool: (image: Map, kind: string) => Result;
}
interface Softmax {
  softmax: (scores: number[]) => number[];
}
interface Descent {
  loss: (weight: number, x: number[], y: number[]) => number;
  gradient: (weight: number, x: number[], y: number[]) => number;
  descend: (weight: number, rate: number, steps: number, x: number[], y: number[]) => number[];
  ticks: (low: number, high: number) => number[];
}

const load = async <T>(name: string) => (await import(`../../lib/explorers/${name}.mjs`)) as T;
const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 5) => {
  expect(actual.length).toBe(expected.length);
  Array.from(actual).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, digits);
  });
};

function randomMap(height: number, width: number): Map {
  return {pixels: Array.from(tf.randomUniform([height * width], -1, 1, 'float32', 7).dataSync()), height, width};
}

describe('the convolution', () => {
  let module: Convolution;
  beforeAll(async () => {
    module = await load('convolve');
  });

  test.each([
    [28, 28, 1, 'valid'],
    [28, 28, 1, 'same'],
    [28, 28, 2, 'valid'],
    [28, 28, 2, 'same'],
    [5, 8, 2, 'same'],
    [7, 4, 2, 'valid'],
    [3, 3, 1, 'valid'],
  ] as const)('of %i × %i by steps of %i with padding %s is that of tf.conv2d', (height, width, stride, padding) => {
    const image = randomMap(height, width);
    for (const weights of Object.values(module.PRESETS)) {
      const expected = tf.conv2d(
        tf.tensor4d(image.pixels, [1, height, width, 1]),
        tf.tensor4d(weights, [3, 3, 1, 1]),
        stride,
        padding,
      );
      const {rows, columns, values} = module.convolve(image, weights, {stride, padding});
      expect([1, rows, columns, 1]).toEqual(expected.shape);
      close(values, expected.dataSync());
    }
  });
});

test.each([
  [26, 26],
  [11, 11],
  [4, 7],
])('pooling of %i × %i is that of tf.maxPool and tf.avgPool', async (height, width) => {
  const {pool} = await load<Pooling>('pooling');
  const image = randomMap(height, width);
  const tensor = tf.tensor4d(image.pixels, [1, height, width, 1]);
  close(pool(image, 'max').values, tf.maxPool(tensor, 2, 2, 'valid').dataSync());
  close(pool(image, 'average').values, tf.avgPool(tensor, 2, 2, 'valid').dataSync());
});

test('softmax is that of TensorFlow.js, for large scores too', async () => {
  const {softmax} = await load<Softmax>('softmax');
  for (const scores of [
    [1, 2, 5],
    [0, 0],
    [-6, 6, 0.5],
    [1000, 999, -1000],
  ]) {
    close(softmax(scores), tf.softmax(tf.tensor1d(scores)).dataSync());
  }
});

test('gradient descent follows the gradient that TensorFlow.js finds, downhill', async () => {
  const {loss, gradient, descend} = await load<Descent>('gradientDescent');
  const [x, y] = [
    [1, 2, 3, 4],
    [2.1, 3.9, 6.2, 7.8],
  ];
  const meanSquares = (weight: tf.Tensor) => tf.tensor1d(x).mul(weight).sub(y).square().mean();
  for (const weight of [-1, 0, 1.99, 7]) {
    expect(loss(weight, x, y)).toBeCloseTo(meanSquares(tf.scalar(weight)).dataSync()[0]!, 3);
    expect(gradient(weight, x, y)).toBeCloseTo(tf.grad(meanSquares)(tf.scalar(weight)).dataSync()[0]!, 3);
  }
  const path = descend(0, 0.02, 7, x, y);
  expect(path).toHaveLength(8);
  const losses = path.map((weight) => loss(weight, x, y));
  losses.slice(1).forEach((value, i) => {
    expect(value).toBeLessThan(losses[i]!);
  });
  // Beyond 2 / curvature, 2 / 15 here, each step leads further away.
  const away = descend(0, 0.15, 7, x, y).map((weight) => loss(weight, x, y));
  expect(away.at(-1)).toBeGreaterThan(away[0]!);
});

test.each([
  [0, 66.7, [0, 20, 40, 60]],
  [-1, 5, [0, 2, 4]],
  [-0.995, 4.975, [0, 1, 2, 3, 4]],
  [0, 0.03, [0, 0.01, 0.02, 0.03]],
  [0, 4.4, [0, 1, 2, 3, 4]],
  [0, 1e6, [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]],
])('the axis from %d to %d has ticks at round numbers', async (low, high, expected) => {
  const {ticks} = await load<Descent>('gradientDescent');
  close(ticks(low, high), expected, 6);
});

test('arrow keys move by one place and stop at the border; other keys move nothing', async () => {
  const {step} = await load<Page>('page');
  const limits = {rows: 3, columns: 4};
  expect(step('ArrowRight', {row: 1, column: 1}, limits)).toEqual({row: 1, column: 2});
  expect(step('ArrowUp', {row: 0, column: 1}, limits)).toEqual({row: 0, column: 1});
  expect(step('ArrowDown', {row: 2, column: 1}, limits)).toEqual({row: 2, column: 1});
  expect(step('End', {row: 0, column: 0}, limits)).toEqual({row: 2, column: 3});
  expect(step('Tab', {row: 1, column: 1}, limits)).toBeNull();
});

test('numbers have at most two decimals and a true minus, and zero has none', async () => {
  const {number} = await load<Page>('page');
  expect([1 / 9, -1.5, -0.001, 3].map((value) => number(value))).toEqual(['0.11', '−1.5', '0', '3']);
});
