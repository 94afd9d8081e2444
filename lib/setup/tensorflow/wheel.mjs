/** The second source: Python's tensorflow-cpu, whose wheel holds the same library in a newer version and comes by pip. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {cache, isInstalled} from '../project.mjs';
import {pythonWithPip} from '../python.mjs';
import {run, SetupError} from '../run.mjs';
import {compileBinding} from './binding.mjs';
import {deps} from './package.mjs';

const WHEEL = 'tensorflow-cpu==2.21.0';
/** The wheel's Python doesn't matter, only its libraries do: any version for which there is one. */
const WHEEL_PYTHON = '3.11';
const library = path.join(cache, 'tensorflow-2.21.0');

/** `prepare`: what can be done before npm has installed a single package. */
export const wheelSource = {name: 'the tensorflow-cpu wheel', prepare: fetchLibrary, install: installFromWheel};

async function installFromWheel() {
  await fetchLibrary();
  linkLibraries();
  await compileBinding();
}

async function fetchLibrary() {
  if (process.platform !== 'linux') {
    throw new SetupError(`the wheel's libraries are used on Linux only, not on ${os.platform()}; choose download`);
  }
  if (!fs.existsSync(library)) await unpackWheel();
}

async function unpackWheel() {
  const work = `${library}.part`;
  fs.rmSync(work, {recursive: true, force: true});
  const python = await pythonWithPip();
  const source = [
    '--no-deps',
    '--only-binary=:all:',
    '--python-version',
    WHEEL_PYTHON,
    '--retries',
    '1',
    '--timeout',
    '15',
  ];
  await run(python, ['-m', 'pip', 'download', ...source, '--dest', work, WHEEL], {seconds: 1800});
  const [file] = fs.readdirSync(work);
  await run(python, ['-c', UNPACK, path.join(work, file), work]);
  fs.rmSync(path.join(work, file));
  fs.renameSync(work, library);
}

const UNPACK = `
import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wanted = ("tensorflow/libtensorflow_cc.", "tensorflow/libtensorflow_framework.", "tensorflow/include/")
wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(wanted)])`;

/** tfjs-node looks for the library under the names of its own download; present, they make it skip that. */
function linkLibraries() {
  const from = path.join(library, 'tensorflow');
  const names = {
    'libtensorflow_cc.so.2': [
      'libtensorflow.so',
      'libtensorflow.so.2',
      'libtensorflow.so.2.9.1',
      'libtensorflow_cc.so.2',
    ],
    'libtensorflow_framework.so.2': ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'],
  };
  fs.mkdirSync(path.join(deps(), 'lib'), {recursive: true});
  link(path.join(from, 'include'), path.join(deps(), 'include'));
  for (const [file, links] of Object.entries(names)) {
    for (const name of links) link(path.join(from, file), path.join(deps(), 'lib', name));
  }
}

/** Relative in a clone, so that its folder can be moved. */
function link(target, file) {
  fs.symlinkSync(isInstalled ? target : path.relative(path.dirname(file), target), file);
}
