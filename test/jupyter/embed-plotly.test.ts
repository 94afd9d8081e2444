import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from '@jest/globals';

const script = path.resolve(__dirname, '..', '..', 'lib', 'jupyter', 'embed-plotly.mjs');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-embed-'));
afterAll(() => {
  fs.rmSync(folder, {recursive: true});
});

/** A page after the script went over it as often as told. */
function embedded(page: string, times = 1): string {
  const file = path.join(folder, 'page.html');
  fs.writeFileSync(file, page);
  for (let i = 0; i < times; i++) {
    const {stderr, status} = spawnSync(process.execPath, [script, file], {encoding: 'utf8'});
    expect([status, stderr]).toEqual([0, '']);
  }
  return fs.readFileSync(file, 'utf8');
}

const FIGURE = '<div class="convlab-figure"></div>';

test('embed-plotly puts plotly.js into a page once, however many figures it has and however often it runs', () => {
  const page = embedded(`<html><head><title>x</title></head><body>${FIGURE}${FIGURE}</body></html>`, 2);
  expect(page.match(/data-convlab="plotly.js"/g)).toHaveLength(1);
  expect(page.indexOf('convlabPlotly')).toBeLessThan(page.indexOf('</head>'));
  expect(page.length).toBeLessThan(3_500_000);
});

test('embed-plotly leaves pages without figures as small as they were', () => {
  const page = '<html><head></head><body></body></html>';
  expect(embedded(page)).toBe(page);
});

test('embed-plotly lets no page wait for the network', () => {
  const page = embedded(
    '<head><script src="https://cdn.example/require.js/2.1.10/require.min.js"></script>' +
      '<script src="https://cdn.example/mathjax/2.7.7/latest.js"> </script></head>',
  );
  expect(page).toBe('<head><script async src="https://cdn.example/mathjax/2.7.7/latest.js"> </script></head>');
});
