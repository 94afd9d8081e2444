/**
 * Sets up whatever is missing, then types, lint, format, the notebooks and jest; all of them, then the verdict. Jest looks
 * into the executed notebooks, which are those of `npm start` where nothing that they run with has changed since.
 */
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {runCommand} from '../lib/commands/command.mjs';
import {changedSince, EXECUTED} from '../lib/jupyter/executed.mjs';
import {lessons, lessonsIn} from '../lib/jupyter/notebooks.mjs';
import {inRoot, root} from '../lib/setup/project.mjs';
import {setUp} from '../lib/setup/setup.mjs';
import {jest} from './jest.mjs';

/** The walkthrough: a minute or two. What goes further takes minutes more. */
const WALKTHROUGH = /^0[1-5]-/;
const node = (...words) => [process.execPath, ...words];
const tool = (...parts) => node(inRoot('tools', ...parts));

/** Those that were executed here before and whose code has changed since; with `all` every one. */
function chosenNotebooks(all) {
  const folder = inRoot(EXECUTED);
  return lessonsIn(lessons).filter(
    (name) =>
      all ||
      WALKTHROUGH.test(name) ||
      (fs.existsSync(path.join(folder, name)) && changedSince(folder, path.join(lessons, name))),
  );
}

/** Tests that look into a notebook which nobody has executed here, or that execute some once more. */
function skippedTests(all) {
  if (all) return [];
  const missing = lessonsIn(lessons).filter((name) => !fs.existsSync(inRoot(EXECUTED, name)));
  return ['alone', ...missing.map((name) => name.replace('.ipynb', ''))].flatMap((name) => [
    '--testPathIgnorePatterns',
    `/test/notebooks/${name}`,
  ]);
}

/** What CI looks at besides: the package, which is compiled anew; then, on a core each, what needs a browser and what Keras. */
const PACKAGE = {package: tool('package', 'check.mjs')};
const BROWSER = {
  documentation: ['npm', 'run', '--silent', 'docs'],
  render: [...tool('render', 'test.mjs'), EXECUTED],
  browser: [...tool('browser', 'test.mjs'), '01', '02'],
  draw: tool('draw', 'test.mjs'),
};
const KERAS = {
  keras: [...tool('keras', 'test.mjs'), '--sample'],
  distributed: tool('distributed', 'test.mjs'),
};

/** @returns {Promise<boolean>} whether it passed */
function passes(name, [program, ...args]) {
  const start = performance.now();
  const env = {...process.env, TF_CPP_MIN_LOG_LEVEL: '2'};
  return new Promise((resolve, reject) => {
    const step = spawn(program, args, {cwd: root, stdio: 'inherit', env});
    step.once('error', reject);
    step.once('exit', (status) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${name}: ${status === 0 ? 'passed' : 'failed'} (${seconds} s)`);
      resolve(status === 0);
    });
  });
}

/** One after the other, also after a failure. @returns {Promise<string[]>} those that failed */
async function inTurn(steps) {
  const failed = [];
  for (const [name, step] of Object.entries(steps)) if (!(await passes(name, step))) failed.push(name);
  return failed;
}

await runCommand(
  {
    usage: `npm test [-- JEST …]

Types, lint, format, the notebooks 01 to 05, those of the others that were executed here and whose code has changed since,
and all tests but those of notebooks that were never executed here. Further words go to jest.
npm run test:all: every notebook, every test, and the drivers of browsers and Keras; CI runs it.

  --all    as npm run test:all`,
    passesOn: true,
  },
  async ({positionals: words}) => {
    const all = words.includes('--all');
    await setUp();
    const failed = await inTurn({
      check: [...tool('check.mjs'), ...(all ? ['--thorough'] : [])],
      'executed notebooks': node(
        inRoot('lib', 'bin', 'convlab.cjs'),
        'run',
        '--if-changed',
        ...chosenNotebooks(all).map((name) => name.slice(0, 3)),
      ),
    });
    // Which tests are skipped is known once the notebooks are executed.
    failed.push(...(await inTurn({jest: jest([...words.filter((word) => word !== '--all'), ...skippedTests(all)])})));
    if (all) {
      failed.push(...(await inTurn(PACKAGE)));
      // The library that was compiled for the package isn't marked as set up: once, before two begin with it.
      await setUp();
      failed.push(...(await Promise.all([inTurn(BROWSER), inTurn(KERAS)])).flat());
    }
    if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`);
  },
);
