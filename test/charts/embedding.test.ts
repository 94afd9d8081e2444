import {expect, test} from '@jest/globals';
import {embeddingChart, tf} from 'convlab';
import {points} from './figures';

const labels = [0, 0, 1];

test('embeddingChart draws a trace for each class, and the mistakes on top', () => {
  const figure = embeddingChart(points, {labels, predicted: [0, 1, 1], indices: [7, 8, 9], classNames: ['a<b', 'c']});
  expect(figure.data.map(({name}) => name)).toEqual(['a&lt;b', 'c', 'mistakes (1)', 'mistakes (1)']);
  expect(figure.data.map(({customdata}) => customdata)).toEqual([[7], [9], [8], []]);
  expect(figure.data[2]).toMatchObject({
    hovertext: ['a&lt;b taken for c'],
    hovertemplate: '%{hovertext}, number %{customdata}<extra></extra>',
  });
  expect(figure.data).toMatchObject([
    {type: 'scatter', mode: 'markers', x: [0], y: [0]},
    {type: 'scatter', mode: 'markers', x: [5], y: [5]},
    // To four digits: more would only make the notebook larger.
    {type: 'scatter', mode: 'markers', x: [1], y: [0.1235]},
    {},
  ]);
  expect(figure.layout).toMatchObject({
    title: {text: '3 images of 2 classes'},
    legend: {title: {text: 'true class'}},
    annotations: [
      {text: '<b>a&lt;b</b>', x: 0, y: 0},
      {text: '<b>c</b>', x: 5, y: 5},
    ],
  });
});

test('embeddingChart has a mark for mistakes in the legend that no class has', () => {
  const {data} = embeddingChart(points, {labels, predicted: [0, 1, 1]});
  expect(data.slice(2)).toMatchObject([
    {showlegend: false, legendgroup: 'mistakes', marker: {symbol: ['circle']}},
    {legendgroup: 'mistakes', x: [null], marker: {symbol: 'circle', color: '#ffffff'}},
  ]);
});

test('embeddingChart writes beside a mistake what was taken for what, where names are short and mistakes few', () => {
  const mistakes = (count: number, classNames: string[]) => {
    const places = Array.from({length: count}, (_, i) => [i, i]);
    const predicted = places.map(() => 1);
    return embeddingChart(places, {labels: places.map(() => 0), predicted, classNames}).data[0];
  };
  expect(mistakes(2, ['4', '9'])).toMatchObject({mode: 'markers+text', text: ['4→9', '4→9']});
  for (const each of [mistakes(31, ['4', '9']), mistakes(2, ['4', 'nine'])]) {
    expect(each).toMatchObject({mode: 'markers'});
    expect(each).not.toHaveProperty('text');
  }
});

test('embeddingChart writes mistakes beside one another so that none lies on another, and leaves out what has no room', () => {
  // Two far apart, three a few pixels apart, and six on one spot.
  const places = [[0, 0], [100, 100], [50, 50], [51, 50], [52, 50], ...Array.from({length: 6}, () => [20, 80])]; // prettier-ignore
  const {data} = embeddingChart(places, {labels: places.map(() => 0), predicted: places.map(() => 1)});
  const {text, textposition} = data[0] as {text: string[]; textposition: string[]};
  expect(text.slice(0, 2)).toEqual(['0→1', '0→1']);
  // At the right edge the only room is on the left, below or above.
  expect(textposition[1]).not.toBe('middle right');
  // On one spot a label hides the marks of no other.
  const sides = textposition.slice(5).filter((_, i) => text[5 + i] !== '');
  expect(new Set(sides).size).toBe(sides.length);
  expect(sides.length).toBeLessThan(6);
});

test('embeddingChart takes a tensor as well as points', () => {
  expect(embeddingChart(tf.tensor2d(points), {labels}).data[1]).toEqual(embeddingChart(points, {labels}).data[1]);
});

