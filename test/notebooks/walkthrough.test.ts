// What the notebooks of the walkthrough found, not only that they ran.
import fs from 'node:fs';
import path from 'node:path';
import {beforeAll, describe, expect, test} from '@jest/globals';
import {EXECUTED, lastNumber, results, ROOT} from './executed';

test('01 calculates on the native backend and shows the digits', () => {
  const {text, pictures} = results('01-get-started');
  expect(text('magnification')).toBe('400');
  expect(text('check-versions')).toContain('calculating with tensorflow');
  expect(text('load-mnist')).toBe('60000 digits to learn from, 10000 to be tested with\n');
  expect(pictures('first-picture')).toHaveLength(1);
  expect(text('first-answers')).toMatch(/: \d( \| \d){39}/);
  expect(Number(/right: (\d+) of 40\n/.exec(text('first-answers'))?.[1])).toBeGreaterThanOrEqual(36);
});

test('02 shows the dimensions, the first digit in numbers, the labels and the pictures', () => {
  const {text, pictures, figures} = results('02-look-at-the-data');
  expect(text('shapes')).toMatch(/\[ 60000, 28, 28 \] labels 60000\n.*\[ 10000, 28, 28 \] labels 10000\n/);
  expect(text('digit-as-numbers').trimEnd().split('\n')).toHaveLength(28);
  expect(text('digit-as-numbers')).toContain('3 18 18 18 126 136 175 26 166 255 247 127'.replace(/ (\d\d)\b/g, '  $1'));
  expect(text('first-labels')).toBe('5 0 4 1 9 2 1 3 1 4\n');
  expect(text('dark-pixels')).toBe('80.9 % of all pixels are 0\n');
  expect(text('class-counts')).toContain('5923 6742 5958 6131 5842 5421 5918 6265 5851 5949\n');
  expect(text('class-counts')).toContain('980 1135 1032 1010 982 892 958 1028 974 1009\n');
  expect(pictures('twelve-of-each')).toHaveLength(1);
  expect(figures('class-counts')).toHaveLength(1);
  expect(pictures('odd-digits')).toHaveLength(1);
  expect(pictures('mean-picture')).toHaveLength(1);
  expect(pictures('one-picture')).toHaveLength(1);
  expect(pictures('five-pictures')).toHaveLength(1);
  expect(pictures('transposed')).toHaveLength(1);
  expect(pictures('transposed')).not.toEqual(pictures('five-pictures'));
});

