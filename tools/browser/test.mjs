/**
 * Looks at the notebooks as readers do: in JupyterLab, with and without Plotly's extension, trusted or not, and as
 * exported pages without a network. Screenshots of everything land in build/browser.
 *
 *   npm run test:browser                  runs every notebook in JupyterLab
 *   npm run test:browser -- 02 04         runs these, and shows the others as npm start left them
 *   npm run test:browser -- cells         looks at what single cells answer, and at no notebook
 */
import fs from 'node:fs';
import path from 'node:path';
import {lookAtCells} from './cells.mjs';
import {launch} from './chromium.mjs';
import {startLab} from './lab.mjs';
import {contentsOf} from './notebook.mjs';
import {outputFrame} from './outputFrame.mjs';
import {exported, runInLab, untrusted, withoutExtension} from './views.mjs';
import {runCommand} from '../../lib/commands/command.mjs';
import {lessonsIn} from '../../lib/jupyter/notebooks.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {setUp} from '../../lib/setup/setup.mjs';

const OUT = inRoot('build', 'browser');
/** A cell of the longest notebook trains for minutes. */
const NOTEBOOK_SECONDS = 900;

/** Puts copies of the notebooks where running them harms nothing, and says which to run. */
function prepare(wanted) {
  const root = path.join(OUT, 'notebooks');
  fs.rmSync(OUT, {recursive: true, force: true});
  fs.mkdirSync(root, {recursive: true});
  const all = wanted.includes('cells') ? [] : lessonsIn(inRoot('notebooks'));
  return all.map((name) => {
    const executed = inRoot('build', 'notebooks', name);
    const run = wanted.length === 0 || wanted.some((prefix) => name.startsWith(prefix));
    const source = run || !fs.existsSync(executed) ? inRoot('notebooks', name) : executed;
    fs.copyFileSync(source, path.join(root, name));
    return {
      name,
      run,
      file: path.join(root, name),
      picture: (what) => path.join(OUT, `${name.slice(0, -6)}${what}.png`),
    };
  });
}

async function main({positionals}) {
  await setUp();
  const notebooks = prepare(positionals);
  const browser = await launch();
  const state = fs.mkdtempSync(path.join(OUT, 'state-'));
  const lab = (plotlyExtension) => startLab({root: path.join(OUT, 'notebooks'), state, plotlyExtension});
  let failures = 0;
  const report = async (view, notebook, look) => {
    const start = performance.now();
    const complaints = await look().catch((error) => [error.message]);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `${view.padEnd(20)}${notebook.name.padEnd(34)}${seconds.padStart(6)} s  ${complaints.length ? 'failed' : 'passed'}`,
    );
    for (const complaint of complaints) console.log(`    ${complaint.replace(/\n/g, '\n    ')}`);
    failures += complaints.length;
  };
  try {
    const full = await lab(true);
    for (const notebook of notebooks) {
      await report('JupyterLab', notebook, () => runInLab(browser, full, notebook, NOTEBOOK_SECONDS));
    }
    const cells = {name: 'single cells'};
    const folder = path.join(OUT, 'notebooks');
    await report('JupyterLab', cells, () =>
      lookAtCells(browser, full, folder, (theme) => path.join(OUT, `cells-${theme}.png`)),
    );
    await full.stop();
    const bare = await lab(false);
    // Pictures look the same in these two views as in the first: only charts differ.
    for (const notebook of notebooks.filter(({file}) => contentsOf(file).figures > 0)) {
      await report('without extension', notebook, () => withoutExtension(browser, bare, notebook));
      await report('not trusted', notebook, () => untrusted(browser, bare, notebook));
    }
    await bare.stop();
    for (const notebook of notebooks) await report('exported page', notebook, () => exported(browser, notebook));
    const picture = (what) => path.join(OUT, `output-frame${what}.png`);
    await report('output frame', {name: 'as Colab has it'}, () => outputFrame(browser, picture));
  } finally {
    await browser.close();
    fs.rmSync(state, {recursive: true, force: true});
  }
  console.log(`Screenshots: ${path.relative(process.cwd(), OUT)}`);
  if (failures > 0) throw new Error(`${failures} complaints`);
}

await runCommand(
  {
    usage: `npm run test:browser -- [BEGINNING …]

Drives the notebooks in JupyterLab and as pages with a Chromium. Named ones, such as 02 04, run there; the others are shown
as npm start left them. The word cells looks at what single cells answer, and at no notebook.`,
  },
  main,
);
