/** Runs one notebook through `jupyter nbconvert --execute` and says how it went. */
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {inRoot} from '../setup/project.mjs';
import {jupyterPath} from '../setup/kernel.mjs';
import {binary} from '../setup/python.mjs';

const CONFIG = inRoot('scripts', 'notebooks', 'nbconvert_config.py');
/** What tslab prints when asynchronous code fails behind a cell that has already ended well. */
const HIDDEN_FAILURE = /^(UncaughtException|UnhandledPromiseRejection):/m;

/** What Jupyter's programs need to find the project's kernel. */
export const jupyterEnvironment = () => ({
  ...process.env,
  JUPYTER_PATH: [jupyterPath, process.env.JUPYTER_PATH].filter(Boolean).join(path.delimiter),
});

/**
 * Executes a notebook where it lies, so that what its cells write lands beside it.
 *
 * @param {string} file the notebook: read, and overwritten with the executed one
 * @param {{timeout: number, onCell: (done: number, cells: number) => void}} options seconds a cell may take
 * @returns {Promise<{cells: number, seconds: number, memory: number, failure?: {cell: number, text: string}}>} `memory`: the
 *   most bytes that the kernel had; cells count from 1
 */
export async function execute(file, {timeout, onCell}) {
  const {cells} = JSON.parse(fs.readFileSync(file, 'utf8'));
  const codeCells = cells.flatMap((cell, index) => (cell.cell_type === 'code' ? [index] : []));
  const number = (index) => codeCells.indexOf(index) + 1;
  const start = performance.now();

  let failure;
  let lastCell;
  let memory = 0;
  const {code, log} = await nbconvert(
    ['--execute', '--to', 'notebook', '--inplace', `--ExecutePreprocessor.timeout=${timeout}`, file],
    file,
    ({event, index, text, status, bytes}) => {
      if (event === 'memory') memory = Math.max(memory, bytes);
      if (event === 'cell') onCell(number((lastCell = index)), codeCells.length);
      if (event === 'failed') failure ??= {cell: number(index), text: text.trim() || `the kernel answered ${status}`};
    },
  );
  if (code !== 0) failure ??= {cell: lastCell === undefined ? 0 : number(lastCell), text: explain(log, timeout)};
  failure ??= hiddenFailure(file);
  return {cells: codeCells.length, seconds: (performance.now() - start) / 1000, memory, failure};
}

/** Makes pages that a browser opens from disk of executed notebooks. */
export async function exportPages(files) {
  const {code, log} = await nbconvert(['--to', 'html', ...files]);
  if (code !== 0) throw new Error(`nbconvert could not make the pages:\n${log}`);
}

async function nbconvert(args, notebook, onEvent) {
  const child = spawn(await binary('jupyter'), ['nbconvert', '--config', CONFIG, '--log-level', 'WARN', ...args], {
    env: {...jupyterEnvironment(), CONVLAB_NOTEBOOK: notebook ?? ''},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log = [];
  for await (const line of createInterface({input: child.stderr})) {
    if (line.startsWith('convlab:')) onEvent(JSON.parse(line.slice('convlab:'.length)));
    else log.push(line);
  }
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve)));
  return {code, log: log.join('\n')};
}

function explain(log, timeout) {
  if (log.includes('CellTimeoutError')) return `took more than ${timeout} s; --timeout gives it more`;
  if (log.includes('NoSuchKernel')) return 'Jupyter finds no TypeScript kernel; npm run setup installs it';
  if (log.includes('DeadKernelError')) return 'the kernel died, perhaps for want of memory';
  return log.trim().split('\n').slice(-15).join('\n');
}

function hiddenFailure(file) {
  const {cells} = JSON.parse(fs.readFileSync(file, 'utf8'));
  const code = cells.filter((cell) => cell.cell_type === 'code');
  for (const [i, cell] of code.entries()) {
    const text = cell.outputs.flatMap((output) => output.text ?? []).join('');
    if (HIDDEN_FAILURE.test(text)) return {cell: i + 1, text: text.trim()};
  }
  return undefined;
}
