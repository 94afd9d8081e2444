/**
 * Sets up whatever is missing and executes the notebooks, in order, into build/notebooks: the executed .ipynb and a
 * page of each. The notebooks in notebooks/ stay as they are.
 *
 *   npm start                                all of them
 *   npm start -- 04 05                       those that begin so
 *   npm start -- --timeout 1200              seconds that one cell may take (default 900)
 *   npm start -- --out ../results            another folder, as seen from the project
 *   npm start -- --if-changed                nothing, when just these notebooks ran well with just this library
 */
import fs from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {inRoot, root} from '../setup/project.mjs';
import {embedPlotly} from '../jupyter/embed-plotly.mjs';
import {execute, exportPages} from '../jupyter/execute.mjs';
import {testAccuracy} from '../jupyter/accuracy.mjs';
import {library} from '../setup/library.mjs';
import {withLock} from '../setup/lock.mjs';
import {packages} from '../setup/packages.mjs';
import {jupyter} from '../setup/python.mjs';
import {digestOf, isStamped, stamp} from '../setup/stamp.mjs';
import {setUp} from '../setup/setup.mjs';

const sources = inRoot('notebooks');
/** Hosted Jupyter gives 2 GB or so, of which JupyterLab takes its share. */
const MOST_MEMORY = 1.5e9;

function readArguments() {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      timeout: {type: 'string', default: '900'},
      out: {type: 'string', default: path.join('build', 'notebooks')},
      'if-changed': {type: 'boolean', default: false},
      help: {type: 'boolean', default: false},
    },
  });
  if (!(Number(values.timeout) > 0)) throw new Error(`--timeout: expected seconds, got ${values.timeout}`);
  return {...values, timeout: Number(values.timeout), out: path.resolve(root, values.out), wanted: positionals};
}

function chooseNotebooks(wanted) {
  const all = fs
    .readdirSync(sources)
    .filter((name) => /^\d\d-.*\.ipynb$/.test(name))
    .sort();
  for (const prefix of wanted) {
    if (!all.some((name) => name.startsWith(prefix))) {
      throw new Error(`no notebook begins with ${prefix}; there are ${all.join(', ')}`);
    }
  }
  return wanted.length === 0 ? all : all.filter((name) => wanted.some((prefix) => name.startsWith(prefix)));
}

async function main() {
  const {timeout, out, wanted, help, 'if-changed': ifChanged} = readArguments();
  if (help) return console.log('npm start -- [04 05 …] [--timeout SECONDS] [--out FOLDER] [--if-changed]');
  const notebooks = chooseNotebooks(wanted);
  await setUp();
  const where = path.relative(process.cwd(), out) || '.';
  const lock = {file: path.join(out, '.lock'), who: 'npm start', what: `npm start that writes into ${where}`};
  await withLock(() => run({timeout, out, notebooks, ifChanged}), lock);
}

/** Executes the notebooks into `out` and tells how it went. */
async function run({timeout, out, notebooks, ifChanged}) {
  const mark = path.join(out, '.executed');
  const digest = digestOf(
    notebooks.map((name) => path.join(sources, name)),
    library.digest(),
    packages.digest(),
    jupyter.digest(),
    digestOf([inRoot('lib', 'jupyter')]),
  );
  if (ifChanged && isStamped(mark, digest)) return console.log('The notebooks have run since their last change.');
  fs.rmSync(mark, {force: true});
  fs.mkdirSync(out, {recursive: true});
  console.log(
    `\n${'notebook'.padEnd(28)}${'cells'.padStart(6)}${'seconds'.padStart(9)}${'memory'.padStart(10)}  result`,
  );
  const failures = [];
  const large = [];
  for (const name of notebooks) {
    const file = path.join(out, name);
    copyWithoutOutputs(path.join(sources, name), file);
    const title = name.replace('.ipynb', '').padEnd(28);
    const {cells, seconds, memory, failure} = await execute(file, {timeout, onCell: liveLine(title)});
    const result = failure ? (failure.cell > 0 ? `failed in cell ${failure.cell}` : 'did not start') : 'passed';
    const size = memory > 0 ? `${Math.round(memory / 1e6)} MB` : '-';
    console.log(`${title}${String(cells).padStart(6)}${seconds.toFixed(1).padStart(9)}${size.padStart(10)}  ${result}`);
    if (failure) failures.push({name, ...failure});
    if (memory > MOST_MEMORY) large.push(name);
  }
  const executed = notebooks.map((name) => path.join(out, name));
  await exportPages(executed);
  embedPlotly(executed.map((file) => file.replace(/\.ipynb$/, '.html')));

  for (const {name, cell, text} of failures) console.error(`\n${name}, cell ${cell}:\n${text.replace(/^/gm, '    ')}`);
  if (large.length > 0) {
    console.log(`\nMore than ${MOST_MEMORY / 1e6} MB, too much for hosted Jupyter with 2 GB: ${large.join(', ')}`);
  }
  const passed = notebooks.filter((name) => failures.every((failure) => failure.name !== name));
  const accuracy = testAccuracy(out, passed);
  if (accuracy !== undefined) console.log(`\nAccuracy on MNIST's 10,000 test images: ${accuracy}`);
  console.log(`Executed notebooks and pages: ${path.relative(process.cwd(), out) || '.'}`);
  if (failures.length > 0) process.exitCode = 1;
  else stamp(mark, digest);
}

/** What the copy shows when a cell fails is of this run, not what was committed. */
function copyWithoutOutputs(source, target) {
  const notebook = JSON.parse(fs.readFileSync(source, 'utf8'));
  for (const cell of notebook.cells) if (cell.cell_type === 'code') cell.outputs = [];
  fs.writeFileSync(target, JSON.stringify(notebook, null, 1));
}

/** On a terminal, shows which cell is at work; the finished line takes its place. */
function liveLine(title) {
  if (!process.stdout.isTTY) return () => undefined;
  return (cell, cells) => process.stdout.write(`${title}${`${cell}/${cells}`.padStart(6)}\r`);
}

try {
  await main();
} catch (error) {
  console.error(`npm start: ${error.message}`);
  process.exitCode = 1;
}
