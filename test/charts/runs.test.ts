import {expect, test} from '@jest/globals';
import {runsChart} from 'convlab';

test('runsChart draws a row for each kind and a line for each run', () => {
  const {data, layout} = runsChart(
    {'a<b': [1, 2], c: [3, 4], d: [5, 6]},
    {title: 'Mistakes', measure: 'of 10,000', run: 'fold'},
  );
  expect(data).toMatchObject([
    {name: 'fold 1', x: [1, 3, 5], customdata: ['a&lt;b', 'c', 'd']},
    {name: 'fold 2', x: [2, 4, 6], customdata: ['a&lt;b', 'c', 'd']},
  ]);
  expect(layout).toMatchObject({
    title: {text: 'Mistakes'},
    xaxis: {title: {text: 'of 10,000'}},
    yaxis: {tickvals: [0, 1, 2], ticktext: ['a&lt;b', 'c', 'd']},
  });
});

test('runsChart has the first kind on top, and tells runs apart by shape as well as by colour', () => {
  const {data, layout} = runsChart({one: [1, 2, 3], other: [4, 5, 6]});
  expect(layout).toMatchObject({title: {text: '3 runs of each of 2'}, yaxis: {range: [1.5, -0.5]}});
  const marks = data.map(({marker}) => marker as {symbol: string; color: string});
  expect(new Set(marks.map(({symbol}) => symbol)).size).toBe(3);
  expect(new Set(marks.map(({color}) => color)).size).toBe(3);
});

test('runsChart keeps equal numbers of one kind apart: each run has its own height within the row', () => {
  const {data} = runsChart({one: [7, 7, 7], other: [4, 4, 4]});
  const heights = data.map(({y}) => y as number[]);
  expect(new Set(heights.map(([first]) => first)).size).toBe(3);
  for (const [one, other] of heights) expect(other! - one!).toBe(1);
  expect(runsChart({one: [7]}).data[0]!.y).toEqual([0]);
});
