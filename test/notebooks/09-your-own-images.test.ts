// What notebook 09 found, not only that it ran.
import {beforeAll, expect, test} from '@jest/globals';
import {lastNumber, results} from './executed';

let notebook: ReturnType<typeof results>;
beforeAll(() => {
  notebook = results('09-your-own-images');
});
const right = (id: string) => Number(/right: (\d+) of 26\n/.exec(notebook.text(id))?.[1]);
const of18 = (id: string) => Number(/right in \w+: (\d+) of 18 /.exec(notebook.text(id))?.[1]);

test('09 brings a photograph into the form of MNIST, and shows all steps in one row', () => {
  expect(notebook.text('photos')).toBe('26 photographs, ours; my-digits is not there, or has no digit in it\n');
  expect(notebook.text('prepare')).toMatch(/photo 36 × 34 .* small 20 × \d+ \| digit 28 × 28$/);
  expect(notebook.pictures('prepare')).toHaveLength(1);
});

test('09 reads printed digits of a newspaper that were prepared, and few that were not', () => {
  // With 25 seeds 23 to 26, and 6 to 17: notebooks/seeds.json.
  expect(right('read-all')).toBeGreaterThanOrEqual(22);
  expect(right('without-steps')).toBeLessThan(right('read-all') - 2);
  expect(notebook.figures('probabilities')).toHaveLength(1);
});

test('09 leaves out one step at a time', () => {
  const counts = Object.fromEntries(
    [...notebook.text('count-left-out').matchAll(/^left out: (.*?) +right: (\d+)$/gm)].map(([, step, n]) => [
      step!,
      Number(n),
    ]),
  );
  const steps = ['nothing', 'bright', 'ink', 'ink, one threshold', 'cropped', 'thick', 'digit'];
  expect(Object.keys(counts)).toEqual(steps);
  expect(notebook.text('one-left-out')).toContain(steps.join(' | '));
  expect(counts.nothing).toBe(right('read-all'));
  // With 25 seeds at most 18, 12, 10 and 6: notebooks/seeds.json.
  for (const step of ['bright', 'ink', 'ink, one threshold', 'digit']) expect(counts[step]).toBeLessThan(21);
  for (const step of ['cropped', 'thick']) expect(counts[step]).toBeGreaterThanOrEqual(20);
});

test('09 loads pictures by a table of labels, and divides photographs by their rows', () => {
  expect(notebook.text('table-of-labels')).toBe('file,digit\n6-01.png,6\n4-02.png,4\n7-03.png,7\n');
  expect(notebook.text('load-by-table-2')).toContain('classes 1 2 3 4 5 6 7 8 9\n');
  expect(notebook.text('load-photographs')).toContain(
    'train [ 72, 32, 32, 3 ] validation [ 18, 32, 32, 3 ] test [ 18, 32, 32, 3 ]',
  );
});

test('09 tells the three photographs apart in colour and, after more epochs, in grey', () => {
  expect(notebook.text('train-colour')).toContain('first layer: 896\n');
  // Nothing random is in the baselines.
  expect(notebook.text('mean-colour')).toBe('nearest mean colour: 15 of 18\n');
  expect(notebook.text('train-grey')).toContain('nearest mean grey: 14 of 18\n');
  expect(of18('train-colour')).toBeGreaterThanOrEqual(17);
  expect(of18('train-grey')).toBeGreaterThanOrEqual(17);
  const epochs = (id: string) => Number(/epochs: (\d+)\n/.exec(notebook.text(id))![1]);
  // 24 to 26 and 42 to 95 with five seeds: notebooks/seeds.json. All of 150 would mean that it had not finished.
  expect(epochs('train-grey')).toBeGreaterThan(epochs('train-colour'));
  expect(epochs('train-grey')).toBeLessThan(150);
  // By its loss: the accuracy on so few pictures may be the same.
  expect(lastNumber(notebook.text('early'), 'in grey')).toBeGreaterThan(
    lastNumber(notebook.text('early'), 'loss in colour'),
  );
});

test('09 keeps the numbers of a microscope', () => {
  expect(notebook.text('microscope')).toBe('Uint16Array [ 1, 330, 275 ] largest: 1017\n');
  expect(notebook.pictures('rescaled')).toHaveLength(2);
});

test('09 names a damaged picture, and leaves it out when told to', () => {
  expect(notebook.text('refuse')).toMatch(/^imageFolder.load: one-is-damaged\/7-03.png: .*damaged: 'skip'\n$/);
  expect(notebook.text('skip')).toMatch(
    /Note: 2 files were passed over [^]*25 pictures; left out: .*labels.csv, .*7-03.png\n$/,
  );
});
