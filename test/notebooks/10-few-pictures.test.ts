// What notebook 10 found, and that its tables are those of seeds.json. Weights and pictures are drawn by seeds; the bounds leave
// room for what other machines round differently.
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {cellsOf, lastNumber, results, SEEDS, SOURCES} from './executed';

const NAME = '10-few-pictures';
const WAYS = ['from scratch', 'frozen random base', 'frozen base', 'fine-tuned'];
const SIZES = [10, 50, 200];

const {text, pictures, figures} = results(NAME);
const source = (id: string) =>
  cellsOf(path.join(SOURCES, `${NAME}.ipynb`))
    .find((cell) => cell.id === id)!
    .source.join('');
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** The standard error of a mean: the standard deviation, divided by n − 1, over √n. */
const meanAndError = (values: number[]): [number, number] => {
  const squares = values.map((value) => (value - mean(values)) ** 2);
  return [mean(values), Math.sqrt(mean(squares) / (values.length - 1))];
};
/** As the tables have it: the mean, the smallest and the largest. */
const summary = (values: number[]) =>
  `${mean(values).toFixed(3)} (${Math.min(...values).toFixed(3)}–${Math.max(...values).toFixed(3)})`;

test('the four ways of learning are as good as with the first of five seeds, and more pictures help each', () => {
  expect(text('tasks')).toContain('old task [ 7500, 28, 28, 1 ] others of the new task [ 1000, 28, 28, 1 ]');
  expect(pictures('tasks')).toHaveLength(1);
  for (const way of WAYS) {
    const [, row] = new RegExp(`^${way} +((?: *\\d\\.\\d{3}){3})$`, 'm').exec(text('compare'))!;
    const scores = row!.trim().split(/ +/).map(Number);
    SIZES.forEach((each, i) => {
      expect(Math.abs(scores[i]! - SEEDS.transfer![`${each} ${way}`]![0]!)).toBeLessThan(0.05);
    });
    expect(scores[2]!).toBeGreaterThan(scores[0]!);
  }
});

test('its tables and its chart are those of seeds.json', () => {
  for (const each of SIZES) {
    for (const way of WAYS) {
      const runs = SEEDS.transfer![`${each} ${way}`]!.map((value) => value.toFixed(3));
      expect(source('read-the-comparison')).toContain(`| ${each} | ${way} | ${runs.join(' | ')} |`);
    }
  }
  for (const way of WAYS) {
    const row = SIZES.map((each) => summary(SEEDS.transfer![`${each} ${way}`]!));
    expect(source('read-the-comparison')).toContain(`| ${way} | ${row.join(' | ')} |`);
  }
  for (const way of ['from scratch', 'frozen base', 'frozen random base']) {
    const ten = SEEDS.transfer![`10 ${way}`]!.map((value) => value.toFixed(3));
    expect(source('chart')).toContain(`'${way}': [${ten.join(', ')}]`);
  }
  expect(figures('chart')).toHaveLength(1);
});

test('class weights find more of the rare digit', () => {
  const [without, weighted] = ['without weights', 'with weights'].map((words) =>
    lastNumber(text('uneven'), `${words}: recall of the 9`),
  );
  expect(weighted!).toBeGreaterThan(without!);
});

