// What notebook 09 found, not only that it ran.
import {beforeAll, expect, test} from '@jest/globals';
import {results, SEEDS} from './executed';
import {wholeWay} from './wholeWay';

let notebook: ReturnType<typeof results>;
beforeAll(() => {
  notebook = results('09-your-own-images');
});
const right = (id: string) => Number(/right: (\d+) of 26\n/.exec(notebook.text(id))?.[1]);

test('09 brings a photograph into the form of MNIST, and shows all steps in one row', () => {
  expect(notebook.text('photos')).toBe('26 photographs, ours, as there is no folder my-digits\n');
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
  const rows = notebook.text('count-left-out').matchAll(/^(.*?) +right: (\d+)$/gm);
  const counts = Object.fromEntries([...rows].map(([, step, n]) => [step!, Number(n)]));
  const steps = ['without bright', 'without ink', 'without cropped', 'without digit'];
  expect(Object.keys(counts)).toEqual(steps);
  expect(notebook.text('one-left-out')).toContain(['all steps', ...steps].join(' | '));
  // With 25 seeds at most 18, 12 and 6: notebooks/seeds.json.
  for (const step of ['without bright', 'without ink', 'without digit']) expect(counts[step]).toBeLessThan(21);
  expect(counts['without cropped']).toBeGreaterThanOrEqual(20);
});

test('seeds.json has what 09 counts of its 25 trainings', () => {
  const [digit, ink, everything] = [
    SEEDS.steps!['without digit']!,
    SEEDS.steps!['without ink']!,
    SEEDS.photographs!.careless!,
  ];
  const counted = (holds: (i: number) => boolean) => digit.filter((_, i) => holds(i)).length;
  // A step costs more where fewer are right without it.
  expect(counted((i) => digit[i]! < ink[i]!)).toBe(16);
  expect(counted((i) => digit[i]! > ink[i]!)).toBe(7);
  expect(counted((i) => everything[i]! > ink[i]!)).toBe(24);
});

test('09 divides photographs by their rows, and shows four of each class', () => {
  expect(notebook.text('load-photographs')).toContain(
    'train [ 72, 32, 32, 3 ] validation [ 18, 32, 32, 3 ] test [ 18, 32, 32, 3 ]',
  );
  const names = notebook.text('four-of-each').split(': ')[1]!.split(' | ');
  expect(names).toEqual(['galaxies', 'retina', 'tissue'].flatMap((name) => Array<string>(4).fill(name)));
});

test('09 tells the three photographs apart, as their mean colours do', () => {
  const [pictures, groups, epochs, byColour, byNetwork] = wholeWay(notebook.text('the-whole-way'))!;
  // Nothing random is in the baseline.
  expect([pictures, groups, byColour]).toEqual([18, 3, 18]);
  expect(byNetwork).toBeGreaterThanOrEqual(17);
  // All of 150 would mean that it had not finished.
  expect(epochs).toBeLessThan(150);
});

test('09 keeps the numbers of a microscope', () => {
  expect(notebook.text('microscope')).toBe('Uint16Array [ 1, 330, 275 ] largest: 1017\n');
  expect(notebook.pictures('rescaled')).toHaveLength(1);
});

test('09 shows a page at three sizes, equally large', () => {
  expect(notebook.text('how-large')).toContain('32 × 32 | 64 × 64 | 128 × 128');
});
