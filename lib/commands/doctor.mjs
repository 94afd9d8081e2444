/** What is where, which versions, and what is wrong: to read, and to paste into an issue. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {canvas} from '../setup/canvas.mjs';
import {hideHome} from '../setup/home.mjs';
import {kernel} from '../setup/kernel.mjs';
import {cache, inLib, inRoot, isInstalled, packageFolder, typed, version} from '../setup/project.mjs';
import {binary, environment, jupyter} from '../setup/python.mjs';
import {run as runProgram} from '../setup/run.mjs';
import {bytesIn} from '../setup/size.mjs';
import {tensorflow} from '../setup/tensorflow.mjs';

export const command = {
  usage: `convlab doctor

Says what is where, which versions, and what is wrong; the exit code is 1 when something is. Nothing is changed.`,
  most: 0,
};

export async function run() {
  const checks = await Promise.all([canvas, tensorflow, jupyter, kernel].map(check));
  const lines = {
    convlab: `${version()}, ${isInstalled ? 'installed in' : 'a clone in'} ${inRoot()}`,
    system: `${os.type()} ${os.release()}, ${process.arch}, ${os.cpus().length} processors, ${gigabytes(os.totalmem())} GB`,
    Node: `${process.version}, ${process.execPath}`,
    npm: await versionOf('npm'),
    Python: await versionOf('python3'),
    cache: `${cache}${fs.existsSync(cache) ? `, ${gigabytes(bytesIn(cache))} GB` : ', not there yet'}`,
    'tfjs-node': packageVersion('@tensorflow/tfjs-node'),
    TensorFlow: await tensorflowVersion(),
    'node-canvas': packageVersion('canvas'),
    Jupyter: `${await environment()}, JupyterLab ${await versionOf(await binary('jupyter-lab'))}`,
    variables: variables(),
  };
  for (const [name, text] of Object.entries(lines)) console.log(`${name.padEnd(14)}${hideHome(text)}`);
  console.log();
  for (const {title, works} of checks) console.log(`${works ? '✓' : '✗'} ${title}`);
  const broken = checks.filter(({works}) => !works);
  if (broken.length === 0) return;
  console.log(`\n${typed('setup')}${isInstalled ? ' --jupyter' : ''} fixes what is marked ✗, or says why it can't.`);
  process.exitCode = 1;
}

async function check(step) {
  return {title: step.title, works: await step.isDone()};
}

async function versionOf(program) {
  try {
    return (await runProgram(program, ['--version'], {cwd: inLib(), seconds: 30})).trim();
  } catch {
    return 'not there';
  }
}

function packageVersion(name) {
  const folder = packageFolder(name);
  if (folder === undefined) return 'not there';
  return `${JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).version}, ${folder}`;
}

/** As the library itself says it, where it loads. */
async function tensorflowVersion() {
  const folder = packageFolder('@tensorflow/tfjs-node');
  if (folder === undefined) return 'not there';
  const code = `require('node:util').isNullOrUndefined ??= (value) => value == null;
    console.log('version', require(${JSON.stringify(folder)}).backend().binding.TF_Version);`;
  try {
    const printed = await runProgram(process.execPath, ['-e', code], {cwd: inLib(), seconds: 120});
    return /^version (.*)$/m.exec(printed)?.[1] ?? 'unknown';
  } catch (error) {
    return `does not load: ${/^ *(Error: .*)$/m.exec(error.message)?.[1] ?? error.message.split('\n')[0]}`;
  }
}

/** Those that change what the set-up does, by their names: values may be secrets. */
function variables() {
  const names = Object.keys(process.env).filter((name) =>
    /^(CONVLAB_|TFJS_|XDG_CACHE_HOME$|VIRTUAL_ENV$|CONDA_PREFIX$|NODE_PATH$|NODE_OPTIONS$|JUPYTER_|https?_proxy$)/i.test(
      name,
    ),
  );
  return names.join(', ') || 'none that matter here';
}

const gigabytes = (bytes) => (bytes / 1e9).toFixed(1);
