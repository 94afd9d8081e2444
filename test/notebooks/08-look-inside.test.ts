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
    for (const id of ['filters', 'gradients', 'occlusion-maps', 'embedding']) expect(figures(id)).toHaveLength(1);
    for (const id of ['first-pooled', 'second-maps', 'second-pooled', 'neighbours']) {
      expect(pictures(id)).toHaveLength(1);
    }
    for (const id of ['first-maps', 'what-tipped']) expect(pictures(id)).toHaveLength(2);
    const [plane] = figures('embedding') as {data: {name: string; x: number[]}[]}[];
    expect(plane!.data.slice(0, 10).map(({name}) => name)).toEqual(
      Array.from({length: 10}, (_, digit) => String(digit)),
    );
    expect(plane!.data.slice(0, 10).reduce((sum, {x}) => sum + x.length, 0)).toBe(100);
    expect(plane!.data[10]!.name).toBe('mistakes (20)');
  });

  test('finds that two components hold about half of the spread', () => {
    const share = Number(/in two components: (0\.\d+)/.exec(text('pca'))![1]);
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
  });

  test('finds two digits that hang on one spot, on a scale from -1 to 1', () => {
    const losses = Array.from(
      text('largest-loss').matchAll(/^a \d: loses at most (-?\d\.\d+), at row (\d+), column (\d+)$/gm),
    );
    expect(losses).toHaveLength(3);
    const values = losses.map(([, most]) => Number(most));
    // 0.91 with each of five seeds, of a probability that was a little above 0.9: notebooks/seeds.json.
    for (const value of values.slice(1)) expect(value).toBeGreaterThan(0.5);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    const [map] = figures('occlusion-maps') as {data: {zmin: number; zmax: number}[]}[];
    for (const {zmin, zmax} of map!.data) expect([zmin, zmax]).toEqual([-1, 1]);
  });

  test('draws filters of 60 pixels and more, and maps of 80 and more', () => {
    const [filters] = figures('filters') as {data: {dx: number; z: number[][]}[]}[];
    expect(filters!.data[0]!.dx).toBeGreaterThanOrEqual(60);
    expect(filters!.data[0]!.z.flat()).toHaveLength(32);
    for (const id of ['first-maps', 'first-pooled', 'second-maps', 'second-pooled']) {
      const png = Buffer.from(pictures(id).at(-1) as string, 'base64');
      // Eight in a row; a file has two pixels for each on the screen.
      expect(png.readUInt32BE(16) / 2).toBeGreaterThanOrEqual(8 * 80);
    }
  });

  test('counts whose neighbours the mistakes have', () => {
    const [, answered, truth] = /as answered: (0\.\d+) +as in truth: (0\.\d+)/.exec(text('company'))!.map(Number);
    // 0.34 to 0.53 with five seeds: notebooks/seeds.json.
    expect(answered).toBeGreaterThan(0.2);
    expect(answered! + truth!).toBeLessThanOrEqual(1);
  });
});
