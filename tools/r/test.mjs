/**
 * convlab's model files in R: `npm run test:r`.
 *
 * The package keras3 opens `.h5` and `.keras`, its predecessor keras `.h5` alone, on Keras 2. Whichever of the two is installed
 * is asked: the same probabilities for 10,000 digits, the same answers, and training goes on. A machine that has neither skips
 * with a note. Python's Keras comes by pip, once, into .cache.
 */
import {spawnSync} from 'node:child_process';
import {mkdirSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {inRoot} from '../../lib/setup/project.mjs';
import {pythonWith} from '../pythonWith.mjs';

const {evaluate, fit, keras, mnist, npy, predict, tf} = createRequire(import.meta.url)('convlab');

const PACKAGES = [
  {name: 'keras3', files: ['mymodel.h5', 'mymodel.keras'], venv: 'keras-venv', pip: ['keras'], trial: 'import keras'},
  // Keras 2 goes by this name since TensorFlow brings Keras 3.
  {name: 'keras', files: ['mymodel.h5'], venv: 'tf-keras-venv', pip: ['tf_keras'], trial: 'import tf_keras'},
];
/** Sums in another order differ in the seventh digit; 1.0e-6 was seen. */
const PROBABILITIES = 1e-5;
const folder = inRoot('build', 'r');
const failed = [];
function report(what, passed) {
  console.log(`${passed ? 'passed' : 'FAILED'}  ${what}`);
  if (!passed) failed.push(what);
}

const installed = PACKAGES.filter(({name}) => inR(['-e', `quit(status = !requireNamespace("${name}"))`]).status === 0);
if (installed.length === 0) {
  console.log(
    'test:r: skipped: R with one of its packages keras3 and keras isn’t here (install.packages("keras3") in R).',
  );
  process.exit(0);
}
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
const {loss, count} = await writeModels();
for (const judge of installed) askR(judge);
process.exit(failed.length === 0 ? 0 : 1);

async function writeModels() {
  const {train, test} = await mnist.load();
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({inputShape: [28, 28, 1], filters: 8, kernelSize: 3, activation: 'relu'}),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.dropout({rate: 0.25}),
      tf.layers.flatten(),
      tf.layers.dense({units: 10, activation: 'softmax'}),
    ],
  });
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  await fit(model, ...tensorsOf(train.select(Array.from({length: 6000}, (_, i) => i))), {verbose: 0});
  const [x, y] = tensorsOf(test);
  const {loss} = await evaluate(model, x, y, {verbose: 0});
  await npy.write(join(folder, 'images.npy'), x);
  await npy.write(join(folder, 'labels.npy'), y);
  await npy.write(join(folder, 'probabilities.npy'), await predict(model, x));
  for (const ext of ['h5', 'keras']) await keras.save(model, join(folder, `mymodel.${ext}`));
  return {loss, count: test.labels.length};
}

function tensorsOf(digits) {
  return [digits.tensor().div(255).expandDims(-1), tf.oneHot(tf.tensor1d(digits.labels, 'int32'), 10)];
}

function askR({name, files, venv, pip, trial}) {
  const python = pythonWith(venv, [...pip, 'tensorflow-cpu'], trial);
  if (!python) {
    report(`${name}: its Python packages (pip install ${pip.join(' ')} tensorflow-cpu)`, false);
    return;
  }
  const env = {
    RETICULATE_PYTHON: python,
    TF_CPP_MIN_LOG_LEVEL: '3',
    KERAS_BACKEND: 'tensorflow',
    ...(name === 'keras' && {TF_USE_LEGACY_KERAS: '1'}),
  };
  const {status, stdout, stderr} = inR([inRoot('tools', 'r', 'judge.R'), name, folder, ...files], env);
  if (status !== 0) console.log(stderr.trim().split('\n').slice(-20).join('\n'));
  const verdicts = stdout.split('\n').flatMap((line) => (line.startsWith('JUDGE ') ? JSON.parse(line.slice(6)) : []));
  for (const file of files) {
    const verdict = verdicts.find((verdict) => verdict.file === file);
    report(`${name} opens ${file}`, verdict !== undefined);
    if (!verdict) continue;
    const [before, after] = verdict.loss;
    report(`${name}, ${file}: probabilities ${verdict.difference} apart at most`, verdict.difference <= PROBABILITIES);
    report(`${name}, ${file}: ${verdict.same} of ${count} answers the same`, verdict.same === count);
    report(`${name}, ${file}: loss ${before}, here ${loss.toFixed(6)}`, Math.abs(before - loss) < 1e-4);
    report(`${name}, ${file}: one more epoch makes it ${after}`, after < before);
  }
}

/** Runs Rscript. @returns {{status: number | null, stdout: string, stderr: string}} a status of null where there is no R */
function inR(words, env = {}) {
  return spawnSync('Rscript', words, {encoding: 'utf8', env: {...process.env, ...env}});
}
