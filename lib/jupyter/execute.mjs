/** Runs one notebook through nbconvert and says how it went. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as wait} from 'node:timers/promises';
import {instead} from '../setup/home.mjs';
import {inLib, typed} from '../setup/project.mjs';
import {jupyterPath} from '../setup/kernel.mjs';
import {binary} from '../setup/python.mjs';
import {whenStopped} from '../setup/signals.mjs';

const NBCONVERT = inLib('jupyter', 'start_nbconvert.py');
const CONFIG = inLib('jupyter', 'nbconvert_config.py');
/** Milliseconds that nbconvert has to end its kernel. */
const PATIENCE = 15_000;
/** How the kernel tells of an error that came up when its cell had ended well, in the cell after it. */
const LATE = /^After cell \[\d+\] had ended, an error came up: .*$/m;

/** What Jupyter's programs need to find the project's kernel. */
export const jupyterEnvironment = () => ({
  ...process.env,
  ...instead(),
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

  /** @type {{cell: number, text: string, status?: string} | undefined} */
  let failure;
  let lastCell;
  let memory = 0;
  const {code, log} = await nbconvert(
    ['--execute', '--to', 'notebook', '--inplace', `--ExecutePreprocessor.timeout=${timeout}`, file],
    file,
    ({event, index, text, status, bytes}) => {
      if (event === 'memory') memory = Math.max(memory, bytes);
      if (event === 'cell') onCell(number((lastCell = index)), codeCells.length);
      if (event === 'failed') failure ??= {cell: number(index), text: text.trim(), status};
    },
  );
  // A cell that failed without a word: perhaps the kernel said something where no cell shows it.
  if (failure?.text === '') failure.text = `the kernel answered ${failure.status}\n${lastLines(log)}`.trim();
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
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-log-'));
  const logFile = path.join(folder, 'log');
  const log = fs.openSync(logFile, 'w');
  let untilStopped = () => undefined;
  let stopping = false;
  let result;
  try {
    // stderr is a file, events have a pipe of their own: the kernel inherits stderr, and Node makes a pipe non-blocking
    // for all who write to it; nbconvert then loses lines, the reason of a failure among them.
    const child = spawn(await binary('python'), [NBCONVERT, '--config', CONFIG, '--log-level', 'WARN', ...args], {
      env: {...jupyterEnvironment(), CONVLAB_NOTEBOOK: notebook ?? ''},
      stdio: ['ignore', 'ignore', log, 'pipe'],
      // Out of reach of Ctrl-C, which would come a second time, amid what nbconvert does at the first.
      detached: true,
    });
    const closed = once(child, 'close');
    untilStopped = whenStopped(async () => {
      stopping = true;
      // Interrupted, nbconvert ends its kernel before itself; at SIGTERM it would leave it behind.
      child.kill('SIGINT');
      await Promise.race([closed, wait(PATIENCE)]);
      child.kill('SIGKILL');
    });
    const events = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
    createInterface({input: events}).on('line', (line) => onEvent(JSON.parse(line)));
    const [code] = await closed;
    result = {code, log: fs.readFileSync(logFile, 'utf8')};
  } finally {
    untilStopped();
    fs.closeSync(log);
    fs.rmSync(folder, {recursive: true, force: true});
  }
  // This process is about to end, and what was cut off is no result.
  if (stopping) await new Promise(() => undefined);
  return result;
}

function explain(log, timeout) {
  if (log.includes('CellTimeoutError')) return `took more than ${timeout} s; --timeout gives it more`;
  const [, missing] = /NoSuchKernel: No such kernel named (\S+)/.exec(log) ?? [];
  if (missing) return `Jupyter finds no kernel named ${missing}; ${typed('setup')} installs the TypeScript one`;
  if (log.includes('DeadKernelError')) return 'the kernel died, perhaps for want of memory';
  return lastLines(log);
}

function lastLines(log) {
  return log.trim().split('\n').slice(-15).join('\n');
}

/** An error that nothing waited for, which nbconvert passes over. */
function hiddenFailure(file) {
  const {cells} = JSON.parse(fs.readFileSync(file, 'utf8'));
  const code = cells.filter((cell) => cell.cell_type === 'code');
  for (const [i, {outputs}] of code.entries()) {
    const error = outputs.find(({output_type}) => output_type === 'error');
    if (error !== undefined) return {cell: i + 1, text: `${error.ename}: ${error.evalue}`};
    const printed = outputs.flatMap(({text}) => text ?? []).join('');
    const late = LATE.exec(printed);
    if (late !== null) return {cell: i + 1, text: late[0]};
  }
  return undefined;
}
