/** The kernelspec: how Jupyter starts the TypeScript kernel, from any shell and any menu. */
import fs from 'node:fs';
import path from 'node:path';
import {isWritable} from './home.mjs';
import {cache, inLib, isInstalled} from './project.mjs';
import {environment} from './python.mjs';
import {digestOf} from './stamp.mjs';

const launcher = inLib('dist', 'kernel', 'launch.js');
/** A smaller nursery for new objects: 30 MB less, and no slower. */
const SMALL = '--max-semi-space-size=4';
/** Some of Node's modules are still called experimental: nothing that a reader could act on. */
const QUIET = '--disable-warning=ExperimentalWarning';
/** glibc gives every thread a heap of its own: with two for all, some 20 MB less, and no slower. */
const FEW_HEAPS = {MALLOC_ARENA_MAX: '2'};
const spec = JSON.stringify(
  {
    argv: [process.execPath, SMALL, QUIET, launcher, '{connection_file}'],
    display_name: 'TypeScript',
    language: 'typescript',
    env: FEW_HEAPS,
  },
  null,
  2,
);

/** A folder for JUPYTER_PATH that has the project's kernel alone: what our own commands use. */
export const jupyterPath = path.join(cache, isInstalled ? `kernel-${digestOf([], launcher).slice(0, 8)}` : 'jupyter');

async function places() {
  const python = await environment();
  const folder = path.join(python, 'share', 'jupyter', 'kernels', 'tslab');
  const inEnvironment = path.join(folder, 'kernel.json');
  return [
    path.join(jupyterPath, 'kernels', 'tslab', 'kernel.json'),
    // Without Jupyter, there is no environment to put it into.
    ...(!fs.existsSync(python) || isForeign(inEnvironment) || !isWritable(folder) ? [] : [inEnvironment]),
  ];
}

/** What starts our kernel, in this version and in those before it. */
const LAUNCHER = /[\\/]kernel[\\/]launch\.c?js$/;

/** A tslab that the user has already stays, and so does another checkout's: started here, they use what is here. */
function isForeign(file) {
  const text = read(file);
  if (text === undefined || text === spec) return false;
  const program = argumentsIn(text).find((argument) => LAUNCHER.test(argument));
  return program === undefined || (program !== launcher && fs.existsSync(program));
}

/** Those of the launcher for a file that nothing can start, as a killed set-up may have left it: it is ours to fix. */
function argumentsIn(text) {
  try {
    const {argv} = JSON.parse(text);
    return Array.isArray(argv) ? argv.map(String) : [launcher];
  } catch {
    return [launcher];
  }
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

export const kernel = {
  title: 'TypeScript kernel for Jupyter',
  async isDone() {
    return (await places()).every((file) => read(file) === spec);
  },
  async work() {
    for (const file of await places()) {
      fs.mkdirSync(path.dirname(file), {recursive: true});
      fs.writeFileSync(file, spec);
    }
  },
  help: 'The kernelspec could not be written. Is the environment’s folder writable?',
};
