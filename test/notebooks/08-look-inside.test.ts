// What the notebook found, not only that it ran.
import {describe, expect, test} from '@jest/globals';
import {results} from './executed';

describe('08 with the network that 04 saved', () => {
  const {text, pictures, figures} = results('08-look-inside');

  test('looks into the trained network', () => {
    expect(text('saved')).toContain('A trained network is there');
    const [, mistakes] = /^(\d+) mistakes in 10000 digits\n$/.exec(text('answers'))!;
    expect(Number(mistakes)).toBeLessThan(250);
    expect(text('every-layer')).toBe('1 × 26 × 26 × 32\n1 × 13 × 13 × 32\n1 × 11 × 11 × 32\n1 × 5 × 5 × 32\n');
    expect(text('numbers')).toMatch(/^shape \[ 10000, 32 \]\n/);
  });

  test('shows filters, feature maps, saliency, occlusion and the plane', () => {
    for (const id of ['gradients', 'occlusion', 'embedding', 'what-tipped']) expect(figures(id)).toHaveLength(1);
    for (const id of ['filters', 'first-pooled', 'second-maps', 'second-pooled', 'neighbours']) {
      expect(pictures(id)).toHaveLength(1);
    }
    expect(pictures('first-maps')).toHaveLength(2);
    const [plane] = figures('embedding') as {data: {name: string; x: number[]}[]}[];
    expect(plane!.data.slice(0, 10).map(({name}) => name)).toEqual(
      Array.from({length: 10}, (_, digit) => String(digit)),
    );
    expect(plane!.data.slice(0, 10).reduce((sum, {x}) => sum + x.length, 0)).toBe(250);
    expect(plane!.data[10]!.name).toBe('mistakes (40)');
  });

  test('finds that two components hold about half of the spread', () => {
    const share = Number(/in two components: (0\.\d+)/.exec(text('pca'))![1]);
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
  });

  test('finds that covering a part costs probability, at most all of it', () => {
    const losses = Array.from(
      text('largest-loss').matchAll(/^a \d: loses at most (\d\.\d+), at row (\d+), column (\d+)$/gm),
    );
    expect(losses).toHaveLength(2);
    const values = losses.map(([, most]) => Number(most));
    // 0.08 and more in our runs.
    expect(Math.max(...values)).toBeGreaterThan(0.01);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
  });

  test('finds that many mistakes have neighbours of the digit they were taken for', () => {
    const [, all, answered, truth] = /of (\d+) mistakes, .* as answered: (\d+), as in truth: (\d+)/
      .exec(text('company'))!
      .map(Number);
    // From a third to a half in our runs, and about as many with neighbours of the true digit.
    expect(answered).toBeGreaterThan(all! / 6);
    expect(answered! + truth!).toBeLessThanOrEqual(all!);
  });
});
