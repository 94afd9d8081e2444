import {expect, test} from '@jest/globals';
import {figureToPng} from 'convlab';
import {withTitles} from '../../lib/src/charts/titles';
import {figureBundle} from '../../lib/src/notebook/figureOutput';

const bars = {type: 'bar', x: ['0', '1'], y: [5923, 6742]};
const ofText = {title: 'Digits', xaxis: {title: 'digit', type: 'category'}, yaxis: {title: 'pictures'}};
const ofObjects = {
  title: {text: 'Digits'},
  xaxis: {title: {text: 'digit'}, type: 'category'},
  yaxis: {title: {text: 'pictures'}},
};

test('a chart whose titles are texts, as in most examples, is drawn with them', async () => {
  const drawn = await figureToPng({data: [bars], layout: ofText});
  expect(drawn.equals(await figureToPng({data: [bars], layout: ofObjects}))).toBe(true);
  expect(drawn.equals(await figureToPng({data: [bars], layout: {xaxis: {type: 'category'}}}))).toBe(false);
});

test('the page and JupyterLab are given the same titles', () => {
  const {data} = figureBundle({data: [bars], layout: ofText});
  expect(data['application/vnd.plotly.v1+json']).toMatchObject({layout: ofObjects});
  expect(data['text/plain']).toBe('[Figure: Digits]');
});

test('titles of colour bars, of scenes and legends, and the fonts and sides of old stand where plotly.js looks for them', () => {
  const given = {
    data: [{type: 'heatmap', z: [[1]], colorbar: {title: 'ink', titleside: 'right', titlefont: {size: 9}}}],
    layout: {legend: {title: 'class'}, scene: {zaxis: {title: 'loss'}}, titlefont: {size: 20}, title: {text: 'A map'}},
  };
  const before = structuredClone(given);
  expect(withTitles(given)).toEqual({
    data: [{type: 'heatmap', z: [[1]], colorbar: {title: {text: 'ink', side: 'right', font: {size: 9}}}}],
    layout: {
      legend: {title: {text: 'class'}},
      scene: {zaxis: {title: {text: 'loss'}}},
      title: {text: 'A map', font: {size: 20}},
    },
  });
  expect(given).toEqual(before);
});
