// What notebook 09 found, not only that it ran.
import {beforeAll, expect, test} from '@jest/globals';
import {results} from './executed';

let notebook: ReturnType<typeof results>;
beforeAll(() => {
  notebook = results('09-your-own-images');
});
const right = (id: string) => Number(/right: (\d+) of 26\n/.exec(notebook.text(id))?.[1]);

test('09 brings a photograph into the form of MNIST, and shows all steps in one row', () => {
  expect(notebook.text('photos')).toBe('26 photographs, ours; my-digits is not there, or has no digit in it\n');
  expect(notebook.text('prepare')).toMatch(/photo 36 × 34 .* small 20 × \d+ \| digit 28 × 28$/);
  expect(notebook.pictures('prepare')).toHaveLength(1);
});

test('09 reads printed digits of a newspaper that were prepared, and few that were not', () => {
  // With 25 seeds 23 to 26, and 6 to 17: notebooks/seeds.json.
  expect(right('answers')).toBeGreaterThanOrEqual(22);
  expect(right('without-steps')).toBeLessThan(right('answers') - 2);
  expect(notebook.figures('probabilities')).toHaveLength(1);
});

test('09 leaves out one step at a time', () => {
  const counts = Object.fromEntries(
    [...notebook.text('count-left-out').matchAll(/^(?:left out: )?(.*?) +right: (\d+)$/gm)].map(([, step, n]) => [
      step!,
      Number(n),
    ]),
  );
  const steps = ['all steps done', 'bright', 'ink', 'ink, one threshold', 'cropped', 'thick', 'digit'];
  expect(Object.keys(counts)).toEqual(steps);
  expect(notebook.text('one-left-out')).toContain(steps.join(' | '));
  expect(counts['all steps done']).toBe(right('answers'));
  // With 25 seeds at most 18, 12, 10 and 6: notebooks/seeds.json.
  for (const step of ['bright', 'ink', 'ink, one threshold', 'digit']) expect(counts[step]).toBeLessThan(21);
  for (const step of ['cropped', 'thick']) expect(counts[step]).toBeGreaterThanOrEqual(20);
});

test('09 divides photographs by their rows', () => {
  expect(notebook.text('load-photographs')).toContain(
    'train [ 72, 32, 32, 3 ] validation [ 18, 32, 32, 3 ] test [ 18, 32, 32, 3 ]',
  );
});

test('09 tells the three photographs apart in colour and, after more epochs, in grey', () => {
  // Nothing random is in the baselines.
  expect(notebook.text('mean-colour')).toBe('nearest mean colour: 17 of 18\n');
  const rows = [
    ...notebook
      .text('colour-and-grey')
      .matchAll(/(colour|grey) +nearest mean: (\d+) +network: (\d+) of 18 +epochs: (\d+) +loss after 15: (\d\.\d+)$/gm),
  ].map((row) => row.slice(2).map(Number));
  expect(rows).toHaveLength(2);
  const [colour, grey] = rows as [number[], number[]];
  expect([colour[0], grey[0]]).toEqual([17, 14]);
  for (const [, right, epochs] of rows) {
    expect(right).toBeGreaterThanOrEqual(17);
    // All of 150 would mean that it had not finished.
    expect(epochs).toBeLessThan(150);
  }
  // With each of five seeds: notebooks/seeds.json.
  expect(grey[2]).toBeGreaterThan(colour[2]!);
  expect(grey[3]).toBeGreaterThan(colour[3]!);
});

test('09 keeps the numbers of a microscope', () => {
  expect(notebook.text('microscope')).toBe('Uint16Array [ 1, 330, 275 ] largest: 1017\n');
  expect(notebook.pictures('rescaled')).toHaveLength(2);
});
