// What notebook 09 found, not only that it ran.
import {beforeAll, expect, test} from '@jest/globals';
import {lastNumber, results} from './executed';

let notebook: ReturnType<typeof results>;
beforeAll(() => {
  notebook = results('09-your-own-images');
});
const right = (id: string) => Number(/right: (\d+) of 10\n/.exec(notebook.text(id))?.[1]);

test('09 brings a photograph into the form of MNIST, and shows each step', () => {
  expect(notebook.text('photos')).toBe('10 photographs in drawn-digits\n');
  expect(notebook.text('prepare')).toMatch(/^photo +300 × 400\n[^]*small +20 × \d+\ndigit +28 × 28\n$/);
  expect(notebook.pictures('first-photo')).toHaveLength(1);
  for (const id of ['bright', 'cropped', 'digit']) expect(notebook.pictures(id)).toHaveLength(2);
  expect(notebook.pictures('ink')).toHaveLength(1);
});

test('09 reads photographs that were prepared, and hardly any that were not', () => {
  expect(right('read-all')).toBeGreaterThanOrEqual(9);
  expect(right('without-steps')).toBeLessThanOrEqual(4);
  expect(notebook.pictures('read-all')).toHaveLength(1);
  expect(notebook.figures('probabilities')).toHaveLength(1);
});

test('09 needs colours to tell red from green, and only for that', () => {
  expect(notebook.text('load-plants')).toContain('train [ 320, 32, 32, 3 ] test [ 80, 32, 32, 3 ]');
  expect(notebook.text('train-colour')).toContain('first layer: 896\n');
  expect(lastNumber(notebook.text('train-colour'), 'in colour')).toBeGreaterThanOrEqual(0.9);
  expect(lastNumber(notebook.text('train-grey'), 'in grey')).toBeLessThanOrEqual(0.8);
  const rows = notebook.text('grey-table').trimEnd().split('\n').slice(2);
  const counts = rows.map((row) => row.trim().split(/\s+/).slice(1).map(Number));
  // green-berry, green-leaf, red-berry, red-leaf: the shape is right where both numbers are even or both are odd.
  const shapes = counts.flatMap((row, i) => row.filter((_, j) => i % 2 === j % 2));
  expect(shapes.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(0.85 * 80);
});

test('09 names a damaged picture, and leaves it out when told to', () => {
  expect(notebook.text('refuse')).toMatch(/^imageFolder.load: plants\/red-leaf\/broken.png: .*damaged: 'skip'\n$/);
  expect(notebook.text('skip')).toMatch(/Note: .*broken.png was passed over: [^]*400 pictures; 1 left out\n$/);
});
