import {seededRandom, shuffledIndices} from '../random';

/**
 * Divides examples into those to train on and those to test with: of each class the same share, and both in an order
 * drawn by lot, as training that keeps back the last part for validation must meet all classes there.
 *
 * @param labels the class of each example
 * @param share of each class that goes to the test, from 0 to 1; a class of several gives at least one to either side
 * @param seed the same seed gives the same division
 * @returns positions in `labels`
 */
export function split(labels: readonly number[], share: number, seed: number): {train: number[]; test: number[]} {
  const random = seededRandom(seed);
  const shuffled = (positions: number[]) => [...shuffledIndices(positions.length, random)].map((i) => positions[i]!);
  const classes = new Map<number, number[]>();
  labels.forEach((label, i) => {
    const positions = classes.get(label);
    if (positions) positions.push(i);
    else classes.set(label, [i]);
  });
  const train: number[] = [];
  const test: number[] = [];
  for (const positions of classes.values()) {
    const count = testCount(positions.length, share);
    const drawn = shuffled(positions);
    test.push(...drawn.slice(0, count));
    train.push(...drawn.slice(count));
  }
  return {train: shuffled(train), test: shuffled(test)};
}

function testCount(size: number, share: number): number {
  if (share === 0 || share === 1 || size < 2) return Math.round(size * share);
  return Math.min(Math.max(Math.round(size * share), 1), size - 1);
}
