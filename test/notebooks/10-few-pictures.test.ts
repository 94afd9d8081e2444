// What notebook 10 found. Weights and pictures are drawn by seeds; the bounds leave room for what other machines round differently.
import {expect, test} from '@jest/globals';
import {lastNumber, results} from './executed';

const {text, pictures} = results('10-few-pictures');
const after = (id: string, words: string) => lastNumber(text(id), words);

test('with ten pictures of each digit a frozen base is better than random weights', () => {
  expect(text('tasks')).toContain('old task [ 7500, 28, 28, 1 ] others of the new task [ 2000, 28, 28, 1 ]');
  expect(pictures('tasks')).toHaveLength(1);
  const rows = [...text('compare').matchAll(/^ +(\d+) +(\d\.\d{3}) +(\d\.\d{3}) +(\d\.\d{3})$/gm)].map((row) =>
    row.slice(1).map(Number),
  );
  expect(rows.map(([each]) => each)).toEqual([10, 50, 200]);
  const [, scratch, frozen] = rows[0]!;
  expect(frozen! - scratch!).toBeGreaterThan(0);
  // More pictures help in every way of learning.
  for (const way of [1, 2, 3]) expect(rows[2]![way]!).toBeGreaterThan(rows[0]![way]!);
});

test('class weights find more of the rare digit', () => {
  const [without, weighted] = ['without weights', 'with weights'].map((words) =>
    after('class-weights', `${words}: recall of the 9`),
  );
  expect(weighted!).toBeGreaterThan(without!);
});

test('a division by photograph promises more than new animals keep', () => {
  const row = (name: string) =>
    new RegExp(`${name} +validation: (\\d\\.\\d{3}) +new animals: (\\d\\.\\d{3})`)
      .exec(text('divide'))!
      .slice(1)
      .map(Number) as [number, number];
  const [promised, kept] = row('by photograph');
  expect(promised - kept).toBeGreaterThan(0.05);
  // Three animals, a row of ten photographs each.
  expect(pictures('animals')).toHaveLength(1);
  const [honest] = row('by animal');
  expect(honest).toBeLessThan(promised);
});
