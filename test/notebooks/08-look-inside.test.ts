// What the notebook found, not only that it ran.
import {describe, expect, test} from '@jest/globals';
import {lastNumber, results} from './executed';

/** Plotly's form of numbers in bytes. */
function floats(base64: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new Float32Array(bytes.buffer);
}

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
    for (const id of ['occlusion-maps', 'embedding']) expect(figures(id)).toHaveLength(1);
    for (const id of ['filters', 'untrained-filters', 'first-pooled', 'second-maps', 'second-pooled']) {
      expect(pictures(id)).toHaveLength(1);
    }
    for (const id of ['first-maps', 'gradients', 'what-tipped']) expect(pictures(id)).toHaveLength(2);
    for (const id of ['first-mistake', 'add-ink']) expect(pictures(id)).toHaveLength(1);
    const [plane] = figures('embedding') as {data: {name: string; x: number[]}[]}[];
    expect(plane!.data.slice(0, 10).map(({name}) => name)).toEqual(
      Array.from({length: 10}, (_, digit) => String(digit)),
    );
    // The first twelve of each, right or wrong, and ten mistakes, some of which may be among them.
    const [right, wrong] = [plane!.data.slice(0, 10), plane!.data[10]!];
    const count = right.reduce((sum, {x}) => sum + x.length, 0);
    expect(wrong.name).toBe(`mistakes (${wrong.x.length})`);
    expect(wrong.x.length).toBeGreaterThanOrEqual(10);
    expect(count).toBeLessThanOrEqual(120);
    expect(count + wrong.x.length).toBeGreaterThanOrEqual(120);
    expect(count + wrong.x.length).toBeLessThanOrEqual(130);
  });

  test('finds that two components hold about half of the spread', () => {
    const share = Number(/in two components: (0\.\d+)/.exec(text('pca'))![1]);
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
  });

  test('finds digits that hang on one spot, and others that stand, on a scale from -1 to 1', () => {
    const [map] = figures('occlusion-maps') as {data: {zmin: number; zmax: number; z: {bdata: string}}[]}[];
    for (const {zmin, zmax} of map!.data) expect([zmin, zmax]).toEqual([-1, 1]);
    const losses = map!.data.map(({z}) => Math.max(...floats(z.bdata)));
    expect(losses).toHaveLength(2);
    // With five seeds at least 1 and at most 0.01: notebooks/seeds.json.
    expect(losses[0]).toBeGreaterThan(0.9);
    expect(losses[1]).toBeLessThan(0.1);
  });

  test('finds that ink takes the answer away at few places on the 4, and that it makes a 9', () => {
    const places = Number(/^more than half is lost at (\d+) of 784 places\n/.exec(text('add-ink-count'))![1]);
    // With five seeds 16 to 30 places, between the arms of the 4 (notebooks/seeds.json).
    expect(places).toBeGreaterThan(5);
    expect(places).toBeLessThan(80);
    // A 9 alone with five seeds; at the edge of such a place another network may still read a 4.
    expect(text('add-ink-count')).toMatch(/\nread there as (\d, )*9(, \d)*\n/);
    expect(pictures('add-ink')).toHaveLength(1);
  });

  test('takes ink away from five mistakes, and counts the places that set them right', () => {
    const lines = [
      ...text('count-places').matchAll(/^(\d) → (\d): (\d\.\d+), at most (\d\.\d+), over a half at (\d+) places$/gm),
    ].map((line) => line.slice(1).map(Number));
    expect(lines).toHaveLength(5);
    for (const [actual, answer, before, most, places] of lines) {
      expect(answer).not.toBe(actual);
      expect(most).toBeGreaterThanOrEqual(before!);
      expect(places! > 0).toBe(most! > 0.5);
    }
  });

  test('tests a suspect by all places that cover as much ink', () => {
    const [, asMuch, setRight] = /^elsewhere as much or more is covered at (\d+) places: set right at (\d+) of them\n/m
      .exec(text('test-the-suspect'))!
      .map(Number);
    // There may be none: a network may be set right where the square covers the most ink of all.
    expect(setRight).toBeLessThanOrEqual(asMuch!);
  });

  test('draws filters of 60 pixels and more, and maps of 80 and more', () => {
    const width = (id: string) => Buffer.from(pictures(id).at(-1) as string, 'base64').readUInt32BE(16) / 2;
    // Eight in a row; a file has two pixels for each on the screen.
    expect(width('filters')).toBeGreaterThanOrEqual(8 * 60);
    for (const id of ['first-maps', 'first-pooled', 'second-maps', 'second-pooled']) {
      expect(width(id)).toBeGreaterThanOrEqual(8 * 80);
    }
  });

  test('counts whose neighbours the mistakes have, and digits that were read correctly', () => {
    const wrong = /^mistakes: \d+ {2}as answered: (\d\.\d+) {2}as in truth: (\d\.\d+)$/m.exec(text('company'))!;
    const [answered, truth] = wrong.slice(1).map(Number);
    expect(answered! + truth!).toBeLessThanOrEqual(1);
    expect(answered!).toBeGreaterThan(0.2);
    // The control: these lie among their own kind.
    expect(lastNumber(text('company'), 'as in truth')).toBeGreaterThan(0.97);
  });

  test('finds that close calls that ended well lie among their own kind less often', () => {
    const [, answered, truth] = /as answered (\d\.\d+) {2}as in truth (\d\.\d+)\n/
      .exec(text('close-calls'))!
      .map(Number);
    expect(answered!).toBeGreaterThan(truth!);
    expect(lastNumber(text('close-calls'), 'as in truth')).toBeLessThan(0.9);
  });

  test('counts more edges among trained filters than among untrained ones', () => {
    const [, trained, untrained] = /trained (\d+) {2}untrained (\d+)\n$/.exec(text('count-edges'))!.map(Number);
    expect(trained!).toBeGreaterThan(untrained!);
  });
});
