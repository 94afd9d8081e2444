/** The ways in which readers see a notebook. Each function looks at one and returns complaints. */
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {embedPlotly} from '../../lib/jupyter/embed-plotly.mjs';
import {exportPages} from '../../lib/jupyter/execute.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {checkCharts, checkPictures} from './charts.mjs';
import {checkExplorers, checkStaticRenders} from './explorers.mjs';
import {closeNotebook, contentsOf, openNotebook, runNotebook, SCROLLER, setTheme} from './notebook.mjs';
import {openPage, screenshot} from './page.mjs';

const PICTURES = '.jp-RenderedImage img';
const STATIC_RENDERS = '.jp-RenderedHTML .convlab-figure img';

/** JupyterLab with Plotly's extension: runs the notebook, or shows it as it is. */
export async function runInLab(browser, lab, {name, run, file, picture}, seconds) {
  const {page, complaints, close} = await openPage(browser);
  await openNotebook(page, lab, name);
  if (run && !(await runNotebook(page, seconds))) complaints.push(`did not finish within ${seconds} s`);
  const contents = contentsOf(file);
  complaints.push(...contents.errors);
  if (run && contents.unfinished > 0) complaints.push(`${contents.unfinished} cells did not run`);
  complaints.push(...(await checkCharts(page, contents.figures)));
  complaints.push(...(await checkPictures(page, PICTURES, contents.pictureWidths)));
  if (run) complaints.push(...(await checkExplorers(page, contents.explorers)));
  await page.mouse.move(0, 0);
  await screenshot(page, picture(''), SCROLLER);
  await setTheme(page, 'JupyterLab Dark');
  await screenshot(page, picture('-dark'), SCROLLER);
  await setTheme(page, 'JupyterLab Light');
  await closeNotebook(page);
  await close();
  return complaints;
}

/** JupyterLab that knows HTML only. It trusts a notebook that was run there, and then the page fetches plotly.js. */
export async function withoutExtension(browser, lab, {name, run, file, picture}) {
  const library = createRequire(inRoot('lib', 'package.json')).resolve('plotly.js-dist/plotly.js');
  const {version} = JSON.parse(fs.readFileSync(path.join(path.dirname(library), 'package.json'), 'utf8'));
  const serve = {[`https://cdn.jsdelivr.net/npm/plotly.js-dist@${version}/plotly.js`]: library};
  const {page, complaints, close} = await openPage(browser, {serve});
  await openNotebook(page, lab, name);
  const {figures, figureWidths, pictureWidths} = contentsOf(file);
  complaints.push(...(await checkPictures(page, PICTURES, pictureWidths)));
  if (run) complaints.push(...(await checkCharts(page, figures)));
  else complaints.push(...(await checkPictures(page, STATIC_RENDERS, figureWidths)));
  await screenshot(page, picture('-html'), SCROLLER);
  await closeNotebook(page);
  await close();
  return complaints;
}

/** The same notebook as somebody else's, which JupyterLab doesn't trust: scripts are stripped, static renders remain. */
export async function untrusted(browser, lab, {name, file, picture}) {
  const notebook = JSON.parse(fs.readFileSync(file, 'utf8'));
  // Any change makes the signature that JupyterLab keeps of notebooks run here void.
  notebook.metadata.changed = true;
  const copy = `untrusted-${name}`;
  fs.writeFileSync(path.join(path.dirname(file), copy), JSON.stringify(notebook));
  const {page, complaints, close} = await openPage(browser);
  await openNotebook(page, lab, copy);
  const {figureWidths, pictureWidths, explorers} = contentsOf(file);
  complaints.push(...(await checkPictures(page, PICTURES, pictureWidths)));
  complaints.push(...(await checkPictures(page, STATIC_RENDERS, figureWidths)));
  complaints.push(...(await checkStaticRenders(page, explorers)));
  if ((await page.locator('.js-plotly-plot').count()) > 0) complaints.push('a script ran in a notebook nobody trusts');
  await screenshot(page, picture('-untrusted'), SCROLLER);
  await closeNotebook(page);
  await close();
  return complaints;
}

/** The page that npm start exports, opened from disk, with no network. */
export async function exported(browser, {file, picture}) {
  await exportPages([file]);
  const html = file.replace(/\.ipynb$/, '.html');
  embedPlotly([html]);
  // nbconvert's page asks for MathJax and RequireJS; without a network, formulas stay as they were written.
  const {page, complaints, close} = await openPage(browser, {tolerate: /cdnjs\.cloudflare\.com/});
  await page.goto(pathToFileURL(html).href);
  const {figures, pictureWidths, explorers} = contentsOf(file);
  complaints.push(...(await checkCharts(page, figures)));
  complaints.push(...(await checkPictures(page, PICTURES, pictureWidths)));
  complaints.push(...(await checkExplorers(page, explorers)));
  await screenshot(page, picture('-page'), 'html');
  await close();
  return complaints;
}
