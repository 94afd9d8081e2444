// Real Keras judges the model files: `npm run test:keras`.
//
// 1. convlab saves every model of test/keras/judge/models.mjs as .h5 and .keras, and models in the middle of training.
// 2. Keras loads them: the same predictions, names, and losses of the next ten steps. It saves them again.
// 3. Keras 2, of which TensorFlow keeps a copy without some layers, loads the .h5 files: the same predictions.
// 4. convlab loads what Keras saved, and models that Keras made itself: the same predictions, weights equal to the bit.
//
// Keras comes by pip, once, into .cache/keras-venv. A machine that can't have it skips with a note; in CI that fails.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {models, optimizers} from '../test/keras/judge/models.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const venv = join(root, '.cache', 'keras-venv');
const python = join(venv, 'bin', 'python');
const folder = join(root, 'build', 'keras');
const PREDICTIONS = 1e-5; // float32 sums in another order
const LOSSES = 1e-3; // ten steps let such differences grow
const STEPS = 10;
// TensorFlow's copy of Keras 2 is without normalization, wrappers, noise, Rescaling, mish; its Reshape needs an older TensorFlow.
// Models inside models and initial states are written for Keras 3, whose way to number them Keras 2 doesn't know.
const KERAS_2_LACKS = new Set([
  ...[
    'batchNormalization',
    'layerNormalization',
    'frozen',
    'bidirectional',
    'timeDistributed',
    'repeat',
    'activations',
  ],
  ...['regularized', 'shapes', 'nestedTwice', 'initialState'],
]);

if (!setUp()) {
  console.log('test:keras: skipped: Keras could not be installed (pip install keras tensorflow-cpu).');
  process.exit(process.env.CI ? 1 : 0);
}
const {tf, keras} = createRequire(import.meta.url)('../lib/dist/index.js');
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
const failures = [];
let checks = 0;

const written = await writeModels();
const verdicts = askKeras('judge.py');
judgeVerdicts();
judgeKeras2(askKeras('keras2.py'));
await readAgain();
await readAuthored();

