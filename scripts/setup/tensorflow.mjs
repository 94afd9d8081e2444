/**
 * TensorFlow's native library for tfjs-node, by one of two roads: tfjs-node's own download, or the tensorflow-cpu
 * wheel, which holds the same library in a newer version and comes through pip. CONVLAB_TENSORFLOW=download or
 * CONVLAB_TENSORFLOW=wheel forces one.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {ensureCompiler, rebuild} from './nativeBuild.mjs';
import {cache, inRoot} from './project.mjs';
import {binary} from './python.mjs';
import {reachable} from './reachable.mjs';
import {run, SetupError, succeeds} from './run.mjs';

const TFJS_NODE_STORAGE = process.env.TFJS_NODE_CDN_STORAGE ?? 'https://storage.googleapis.com/';
const WHEEL = 'tensorflow-cpu==2.21.0';
/** The wheel's Python doesn't matter, only its libraries do: any version for which there is one. */
const WHEEL_PYTHON = '3.11';
const deps = inRoot('node_modules', '@tensorflow', 'tfjs-node', 'deps');
const library = path.join(cache, 'tensorflow-2.21.0');

// A product that only the right answer passes, on the native backend only.
const CHECK = `
  require('node:util').isNullOrUndefined ??= (value) => value == null;
  const tf = require('@tensorflow/tfjs-node');
  const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync().join();
  process.exit(tf.getBackend() === 'tensorflow' && product === '19,22,43,50' ? 0 : 1);`;
const multiplies = () => succeeds(process.execPath, ['-e', CHECK]);

export const tensorflow = {
  title: 'TensorFlow (does the arithmetic)',
  isDone: multiplies,
  async work() {
    const roads = await chooseRoads();
    const problems = [];
    for (const road of roads) {
      try {
        await road.go();
        if (await multiplies()) return;
        problems.push(`${road.name}: installed, but it can't multiply two matrices`);
      } catch (error) {
        problems.push(`${road.name}: ${error.message}`);
      }
    }
    throw new SetupError(problems.join('\n'));
  },
  help:
    "TensorFlow's library could not be installed. Check the network or the proxy, then run this again;\n" +
    'CONVLAB_TENSORFLOW=download or CONVLAB_TENSORFLOW=wheel in front of the command chooses where it comes from.',
};

const download = {name: "tfjs-node's own download", go: installFromDownload};
const wheel = {name: 'the tensorflow-cpu wheel', go: installFromWheel};

async function chooseRoads() {
  const choice = process.env.CONVLAB_TENSORFLOW;
  if (choice === 'download') return [download];
  if (choice === 'wheel') return [wheel];
  if (choice) throw new SetupError(`CONVLAB_TENSORFLOW: expected download or wheel, got ${choice}`);
  if (process.platform !== 'linux') return [download];
  return (await reachable(TFJS_NODE_STORAGE)) ? [download, wheel] : [wheel];
}

async function installFromDownload() {
  fs.rmSync(deps, {recursive: true, force: true});
  await rebuild('@tensorflow/tfjs-node', {fromSource: false, seconds: 180});
}

async function installFromWheel() {
  if (process.platform !== 'linux') {
    throw new SetupError(`the wheel's libraries are used on Linux only, not on ${os.platform()}; choose download`);
  }
  if (!fs.existsSync(library)) await unpackWheel();
  linkLibraries();
  await ensureCompiler('Building tfjs-node');
  await rebuild('@tensorflow/tfjs-node', {fromSource: true});
}

async function unpackWheel() {
  const work = `${library}.part`;
  fs.rmSync(work, {recursive: true, force: true});
  const python = await binary('python');
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
  await run(python, ['-m', 'pip', 'download', ...source, '--dest', work, WHEEL]);
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
  fs.rmSync(deps, {recursive: true, force: true});
  fs.mkdirSync(path.join(deps, 'lib'), {recursive: true});
  link(path.join(from, 'include'), path.join(deps, 'include'));
  for (const [file, links] of Object.entries(names)) {
    for (const name of links) link(path.join(from, file), path.join(deps, 'lib', name));
  }
}

/** Relative, so that the project's folder can be moved. */
function link(target, file) {
  fs.symlinkSync(path.relative(path.dirname(file), target), file);
}
