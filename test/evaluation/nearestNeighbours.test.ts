import {describe, expect, test} from '@jest/globals';
import {nearestNeighbours, tf} from 'convlab';

/** Numbers that no rounding makes equal, the same in each run. */
const spread = (count: number, seed: number) => tf.randomNormal<tf.Rank.R2>([count, 7], 0, 1, 'float32', seed);

/** Straight from the definition, in JavaScript's double precision. */
function byHand(points: number[][], known: number[][]): number[][] {
  const distance = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
  return points.map((point) =>
    known
      .map((other, i) => ({i, far: distance(point, other)}))
      .sort((a, b) => a.far - b.far)
      .map(({i}) => i),
  );
}

describe('nearestNeighbours(points, known)', () => {
  test('finds those that all distances, one by one, say', () => {
    const [points, known] = [spread(40, 1), spread(90, 2)];
    const expected = byHand(points.arraySync(), known.arraySync());
    expect(nearestNeighbours(points, known)).toEqual(expected.map((row) => row.slice(0, 1)));
    expect(nearestNeighbours(points, known, {count: 5})).toEqual(expected.map((row) => row.slice(0, 5)));
  });

  test('takes pictures of any shape, and of two as near the first', () => {
    const pictures = tf.tensor4d([0, 0, 0, 0, 9, 9, 9, 9], [2, 2, 2, 1]);
    const known = tf.tensor3d([9, 9, 9, 8, 0, 0, 0, 1, 0, 0, 1, 0], [3, 2, 2]);
    expect(nearestNeighbours(pictures, known)).toEqual([[1], [0]]);
  });

  test.each([
    ['bytes of 64 × 64 pixels in colour', 240, 64 * 64 * 3],
    ['12 bits', 3000, 1024],
    ['16 bits', 60000, 1024],
  ])('tells bright pictures apart that differ in few pixels: %s', (_, grey, pixels) => {
    const frames = Array.from({length: 30}, (_, frame) =>
      Array.from({length: pixels}, (_, i) => grey + (i < frame ? 3 : 0)),
    );
    const pictures = tf.tensor2d(frames);
    expect(nearestNeighbours(pictures, pictures).flat()).toEqual([...frames.keys()]);
  });

  test('finds those of 16 bits as all distances, one by one, say', () => {
    const picture = (seed: number) => tf.randomNormal<tf.Rank.R2>([1, 1024], 40000, 60, 'float32', seed).round();
    const known = tf.concat(Array.from({length: 60}, (_, i) => picture(i)));
    const points = known.slice(0, 20).add<tf.Tensor2D>(tf.randomNormal([20, 1024], 0, 20, 'float32', 99).round());
    const expected = byHand(points.arraySync(), known.arraySync()).map((row) => row.slice(0, 3));
    expect(nearestNeighbours(points, known, {count: 3})).toEqual(expected);
  });

  test('goes through more pairs than memory would hold at once, a part at a time', () => {
    const known = tf.range(0, 6000).expandDims(1);
    const points = tf.range(0, 7000).expandDims(1);
    const found = nearestNeighbours(points, known);
    expect(found).toHaveLength(7000);
    expect([found[0], found[3333], found[6999]]).toEqual([[0], [3333], [5999]]);
  });

  test('keeps no tensor', () => {
    const [points, known] = [spread(3, 1), spread(4, 2)];
    const before = tf.memory().numTensors;
    nearestNeighbours(points, known);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([NaN, Infinity])('refuses %p, as scikit-learn does: all distances would be none', (value) => {
    const [good, bad] = [tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[1, 2], [value, 4]])]; // prettier-ignore
    expect(() => nearestNeighbours(good, bad)).toThrow(
      /^nearestNeighbours: known: there are values that are NaN or infinite/,
    );
    expect(() => nearestNeighbours(bad, good)).toThrow(/^nearestNeighbours: points: there are values/);
  });
});
