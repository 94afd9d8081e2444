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
