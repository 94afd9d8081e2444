import {createHash} from 'node:crypto';
import fs from 'node:fs';
import {expect, test} from '@jest/globals';
import {JSDOM} from 'jsdom';
import {bundleOf} from '../../lib/src/notebook/show';

test('the plotly.js that pages fetch is the file that draws the stills, digest and version', () => {
  const html = bundleOf({data: [], layout: {}}).data['text/html'] as string;
  const file = require.resolve('plotly.js-dist/plotly.js');
  const digest = createHash('sha384').update(fs.readFileSync(file)).digest('base64');
  const {version} = JSON.parse(fs.readFileSync(require.resolve('plotly.js-dist/package.json'), 'utf8')) as {
    version: string;
  };
  expect(html).toContain(`sha384-${digest}`);
  expect(html).toContain(`plotly.js-dist@${version}/plotly.js`);
});

test('a figure that the browser has read half is left to the loader of its own', async () => {
  const html = bundleOf({data: [], layout: {}}).data['text/html'] as string;
  const {window} = new JSDOM(`${html}${html}`, {runScripts: 'outside-only'});
  const [first, second] = [...window.document.querySelectorAll('.convlab-figure')] as [Element, Element];
  const loader = second.querySelector('script:not([type])')!;
  const drawn: (Element | null)[] = [];
  const newPlot = (chart: Element) => Promise.resolve(drawn.push(chart.parentElement));
  Object.assign(window, {Plotly: {newPlot}});

  loader.remove();
  window.eval(loader.textContent);
  expect(drawn).toEqual([first]);
  second.append(loader);
  window.eval(loader.textContent);
  expect(drawn).toEqual([first, second]);
  await Promise.resolve();
  expect(window.document.querySelectorAll('img')).toHaveLength(0);
});

test.each([
  ['in three dimensions', {data: [{type: 'scatter3d', x: [1], y: [1], z: [1]}], layout: {}}],
  ['as wide as the page', {data: [{y: [1, 2]}], layout: {width: '100%'}}],
])('a chart %s has no still, and becomes the chart all the same', async (_, figure) => {
  const {data} = bundleOf(figure);
  expect(data['application/vnd.plotly.v1+json']).toMatchObject(figure);
  const {window} = new JSDOM(data['text/html'] as string, {runScripts: 'outside-only'});
  const box = window.document.querySelector('.convlab-figure')!;
  expect(box.firstElementChild!.textContent).toMatch(
    /^a chart: there is no still picture of this chart \(figureToPng: /,
  );
  Object.assign(window, {Plotly: {newPlot: () => Promise.resolve()}});
  window.eval(box.querySelector('script:not([type])')!.textContent);
  await Promise.resolve();
  expect(box.textContent).not.toContain('still picture');
});
