import {expect, test} from '@jest/globals';
import {seededRandom} from '../../../lib/src/random';
import {randomWarps} from '../../../lib/src/training/data/warps';

/** Draws the largest amount each time, or the smallest, or none. */
const [most, least, none] = [() => 1, () => 0, () => 0.5];
const still = {shift: 0, rotate: 0, zoom: 0};

/** Where the first image's new pixel (x, y) comes from. */
function origin(rows: Float32Array, x: number, y: number): number[] {
  const [a, b, c, d, e, f] = rows as unknown as [number, number, number, number, number, number];
  return [a * x + b * y + c, d * x + e * y + f].map((value) => Math.round(value * 1e4) / 1e4 + 0);
}

test('randomWarps(…) with limits of 0, or no luck, changes nothing', () => {
  const identity = [1, 0, 0, 0, 1, 0, 0, 0];
  const plain = (rows: Float32Array) => [...rows].map((value) => value + 0);
  expect(plain(randomWarps(2, [28, 20], still, Math.random))).toEqual([...identity, ...identity]);
  expect(plain(randomWarps(1, [28, 20], {shift: 3, rotate: 90, zoom: 0.5}, none))).toEqual(identity);
});

test('randomWarps(…) moves to the right and down, or to the left and up', () => {
  expect(origin(randomWarps(1, [28, 28], {...still, shift: 3}, most), 10, 10)).toEqual([7, 7]);
  expect(origin(randomWarps(1, [28, 28], {...still, shift: 3}, least), 10, 10)).toEqual([13, 13]);
});

test('randomWarps(…) turns about the middle', () => {
  const quarter = randomWarps(1, [5, 5], {...still, rotate: 90}, most);
  expect(origin(quarter, 2, 2)).toEqual([2, 2]);
  expect(origin(quarter, 4, 2)).toEqual([2, 0]);
});

test('randomWarps(…) resizes about the middle, the same across and down', () => {
  const twice = randomWarps(1, [4, 8], {...still, zoom: 1}, most);
  expect(origin(twice, 3.5, 1.5)).toEqual([3.5, 1.5]);
  expect(origin(twice, 5.5, 3.5)).toEqual([4.5, 2.5]);
});

test('randomWarps(…) turns and resizes first and moves then, so that a move is as long as it says', () => {
  const all = randomWarps(1, [5, 5], {shift: 1, rotate: 90, zoom: 1}, most);
  expect(origin(all, 3, 3)).toEqual([2, 2]);
});

test('randomWarps(…) stays within its limits and uses all of them', () => {
  const rows = randomWarps(1000, [28, 28], {...still, shift: 2}, Math.random);
  const moves = Array.from({length: 1000}, (_, i) => -rows[i * 8 + 2]!);
  expect(Math.max(...moves)).toBeLessThanOrEqual(2);
  expect(Math.min(...moves)).toBeGreaterThanOrEqual(-2);
  // The ends are reached to 0.1 but once in 10^22 runs.
  expect(Math.max(...moves)).toBeGreaterThan(1.8);
  expect(Math.min(...moves)).toBeLessThan(-1.8);
});

test('randomWarps(…) flips across, down, or both, each of its own, and about half of the images', () => {
  const turned = (flip: 'horizontal' | 'vertical' | 'horizontal_and_vertical', random: () => number) =>
    origin(randomWarps(1, [4, 8], {...still, flip}, random), 1, 1);
  expect(turned('horizontal', least)).toEqual([6, 1]);
  expect(turned('vertical', least)).toEqual([1, 2]);
  expect(turned('horizontal_and_vertical', least)).toEqual([6, 2]);
  expect(turned('horizontal_and_vertical', most)).toEqual([1, 1]);
  const rows = randomWarps(1000, [4, 8], {...still, flip: 'horizontal'}, seededRandom(1));
  const flipped = Array.from({length: 1000}, (_, i) => rows[8 * i]!).filter((a) => a === -1).length;
  // Four standard deviations about a half.
  expect(Math.abs(flipped - 500)).toBeLessThan(64);
});

test('randomWarps(…) turns by quarters, in whole numbers, each of the four about as often', () => {
  const rows = randomWarps(1000, [5, 5], {...still, quarterTurns: true}, seededRandom(2));
  const turns = Array.from({length: 1000}, (_, i) => [...rows.subarray(8 * i, 8 * i + 6)].map((v) => v + 0).join());
  const counts = [...new Set(turns)].sort().map((turn) => [turn, turns.filter((other) => other === turn).length]);
  expect(counts.map(([turn]) => turn)).toEqual(['-1,0,4,0,-1,4', '0,-1,4,1,0,0', '0,1,0,-1,0,4', '1,0,0,0,1,0']);
  // Four standard deviations about a quarter.
  for (const [, count] of counts) expect(Math.abs((count as number) - 250)).toBeLessThan(55);
});
