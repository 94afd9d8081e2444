/** Executes notebooks without a reader: a table of how it went, and a page of each that any browser opens. */
import fs from 'node:fs';
import path from 'node:path';
import {embedPlotly} from '../jupyter/embed-plotly.mjs';
import {execute, exportPages} from '../jupyter/execute.mjs';
import {changedSince, EXECUTED, mark} from '../jupyter/executed.mjs';
import {testAccuracy} from '../jupyter/accuracy.mjs';
import {lessons, lessonsIn, namesIn} from '../jupyter/notebooks.mjs';
import {withLock} from '../setup/lock.mjs';
import {isInstalled} from '../setup/project.mjs';
import {setUp} from '../setup/setup.mjs';

/** Hosted Jupyter gives 2 GB or so, of which JupyterLab takes its share. */
const MOST_MEMORY = 1.5e9;
const who = isInstalled ? 'npx convlab run' : 'npm start';

/** @type {import('./command.mjs').Command} */
export const command = {
  usage: `${isInstalled ? who : `${who} --`} [NOTEBOOK …] [--out FOLDER] [--timeout SECONDS] [--if-changed]

Executes notebooks, in order, and puts the executed ones and a page of each into a folder. The notebooks themselves stay
as they are. The exit code is 1 when a cell failed.

  NOTEBOOK           a file, which runs in its own folder; or how the name of one of ${isInstalled ? "this folder's" : 'notebooks/'} begins, such as 04.
                     None: all of them
  --out FOLDER       where to (default ${EXECUTED})
  --timeout SECONDS  that one cell may take (default 900)
  --if-changed       only those that didn't run well there yet, with this code and what it imports of the library`,
  options: {
    timeout: {type: 'number', default: 900},
    out: {type: 'string', default: EXECUTED},
    'if-changed': {type: 'boolean', default: false},
  },
};

/** @param {import('./command.mjs').Arguments} given */
export async function run({values: {timeout, out, 'if-changed': ifChanged}, positionals}) {
  const notebooks = chooseNotebooks(positionals);
  await setUp();
  const folder = path.resolve(out);
  const where = path.relative(process.cwd(), folder) || '.';
  const lock = {file: path.join(folder, '.lock'), who, what: `${who} that writes into ${where}`};
  await withLock(() => runAll({timeout, out: folder, notebooks, ifChanged}), lock);
}

/**
 * Files as they are named; else by their beginnings, or all that there are.
 *
 * @param {string[]} wanted
 * @returns {{name: string, file: string, isOwn: boolean}[]} `isOwn`: the reader's, which may need what lies beside it
 */
function chooseNotebooks(wanted) {
  const [files, beginnings] = [true, false].map((isFile) =>
    wanted.filter((each) => each.endsWith('.ipynb') === isFile),
  );
  for (const file of files) if (!fs.existsSync(file)) throw new Error(`there is no file ${file}`);
  const own = files.map((file) => ({name: path.basename(file), file: path.resolve(file), isOwn: true}));
  const chosen = [...own, ...(files.length === 0 || beginnings.length > 0 ? here(beginnings) : [])];
  for (const [i, {name}] of chosen.entries()) {
    if (chosen.findIndex((other) => other.name === name) < i) {
      throw new Error(`two notebooks are called ${name}; run one of them with another --out`);
    }
  }
  if (chosen.length === 0) throw new Error(`there is no notebook in ${process.cwd()}`);
  return chosen;
}

function here(beginnings) {
  const folder = isInstalled ? process.cwd() : lessons;
  const names = isInstalled && beginnings.length === 0 ? namesIn(folder) : lessonsIn(folder, beginnings);
  return names.map((name) => ({name, file: path.join(folder, name), isOwn: isInstalled}));
}

