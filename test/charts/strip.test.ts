import {expect, test} from '@jest/globals';
import {stripChart} from 'convlab';

const VALUES = {'a<b': [1, 2, 6], c: [4]};

test('stripChart draws a row for each kind and a dot for each number, in its order', () => {
  const {data, layout} = stripChart(VALUES, {title: 'Weights', measure: 'g'});
  expect(data).toMatchObject([{x: [1, 2, 6]}, {x: [4]}, {marker: {symbol: 'line-ns'}}]);
  expect(data[0]).toMatchObject({hovertemplate: 'a&lt;b: %{x}<extra></extra>'});
  expect(layout).toMatchObject({
    title: {text: 'Weights'},
    xaxis: {title: {text: 'g'}},
    yaxis: {range: [1.5, -0.5], ticktext: ['a&lt;b', 'c']},
  });
});

test('stripChart marks the mean of each kind in its row', () => {
  expect(stripChart(VALUES).data.at(-1)).toMatchObject({x: [3, 4], y: [0, 1]});
});

test('stripChart keeps equal numbers apart, within their own row', () => {
  const [dots] = stripChart({one: new Array<number>(80).fill(5), other: [5]}).data as [{y: number[]}];
  expect(new Set(dots.y).size).toBe(80);
  for (const height of dots.y) expect(Math.abs(height)).toBeLessThanOrEqual(0.3);
});