test('embeddingChart names each class in its middle, wherever stragglers are', () => {
  const {layout} = embeddingChart(
    [
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [100, 100],
    ],
    {labels: [0, 0, 0, 0, 0]},
  );
  expect(layout.annotations).toMatchObject([{text: '<b>0</b>', x: 2, y: 2}]);
});

test('embeddingChart writes names where no point and no other name lies under them', () => {
  const random = (i: number) => Math.abs(Math.sin(12.9898 * (i + 1)) * 43758.5453) % 1;
  const count = 300;
  // Three clouds side by side.
  const labels = Array.from({length: count}, (_, i) => i % 3);
  const cloud = labels.map((label, i) => [label * 3 + 2 * random(i), 4 * random(i + count)] as const);
  const {layout} = embeddingChart(cloud, {labels});
  const {l, r, t, b} = layout.margin as Record<string, number>;
  const [width, height] = [(layout.width as number) - l! - r!, (layout.height as number) - t! - b!];
  const range = (i: 0 | 1) => {
    const values = cloud.map((point) => point[i]);
    return [Math.min(...values), Math.max(...values)] as const;
  };
  const [[left, right], [low, high]] = [range(0), range(1)];
  const toX = (x: number) => (((x - left) / (right - left) + 0.05) / 1.1) * width;
  const toY = (y: number) => (1 - ((y - low) / (high - low) + 0.05) / 1.1) * height;
  const tags = (layout.annotations as {x: number; y: number; xshift: number; yshift: number}[]).map(
    ({x, y, xshift, yshift}) => [toX(x) + xshift, toY(y) - yshift] as const,
  );
  expect(tags).toHaveLength(3);
  for (const [i, [x, y]] of tags.entries()) {
    const under = cloud.filter((point) => Math.abs(toX(point[0]) - x) < 14 && Math.abs(toY(point[1]) - y) < 14);
    expect(under).toEqual([]);
    for (const other of tags.slice(i + 1)) expect(Math.hypot(other[0] - x, other[1] - y)).toBeGreaterThan(20);
  }
});

test('embeddingChart tells ten classes apart by colour and by shape, and refuses more', () => {
  const ten = Array.from({length: 10}, (_, i) => i);
  const at = (count: number) => Array.from({length: count}, (_, i) => [i, i]);
  const markers = embeddingChart(at(10), {labels: ten}).data.map(
    ({marker}) => marker as {color: string; symbol: string},
  );
  expect(new Set(markers.map(({color}) => color)).size).toBe(10);
  expect(new Set(markers.map(({symbol}) => symbol)).size).toBe(10);
  expect(() => embeddingChart(at(11), {labels: [...ten, 10]})).toThrow(
    'embeddingChart: class 10 occurs, and there are 11 class names; expected a name for each class, and 10 at most',
  );
});

test.each([-1, NaN, 0.5])('embeddingChart draws no point of a class that is none: %s', (label) => {
  const message = /^embeddingChart: expected class numbers 0, 1, 2, …, got .* in (labels|predicted) at 1; turn/;
  expect(() => embeddingChart(points, {labels: [0, label, 1]})).toThrow(message);
  expect(() => embeddingChart(points, {labels, predicted: [0, label, 1]})).toThrow(message);
});

test('embeddingChart refuses what does not belong together', () => {
  expect(() => embeddingChart(points, {labels: [0]})).toThrow('3 points need as many labels, got 1');
  expect(() => embeddingChart(points, {labels, indices: [1]})).toThrow('3 points need as many indices, got 1');
  expect(() => embeddingChart(tf.zeros([3, 32]), {labels})).toThrow(
    'embeddingChart: expected points [x, y] or a tensor [n, 2], got shape [3, 32]',
  );
  expect(() => embeddingChart([[1, 2, 3]], {labels: [0]})).toThrow('got a point of 3 numbers');
  expect(() => embeddingChart([], {labels: []})).toThrow('there is no point to draw');
});
