import {expect, test} from '@jest/globals';
import {seededRandom, shuffledIndices} from '../lib/src/random';

test('seededRandom(seed) is even, and the same for the same seed', () => {
  const draw = (seed: number) => Array.from({length: 10000}, seededRandom(seed));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  const numbers = draw(3);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  // The mean of 10,000 strays from 1/2 by 0.003.
  expect(numbers.reduce((sum, number) => sum + number) / 10000).toBeCloseTo(0.5, 1);
});

test('shuffledIndices(n, random) has every index once, in each order equally often', () => {
  const random = seededRandom(1);
  const counts: Record<string, number> = {};
  for (let i = 0; i < 6000; i++) {
    const order = shuffledIndices(3, random).join('');
    counts[order] = (counts[order] ?? 0) + 1;
  }
  expect(Object.keys(counts).sort()).toEqual(['012', '021', '102', '120', '201', '210']);
  // 1,000 each, give or take 29; four times that.
  for (const count of Object.values(counts)) expect(Math.abs(count - 1000)).toBeLessThan(120);
});