for (const failure of failures) console.log(`✗ ${failure}`);
console.log(`test:keras: ${checks} checks against Keras ${authored().version}, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);

function setUp() {
  const works = () =>
    spawnSync(python, ['-c', 'import keras'], {env: {...process.env, TF_CPP_MIN_LOG_LEVEL: '3'}}).status === 0;
  if (existsSync(python) && works()) return true;
  rmSync(venv, {recursive: true, force: true});
  const run = (command, ...args) => spawnSync(command, args, {stdio: ['ignore', 'ignore', 'inherit']}).status === 0;
  return (
    run('python3', '-m', 'venv', venv) &&
    run(python, '-m', 'pip', 'install', '--quiet', '--retries', '1', '--timeout', '10', 'keras', 'tensorflow-cpu') &&
    works()
  );
}

async function writeModels() {
  const list = [];
  for (const {name, inputs, integers, build} of models(tf)) {
    const model = build();
    model.setWeights(model.getWeights().map((weight, i) => tf.randomNormal(weight.shape, 0, 0.3, 'float32', i).abs()));
    const x = inputs.map((shape, i) =>
      integers
        ? tf.randomUniform([3, ...shape], 0, integers, 'int32', i)
        : tf.randomNormal([3, ...shape], 0, 1, 'float32', i),
    );
    putArrays(`${name}.inputs.json`, x);
    putArrays(`${name}.outputs.json`, predict(model, x));
    for (const ext of ['h5', 'keras']) await keras.save(model, file(`${name}.${ext}`));
    list.push({name, model, x});
  }
  const x = tf.randomNormal([32, 4], 0, 1, 'float32', 1);
  const y = tf.oneHot(tf.range(0, 32, 1, 'int32').mod(tf.scalar(3, 'int32')), 3).toFloat();
  for (const [optimizer, create] of Object.entries(optimizers(tf))) {
    const name = `train_${optimizer}`;
    const model = tf.sequential();
    model.add(
      tf.layers.dense({
        inputShape: [4],
        units: 8,
        activation: 'relu',
        kernelInitializer: tf.initializers.glorotNormal({seed: 2}),
      }),
    );
    model.add(
      tf.layers.dense({units: 3, activation: 'softmax', kernelInitializer: tf.initializers.glorotNormal({seed: 3})}),
    );
    model.compile({optimizer: create(), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    for (let i = 0; i < 7; i++) await model.trainOnBatch(x, y);
    for (const ext of ['h5', 'keras']) await keras.save(model, file(`${name}.${ext}`));
    putArrays(`${name}.inputs.json`, [x]);
    putArrays(`${name}.outputs.json`, predict(model, [x]));
    putArrays(`${name}.train.json`, [x, y]);
    list.push({name, steps: STEPS, losses: await train(model, x, y)});
  }
  writeFileSync(file('models.json'), JSON.stringify(list.map(({name, steps}) => ({name, steps}))));
  return list;
}

function askKeras(script) {
  const run = spawnSync(python, [join(root, 'test/keras/judge', script), folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (run.status !== 0) {
    console.log(run.stderr);
    process.exit(1);
  }
  return run.stdout.split('\n').flatMap((line) => (line.startsWith('JUDGE ') ? JSON.parse(line.slice(6)) : []));
}

function judgeVerdicts() {
  for (const {name, model, losses} of written) {
    for (const ext of ['h5', 'keras']) {
      const verdict = verdicts.find((v) => v.name === name && v.ext === ext);
      const what = `Keras reads ${name}.${ext}`;
      check(what, verdict && !verdict.error, verdict?.error);
      if (!verdict || verdict.error) continue;
      check(`${what}: same predictions`, verdict.difference <= PREDICTIONS, verdict.difference);
      check(`${what}: no warnings`, verdict.warnings.length === 0, verdict.warnings);
      if (losses && ext === 'h5') {
        // Keras 3.15 doesn't restore an optimizer's state from .h5, not even its own: it must train all the same.
        check(
          `${what}: trains`,
          close([losses[0]], [verdict.losses[0]], LOSSES) && verdict.losses[9] < verdict.losses[0],
          verdict.losses,
        );
      } else if (losses) {
        check(`${what}: same next losses`, close(losses, verdict.losses, LOSSES), [losses, verdict.losses]);
        check(`${what}: counts on`, verdict.iterations === 7 + STEPS, verdict.iterations);
      } else {
        const names = keras.layerNames(model);
        const expected = model.layers
          .filter((layer) => layer.getClassName() !== 'InputLayer')
          .map((layer) => names.get(layer.name));
        check(`${what}: same names`, String(expected) === String(verdict.names), [expected, verdict.names]);
      }
    }
  }
}

function judgeKeras2(found) {
  for (const {name} of written) {
    if (KERAS_2_LACKS.has(name)) continue;
    const verdict = found.find((v) => v.name === name);
    const ok = verdict && !verdict.error && verdict.difference <= PREDICTIONS;
    check(`Keras 2 reads ${name}.h5: same predictions`, ok, verdict?.error ?? verdict?.difference);
  }
}

async function readAgain() {
  for (const {name, model, x} of written) {
    if (!model) continue;
    for (const first of ['h5', 'keras']) {
      for (const ext of ['h5', 'keras']) {
        const again = `${name}.${first}.again.${ext}`;
        if (existsSync(file(again))) await compare(again, x, predict(model, x), model.getWeights());
      }
    }
  }
}

async function readAuthored() {
  for (const {name, names} of authored().models) {
    for (const ext of ['h5', 'keras']) {
      const model = await compare(
        `${name}.${ext}`,
        getArrays(`${name}.inputs.json`),
        getArrays(`${name}.outputs.json`),
        getArrays(`${name}.weights.json`),
      );
      if (!model) continue;
      const found = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer').map((layer) => layer.name);
      check(`convlab reads ${name}.${ext}: same names`, String(found) === String(names), [found, names]);
      await keras.save(model, file(`${name}.convlab.${ext}`));
    }
  }
  const [x, y] = getArrays('k_train.json');
  for (const {name, losses} of authored().trained) {
    for (const ext of ['h5', 'keras']) {
      const what = `convlab reads ${name}.${ext}`;
      try {
        const model = await keras.load(file(`${name}.${ext}`));
        const found = await train(model, x, y);
        check(`${what}: same next losses`, close(found, losses, LOSSES), [found, losses]);
        check(`${what}: counts on`, model.optimizer.iterations === 7 + STEPS, model.optimizer.iterations);
      } catch (error) {
        check(what, false, error.message);
      }
    }
  }
}

async function compare(name, x, outputs, weights) {
  const what = `convlab reads ${name}`;
  try {
    const model = await keras.load(file(name));
    const found = predict(model, x);
    const difference = Math.max(
      ...found.map((output, i) => (output.size === 0 ? 0 : output.sub(outputs[i]).abs().max().dataSync()[0])),
    );
    check(`${what}: same predictions`, found.length === outputs.length && difference <= PREDICTIONS, difference);
    // Keras lists them layer by layer, TensorFlow.js the trained ones first: each of them must be there.
    const sorted = (tensors) => tensors.map((t) => bytes(t).toString('hex')).sort();
    check(`${what}: same weights`, String(sorted(model.getWeights())) === String(sorted(weights)), 'weights differ');
    return model;
  } catch (error) {
    check(what, false, error.message);
    return undefined;
  }
}

async function train(model, x, y) {
  const losses = [];
  for (let i = 0; i < STEPS; i++) losses.push([await model.trainOnBatch(x, y)].flat()[0]);
  return losses;
}

function check(what, ok, details) {
  checks++;
  if (!ok) failures.push(`${what}: ${JSON.stringify(details)}`);
}

function close(a, b, tolerance) {
  return a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) <= tolerance);
}

function predict(model, x) {
  return [model.predict(x.length === 1 ? x[0] : x)].flat();
}

function bytes(tensor) {
  const data = tensor.dataSync();
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function authored() {
  return JSON.parse(readFileSync(file('authored.json'), 'utf8'));
}

function file(name) {
  return join(folder, name);
}

function putArrays(name, tensors) {
  writeFileSync(
    file(name),
    JSON.stringify(tensors.map((t) => ({shape: t.shape, dtype: t.dtype, data: [...t.dataSync()]}))),
  );
}

function getArrays(name) {
  return JSON.parse(readFileSync(file(name), 'utf8')).map(({shape, dtype, data}) => tf.tensor(data, shape, dtype));
}
