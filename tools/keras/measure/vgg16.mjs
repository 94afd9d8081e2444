// Opening and saving a large file beside Python's Keras: node tools/keras/measure/vgg16.mjs (after npm run setup). Both take
// turns, each time in a process of its own, with VGG16 of 50 million random weights, 192 MB. Prints medians of five: seconds,
// and by how many times the file's size memory grows at most, on Linux. About three minutes.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inRoot} from '../../../lib/setup/project.mjs';
import {pythonWith} from '../../pythonWith.mjs';

const TURNS = 5;
const [inFolder, file] = process.argv.slice(2);
if (file === undefined) await compare();
else await measure(inFolder, file);

async function measure(folder, file) {
  const {keras, tf} = createRequire(import.meta.url)('convlab');
  tf.zeros([1]).dataSync();
  const before = memory('VmRSS');
  const start = performance.now();
  const model = await keras.load(join(folder, file));
  const loaded = performance.now();
  const loading = memory('VmHWM') - before;
  await keras.save(model, join(folder, `again.${file.split('.').at(-1)}`));
  const saved = performance.now();
  const both = memory('VmHWM') - before;
  console.log(JSON.stringify({load: (loaded - start) / 1000, save: (saved - loaded) / 1000, loading, both}));
  process.exit(0);
}

function memory(key) {
  const [, kilobytes] = new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

async function compare() {
  const python = pythonWith('keras-venv', ['keras', 'tensorflow-cpu'], 'import keras');
  if (!python) {
    console.log('Keras could not be installed (pip install keras tensorflow-cpu).');
    process.exit(1);
  }
  const folder = mkdtempSync(join(tmpdir(), 'convlab-vgg16-'));
  const script = inRoot('tools', 'keras', 'measure', 'vgg16.py');
  const commands = {
    Keras: [python, script],
    convlab: [process.execPath, inRoot('tools', 'keras', 'measure', 'vgg16.mjs')],
  };
  /** @type {(words: string[], what: string) => string} */
  const run = ([command = '', ...args], what) => {
    const done = spawnSync(command, [...args, folder, what], {encoding: 'utf8'});
    if (done.status !== 0) throw new Error(done.stderr);
    return done.stdout.trim().split('\n').at(-1);
  };
  try {
    run(commands.Keras, 'make');
    for (const file of ['model.keras', 'model.h5']) {
      const size = statSync(join(folder, file)).size;
      const turns = Array.from({length: TURNS}, () =>
        Object.entries(commands).map(([name, command]) => [name, JSON.parse(run(command, file))]),
      ).flat();
      for (const name of Object.keys(commands)) {
        const of = (key) => median(turns.flatMap(([each, found]) => (each === name ? [found[key]] : [])));
        const times = (key) => `${(of(key) / size).toFixed(2)} × the file`;
        console.log(
          `| ${file} (${(size / 2 ** 20).toFixed(0)} MB) | ${name} | load ${of('load').toFixed(2)} s, ${times('loading')} | ` +
            `save ${of('save').toFixed(2)} s, ${times('both')} for both |`,
        );
      }
    }
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
