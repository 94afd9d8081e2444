import {expect, test} from '@jest/globals';
import {confusionChart, figureToPng, historyChart} from 'convlab';
import {decode} from '../pictures/pixels';

const history = historyChart({
  epoch: [0, 1, 2],
  history: {loss: [0.4, 0.1, 0.08], accuracy: [0.9, 0.95, 0.97], val_loss: [0.1, 0.09, 0.1]},
});

/** The colours of a rectangle of the file, as a set. */
function colours(png: Buffer, [left, top, right, bottom]: number[]): Set<string> {
  const {at} = decode(png);
  const found = new Set<string>();
  for (let y = top!; y < bottom!; y++) for (let x = left!; x < right!; x++) found.add(at(x, y).join(' '));
  return found;
}

test('figureToPng draws a figure at twice its size, so that it is sharp on fine screens', async () => {
  const {width, height} = decode(await figureToPng(history));
  expect([width, height]).toEqual([2 * 880, 2 * 380]);
});

test('figureToPng takes a size and a scale', async () => {
  const {width, height} = decode(await figureToPng(history, {width: 500, height: 300, scale: 1}));
  expect([width, height]).toEqual([500, 300]);
});

test('figureToPng draws lines in their colours, and text', async () => {
  const png = await figureToPng(history);
  const all = colours(png, [0, 0, 1760, 760]);
  expect(all).toContain('0 114 178');
  expect(all).toContain('213 94 0');
  // The tick labels below the first panel: ink on paper.
  expect(colours(png, [140, 650, 800, 700]).size).toBeGreaterThan(5);
});

test('figureToPng leaves room around the text: nothing touches the border', async () => {
  const classNames = ['an unusually long class name', 'b', 'c'];
  const png = await figureToPng(
    confusionChart({
      classNames,
      counts: [
        [9, 1, 0],
        [0, 9, 1],
        [1, 0, 9],
      ],
    }),
  );
  const {width, height} = decode(png);
  for (const edge of [
    [0, 0, width, 4],
    [0, height - 4, width, height],
    [0, 0, 4, height],
    [width - 4, 0, width, height],
  ]) {
    expect([...colours(png, edge)]).toEqual(['255 255 255']);
  }
});

test('figureToPng draws the cells of a heat map as squares of one colour, not as a blur', async () => {
  const cells = [[0, 1]];
  const colorscale = [
    [0, '#000000'],
    [1, '#ff0000'],
  ];
  const png = await figureToPng({
    data: [{type: 'heatmap', z: cells, x0: 0, dx: 1, y0: 0, dy: 1, colorscale, showscale: false}],
    layout: {
      width: 200,
      height: 100,
      margin: {l: 0, r: 0, t: 0, b: 0},
      xaxis: {visible: false},
      yaxis: {visible: false},
    },
  });
  // Two pixels from the edge between them, and from the border.
  expect([...colours(png, [2, 2, 196, 198])]).toEqual(['0 0 0']);
  expect([...colours(png, [204, 2, 398, 198])]).toEqual(['255 0 0']);
});

test('figureToPng leaves the figure as it was, and draws the same one twice alike', async () => {
  const before = structuredClone(history);
  const [one, other] = await Promise.all([figureToPng(history), figureToPng(history)]);
  expect(history).toEqual(before);
  expect(one.equals(other)).toBe(true);
});

test('figureToPng refuses a size that is none', async () => {
  await expect(figureToPng(history, {width: 0})).rejects.toThrow(
    'figureToPng: width must be a number greater than 0, got 0',
  );
});

test.each(['scatter3d', 'scattergl', 'scattermap', 'choropleth', 'splom'])(
  'figureToPng refuses %s, which only a browser draws',
  async (type) => {
    await expect(figureToPng({data: [{}, {type}], layout: {}})).rejects.toThrow(
      `figureToPng: ${type} needs a browser, as WebGL and maps do; show(figure) draws it in the notebook`,
    );
  },
);

test('figureToPng draws heat maps and tree maps, which are no maps', async () => {
  const data = [
    {type: 'heatmap', z: [[1, 2]]},
    {type: 'treemap', labels: ['a'], parents: ['']},
  ];
  for (const trace of data) expect((await figureToPng({data: [trace], layout: {}})).length).toBeGreaterThan(0);
});