test('what it says of the differences within a seed is so', () => {
  const gains = (each: number, better: string, worse: string) =>
    SEEDS.transfer![`${each} ${better}`]!.map((value, i) => value - SEEDS.transfer![`${each} ${worse}`]![i]!);
  const span = (values: number[]) => `${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)}`;
  const said = source('what-the-chart-says');
  const signed = (value: number, digits: number) => value.toFixed(digits).replace('-', '−');
  for (const [better, worse] of [
    ['frozen base', 'from scratch'],
    ['frozen base', 'frozen random base'],
    ['frozen random base', 'from scratch'],
    ['fine-tuned', 'frozen base'],
  ] as const) {
    const cells = SIZES.map((each) => {
      const [average, error] = meanAndError(gains(each, better, worse));
      return `${signed(average, 3)} ± ${error.toFixed(3)} (${signed(average / error, 1)})`;
    });
    expect(said).toContain(`| ${better} less ${worse} | ${cells.join(' | ')} |`);
  }
  const augmented = gains(10, 'augmented', 'frozen base').map(
    (gain) => `${gain < 0 ? '−' : '+'}${Math.abs(gain).toFixed(3)}`,
  );
  expect(source('questions-to-try')).toContain(augmented.join(', '));
  const columns = ['recall', 'precision', 'accuracy'].map((what) => ({
    without: SEEDS.fewPictures![`without weights ${what}`]!,
    weighted: SEEDS.fewPictures![`with weights ${what}`]!,
  }));
  const table = source('weights-are-no-pictures');
  expect(table).toContain(`| without weights | ${columns.map(({without}) => span(without)).join(' | ')} |`);
  expect(table).toContain(`| with weights | ${columns.map(({weighted}) => span(weighted)).join(' | ')} |`);
  const [recall, precision, accuracy] = columns;
  const more = (of: (typeof columns)[number] | undefined) => of!.weighted.map((value, i) => value - of!.without[i]!);
  expect(Math.min(...more(accuracy))).toBeGreaterThan(0);
  expect(Math.min(...more(recall))).toBeGreaterThan(0);
  expect(table).toContain(`${span(more(recall))} more`);
  const [gain, unsure] = meanAndError(more(recall));
  expect(table).toContain(`on average ${gain.toFixed(3)} ± ${unsure.toFixed(3)}`);
  // Of 200 nines and 800 others.
  for (const kind of ['without', 'weighted'] as const) {
    const falseAlarms = recall![kind].map((share, i) => 200 * share * (1 / precision![kind][i]! - 1));
    expect(Math.max(...falseAlarms)).toBeLessThan(2.5);
  }
});

test('validation by photograph promises too much, by animal what new animals get, and with neighbours too much again', () => {
  // The number, its standard error, and the spread of single sets, from 80 sets of animals.
  const tooHigh = (name: string) =>
    new RegExp(`^${name} .*too high: (-?\\d\\.\\d{3}) ± (\\d\\.\\d{3}) spread: (\\d\\.\\d{2})$`, 'm')
      .exec(text('promises'))!
      .slice(1)
      .map(Number) as [number, number, number];
  const [photograph, error] = tooHigh('by photograph');
  expect(photograph).toBeGreaterThan(0.15);
  expect(error).toBeLessThan(0.02);
  expect(Math.abs(tooHigh('by animal')[0])).toBeLessThan(2.5 * tooHigh('by animal')[1]);
  // A single set is easily off by a tenth.
  expect(tooHigh('by animal')[2]).toBeGreaterThan(0.06);
  const [neighbours, uncertain] = tooHigh('in order, by animal');
  expect(neighbours).toBeGreaterThan(2.5 * uncertain);
  // Beyond its control, the same digits shuffled, and beyond what both are unsure by.
  expect(neighbours - tooHigh('by animal')[0]).toBeGreaterThan(2.5 * Math.hypot(uncertain, tooHigh('by animal')[1]));
  const [{data}] = figures('promises-chart') as [{data: {x: number[]}[]}];
  expect(data.map(({x}) => x.length)).toEqual([80, 80, 80, 3]);
  // Three animals, a row of ten photographs each.
  expect(pictures('three-animals')).toHaveLength(1);
});

test('sixes that stand beside one another are more alike than those that do not', () => {
  const distances = [...text('one-hand').matchAll(/distance: (\d+\.\d+)/g)].map(([, distance]) => Number(distance));
  expect(distances).toHaveLength(4);
  expect(distances[0]!).toBeLessThan(distances[1]!);
  expect(distances[1]!).toBeLessThan(distances[2]!);
});
