/**
 * A chart as Colab shows it: every output is a page of another origin in a frame of its own, scripts run in it, and it gets
 * the files of the installation below /nbextensions/. Here without any network but these two servers.
 */
import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {inLib, inRoot} from '../../lib/setup/project.mjs';
import {binary} from '../../lib/setup/python.mjs';
import {openPage, screenshot} from './page.mjs';

const SECONDS = 60;

/** The outputs of two cells, the first with two charts, as HTML. */
function twoOutputs() {
  // Here, not above: they are compiled by the set-up.
  const load = createRequire(inLib('package.json'));
  const {bundleOf} = load('./dist/notebook/show.js');
  const {historyChart} = load('./dist/index.js');
  const chart = (loss) => bundleOf(historyChart({epoch: [0, 1, 2], history: {loss}})).data['text/html'];
  return [[chart([0.9, 0.5, 0.3]), chart([0.8, 0.6, 0.5])], [chart([0.7, 0.4, 0.2])]];
}

/** Two charts in one output, one in another; then what stands where scripts don't run, and where the file is missing. */
export async function outputFrame(browser, picture) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-frame-'));
  try {
    await servePlotly(folder);
    const each = {pages: twoOutputs(), folder, drawn: false};
    return [
      ...(await look(browser, {...each, picture: picture(''), drawn: true})),
      ...(await look(browser, {...each, picture: picture('-without-scripts'), javaScriptEnabled: false})),
      ...(await look(browser, {...each, picture: picture('-without-plotly'), folder: undefined})),
    ];
  } finally {
    fs.rmSync(folder, {recursive: true, force: true});
  }
}

/** What `%load_ext convlab_jupyter` does on Colab. */
async function servePlotly(folder) {
  const code = `import sys; from pathlib import Path; sys.path.insert(0, ${JSON.stringify(inRoot('python'))})
from convlab_jupyter.magics import _serve_plotly; _serve_plotly(Path(${JSON.stringify(folder)}))`;
  const {status, stderr} = spawnSync(await binary('python'), ['-c', code], {encoding: 'utf8'});
  if (status !== 0) throw new Error(stderr);
}

async function look(browser, {pages, folder, picture, drawn, javaScriptEnabled = true}) {
  const asked = [];
  const outputs = await listen((request, response) => {
    asked.push(request.url);
    answer(request.url, pages, folder, response);
  });
  const frames = pages.map((_, i) => `<iframe width="900" height="1000" src="${outputs.url}/${i}"></iframe>`).join('');
  const notebook = await listen((_, response) => html(response, frames));
  // The file that isn't there, and the network that is tried then.
  const tolerate = folder ? undefined : /nbextensions|cdn\.jsdelivr\.net/;
  const {page, complaints, close} = await openPage(browser, {tolerate, javaScriptEnabled});
  await page.goto(notebook.url);
  for (const [i, charts] of pages.entries()) {
    const frame = page.frames()[i + 1];
    const wanted = drawn ? charts.length : 0;
    const drawing = frame.locator('.js-plotly-plot .main-svg >> nth=0');
    if (drawn)
      await drawing.waitFor({timeout: SECONDS * 1000}).catch(() => complaints.push('no chart within the time'));
    else await page.waitForTimeout(2000);
    const plots = await frame.locator('.js-plotly-plot').count();
    if (plots !== wanted) complaints.push(`output ${i + 1}: ${plots} charts are drawn, expected ${wanted}`);
    const renders = await frame.locator('.convlab-figure img').all();
    if (renders.length !== charts.length - wanted) complaints.push(`output ${i + 1}: ${renders.length} renders`);
    for (const render of renders)
      if (!(await render.isVisible())) complaints.push(`output ${i + 1}: the static render is hidden`);
  }
  const fetched = asked.filter((url) => url.startsWith('/nbextensions/')).length;
  // Once for all the charts of an output; between outputs the browser's cache helps, which is off while a page is watched.
  if (drawn && fetched !== pages.length) complaints.push(`plotly.js was fetched ${fetched} times`);
  await screenshot(page, picture, 'body');
  await close();
  for (const server of [outputs, notebook]) server.close();
  return complaints;
}

function answer(url, pages, folder, response) {
  const charts = pages[url.slice(1)];
  if (charts) return html(response, `<script>window.google = {colab: {}}</script>${charts.join('')}`);
  const file = folder && path.join(folder, url.replace('/nbextensions/', ''));
  if (!file || !fs.existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, {'content-type': 'text/javascript', 'cache-control': 'max-age=3600'});
  return fs.createReadStream(file).pipe(response);
}

const html = (response, body) =>
  response.writeHead(200, {'content-type': 'text/html'}).end(`<!doctype html><meta charset="utf-8">${body}`);

async function listen(handler) {
  const server = http.createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {url: `http://127.0.0.1:${port}`, close: () => server.close()};
}