/** Executes the notebooks into `out` and tells how it went. */
async function runAll({timeout, out, notebooks: chosen, ifChanged}) {
  const notebooks = ifChanged ? chosen.filter(({file}) => changedSince(out, file)) : chosen;
  if (notebooks.length < chosen.length) {
    console.log(`${chosen.length - notebooks.length} of ${chosen.length} notebooks have run since their last change.`);
    if (notebooks.length === 0) return;
  }
  fs.mkdirSync(out, {recursive: true});
  console.log(
    `\n${'notebook'.padEnd(28)}${'cells'.padStart(6)}${'seconds'.padStart(9)}${'memory'.padStart(10)}  result`,
  );
  const failures = [];
  const large = [];
  for (const notebook of notebooks) {
    const {name} = notebook;
    const title = name.replace('.ipynb', '').padEnd(28);
    mark(out, notebook.file, false);
    const {cells, seconds, memory, failure} = await executeInto(out, notebook, {timeout, onCell: liveLine(title)});
    const result = failure ? (failure.cell > 0 ? `failed in cell ${failure.cell}` : 'did not start') : 'passed';
    const size = memory > 0 ? `${Math.round(memory / 1e6)} MB` : '-';
    console.log(`${title}${String(cells).padStart(6)}${seconds.toFixed(1).padStart(9)}${size.padStart(10)}  ${result}`);
    if (failure) failures.push({name, ...failure});
    else mark(out, notebook.file, true);
    if (memory > MOST_MEMORY) large.push(name);
  }
  const executed = notebooks.map(({name}) => path.join(out, name)).filter((file) => fs.existsSync(file));
  if (executed.length > 0) await exportPages(executed);
  embedPlotly(executed.map((file) => file.replace(/\.ipynb$/, '.html')));

  for (const {name, cell, text} of failures) console.error(`\n${name}, cell ${cell}:\n${text.replace(/^/gm, '    ')}`);
  if (large.length > 0) {
    console.log(`\nMore than ${MOST_MEMORY / 1e6} MB, too much for hosted Jupyter with 2 GB: ${large.join(', ')}`);
  }
  const passed = notebooks.map(({name}) => name).filter((name) => failures.every((failure) => failure.name !== name));
  const accuracy = testAccuracy(out, passed);
  if (accuracy !== undefined) console.log(`\nAccuracy on MNIST's 10,000 test images: ${accuracy}`);
  console.log(`Executed notebooks and pages: ${path.relative(process.cwd(), out) || '.'}`);
  if (failures.length > 0) process.exitCode = 1;
}

/** Executes a copy: in `out`, where what a lesson writes lands too; the reader's own beside its files. */
async function executeInto(out, {name, file, isOwn}, options) {
  const target = path.join(out, name);
  const copy = isOwn ? path.join(path.dirname(file), `.${name.replace('.ipynb', '')}.${process.pid}.ipynb`) : target;
  const remove = () => fs.rmSync(copy, {force: true});
  try {
    if (isOwn) process.on('exit', remove);
    copyWithoutOutputs(file, copy);
    const outcome = await execute(copy, options);
    if (isOwn) fs.copyFileSync(copy, target);
    return outcome;
  } catch (error) {
    return {cells: 0, seconds: 0, memory: 0, failure: {cell: 0, text: reasonOf(error, path.dirname(copy))}};
  } finally {
    if (isOwn) remove();
    process.off('exit', remove);
  }
}

function reasonOf(error, folder) {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) return error.message;
  return `${error.message}\nA notebook runs in a copy beside it: make ${folder} writable, or copy the notebook and its files elsewhere.`;
}

/** What the copy shows when a cell fails is of this run, not what was committed. */
function copyWithoutOutputs(source, target) {
  const notebook = readNotebook(source);
  for (const cell of notebook.cells) if (cell.cell_type === 'code') cell.outputs = [];
  fs.writeFileSync(target, JSON.stringify(notebook, null, 1));
}

function readNotebook(file) {
  const text = fs.readFileSync(file, 'utf8');
  try {
    const notebook = JSON.parse(text);
    if (Array.isArray(notebook?.cells)) return notebook;
  } catch {
    // Said below.
  }
  throw new Error(`${file} is no notebook: expected JSON with a list of cells; open it in JupyterLab and save it anew`);
}

/** On a terminal, shows which cell is at work; the finished line takes its place. */
function liveLine(title) {
  if (!process.stdout.isTTY) return () => undefined;
  return (cell, cells) => process.stdout.write(`${title}${`${cell}/${cells}`.padStart(6)}\r`);
}