test('03 adds the channel, rescales to 0 to 1 and makes the labels one-hot', () => {
  const {text, pictures} = results('03-prepare-the-data');
  expect(text('add-channel')).toContain(
    '[ 60000, 28, 28 ] -> [ 60000, 28, 28, 1 ]\n47040000 values before, 47040000 after',
  );
  expect(text('range-before')).toBe('training 0 to 255   test 0 to 255\n');
  expect(text('small-step')).toBe('the pixels add up to 27525 or to 107.9\nthe sum grows by 27.5 or by 0.11\n');
  expect(text('rescale')).toBe('training 0 to 1   test 0 to 1\n');
  expect(text('one-hot')).toMatch(/^10 classes, shape \[ 60000, 10 \]\n.*\n *\[\[0, 0, 0, 0, 0, 1, 0, 0, 0, 0\],\n/);
  expect(text('test-set')).toMatch(
    /^pictures \[ 10000, 28, 28, 1 \] labels \[ 10000, 10 \]\n.*\n *\[\[0, 0, 0, 0, 0, 0, 0, 1, 0, 0\],\n/,
  );
  expect(pictures('five-digits')).toHaveLength(1);
});

test('04 has a convolution, pooling, softmax and gradient descent to touch', () => {
  const {html} = results('04-build-and-train');
  const kinds = ['convolution', 'pooling', 'softmax', 'descent'].map(
    (id) => /^<div class="convlab-explorer" data-kind="(\w+)">/.exec(html(`explore-${id}`))?.[1],
  );
  expect(kinds).toEqual(['convolution', 'pooling', 'softmax', 'gradientDescent']);
});

test('04 builds the network of 35,530 parameters and trains it to 0.975 and better', () => {
  const {text, pictures, figures} = results('04-build-and-train');
  expect(pictures('filtered-digits')).toHaveLength(2);
  expect(pictures('convolution')).toHaveLength(1);
  expect(text('convolution').replace(/\s/g, '')).toContain('[[3,3,0],[3,3,0],[3,3,0]]');
  for (const shape of ['26, 26, 32', '13, 13, 32', '11, 11, 32', '5, 5, 32', '800', '32', '10']) {
    expect(text('summary')).toContain(`(None, ${shape})`);
  }
  for (const parameters of ['320', '9,248', '25,632', '330'])
    expect(text('summary')).toMatch(RegExp(` ${parameters}$`, 'm'));
  expect(text('summary')).toContain('Total params: 35,530');
  expect(text('fit').match(/^375\/375 - .*val_accuracy/gm)).toHaveLength(8);
  expect(lastNumber(text('fit'), 'val_accuracy')).toBeGreaterThanOrEqual(0.975);
  expect(lastNumber(text('untrained'), 'loss')).toBeGreaterThan(2.2);
  expect(lastNumber(text('untrained'), 'loss')).toBeLessThan(2.6);
  expect(lastNumber(text('untrained'), 'accuracy')).toBeLessThan(0.25);
  expect(text('seven-steps')).toMatch(/step 7 weight 1\.887\n$/);
  expect(figures('history-chart')).toHaveLength(1);
  expect(figures('crammer')).toHaveLength(1);
  expect(Number(/has (\d+) bytes/.exec(text('save'))?.[1])).toBeGreaterThan(2 * 4 * 35_530); // with the optimizer's memory
  expect(fs.existsSync(path.join(ROOT, EXECUTED, 'mymodel.h5'))).toBe(true);
});

describe('05 with the network that 04 saved', () => {
  let notebook: ReturnType<typeof results>;
  let counts: number[][];

  beforeAll(() => {
    notebook = results('05-evaluate-and-predict');
    const rows = notebook.text('confusion-table').trimEnd().split('\n').slice(2);
    counts = rows.map((row) => row.trim().split(/\s+/).slice(1).map(Number));
  });

  test('reads at least 0.975 of the test digits correctly, and the table agrees', () => {
    expect(notebook.text('saved')).toContain('A trained network is there');
    const accuracy = lastNumber(notebook.text('evaluate'), 'accuracy');
    expect(accuracy).toBeGreaterThanOrEqual(0.975);
    expect(counts.flat().reduce((sum, count) => sum + count)).toBe(10_000);
    expect(counts.reduce((sum, row, i) => sum + row[i]!, 0) / 10_000).toBeCloseTo(accuracy, 4);
  });

  test('beats three simple methods, which give the same numbers every time', () => {
    const [ones, means, neighbours] = Array.from(notebook.text('baselines').matchAll(/: +(0\.\d+)$/gm), ([, share]) =>
      Number(share),
    );
    expect([ones, means]).toEqual([0.1135, 0.8203]);
    // Pictures at the same distance from two others may go either way.
    expect(neighbours).toBeCloseTo(0.9028, 3);
    expect(lastNumber(notebook.text('evaluate'), 'accuracy')).toBeGreaterThan(neighbours!);
  });

  test('shows the confusion table and the report as tables, and as text where there is no HTML', () => {
    for (const id of ['confusion-table', 'class-report']) expect(notebook.html(id)).toMatch(/^<table .*<\/table>$/s);
    expect(notebook.text('class-report')).toMatch(/^class precision recall {4}F1 images\n/);
  });

  test('shows the sevens taken for twos that the table counts', () => {
    const [, count, list] = /^(\d+) sevens were taken for twos, at (.*)\n/.exec(notebook.text('sevens-for-twos'))!;
    const sevens = counts[7]![2]!;
    expect(Number(count)).toBe(sevens);
    expect(list!.split(', ').filter(Boolean)).toHaveLength(sevens);
    expect(notebook.pictures('sevens-picture')).toHaveLength(sevens > 0 ? 1 : 0);
    expect(notebook.pictures('all-mistakes')).toHaveLength(1);
  });

  test('draws one chart where there should be one', () => {
    for (const id of ['two-answers', 'three-mistakes', 'careless-three']) {
      expect(notebook.figures(id)).toHaveLength(1);
    }
  });

  test('counts how often it is right for each probability: all digits, and the accuracy once more', () => {
    const [figure] = notebook.figures('calibration');
    const points = (figure as {data: {x: number[]; y: number[]; text: string[]}[]}).data[1]!;
    const {x: said, y: shares, text} = points;
    const digits = text.map((count) => Number(count.replace(',', '')));
    expect(digits).toHaveLength(5);
    expect(digits.reduce((sum, count) => sum + count)).toBe(10_000);
    const right = digits.reduce((sum, count, g) => sum + count * shares[g]!, 0) / 10_000;
    expect(right).toBeCloseTo(lastNumber(notebook.text('evaluate'), 'accuracy'), 4);
    expect(said).toEqual([...said].sort((a, b) => a - b));
  });

  test('finds a larger loss on pictures that were not rescaled', () => {
    const loss = (id: string) => lastNumber(notebook.text(id), 'loss');
    expect(loss('unscaled')).toBeGreaterThan(50 * loss('evaluate'));
  });
});
