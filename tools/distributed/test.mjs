/**
 * Training on several machines, as docs/distributed.md says: convlab trains and saves a model, Keras trains it on in one
 * process and in two on loopback, and convlab loads what came. All the numbers have to be those of one process.
 *
 *   npm run test:distributed
 *
 * Keras and JAX come by pip, once, into .cache/jax-venv. A machine that can't have them skips with a note; in CI that fails.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {inRoot} from '../../lib/setup/project.mjs';
import {pythonWith} from '../pythonWith.mjs';

const {evaluate, fit, keras, mnist, npy, tf} = createRequire(import.meta.url)('convlab');

/** Sums in another order differ in the seventh digit; Adam divides by gradients near zero, so that weights drift apart. */
const TOLERANCE = {history: 1e-4, weights: 2e-3};
const IMAGES = 4096;
const EPOCHS = 2;
const folder = inRoot('build', 'distributed');
const file = (name) => join(folder, name);

const python = pythonWith('jax-venv', ['keras', 'jax'], 'import os; os.environ["KERAS_BACKEND"] = "jax"; import keras');
if (!python) {
  console.log('test:distributed: skipped: Keras and JAX could not be installed (pip install keras jax).');
  process.exit(process.env.CI ? 1 : 0);
}
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
const failed = [];
function report(what, passed) {
  console.log(`${passed ? 'passed' : 'FAILED'}  ${what}`);
  if (!passed) failed.push(what);
}

const {train, test} = await mnist.load();
await writeModel();
const one = await trainOn(1, 'one.keras');
const two = await trainOn(2, 'two.keras');
const apart = Math.max(...['loss', 'accuracy'].flatMap((key) => one[key].map((v, i) => Math.abs(v - two[key][i]))));
report(`history of two processes as of one: ${apart.toExponential(1)} apart`, apart <= TOLERANCE.history);
report(`the loss went down: ${two.loss.map((loss) => loss.toFixed(4)).join(', ')}`, two.loss[1] < two.loss[0]);
await compareModels();
process.exit(failed.length === 0 ? 0 : 1);

/** Convolution, batch normalization (whose mean must be that of the whole batch), Adam with its memory. */
async function writeModel() {
  const kernelInitializer = tf.initializers.glorotUniform({seed: 1});
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({inputShape: [28, 28, 1], filters: 8, kernelSize: 3, kernelInitializer}),
      tf.layers.batchNormalization(),
      tf.layers.activation({activation: 'relu'}),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.flatten(),
      tf.layers.dense({units: 10, activation: 'softmax', kernelInitializer}),
    ],
  });
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  const few = train.select(Array.from({length: IMAGES}, (_, i) => i));
  const x = few.tensor().div(255).expandDims(-1);
  const y = tf.oneHot(tf.tensor1d(few.labels, 'int32'), 10);
  await fit(model, x, y, {seed: 1, batchSize: 128, verbose: 0});
  await keras.save(model, file('model.keras'));
  await npy.write(file('images.npy'), x);
  await npy.write(file('labels.npy'), y);
}

/** Runs the program in so many processes at once. @returns {Promise<Record<string, number[]>>} process 0's history */
async function trainOn(processes, out) {
  const coordinator = `127.0.0.1:${await freePort()}`;
  const start = performance.now();
  const texts = await Promise.all(
    Array.from({length: processes}, async (_, process) => {
      const args = {out: file(out), epochs: EPOCHS, processes, process, coordinator};
      const words = Object.entries(args).flatMap(([name, value]) => [`--${name}`, `${value}`]);
      const program = inRoot('examples', 'distributed', 'train.py');
      const child = spawn(python, [program, file('model.keras'), file('images.npy'), file('labels.npy'), ...words], {
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 300_000,
      });
      const [output, errors, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ]);
      report(`process ${process} of ${processes} came to its end`, code === 0);
      if (code !== 0) console.log(errors.trim().split('\n').slice(-20).join('\n'));
      return output;
    }),
  );
  console.log(`        ${((performance.now() - start) / 1000).toFixed(1)} s in ${processes} processes`);
  return JSON.parse(texts[0].trim().split('\n').at(-1));
}

async function compareModels() {
  const [before, a, b] = await Promise.all(['model', 'one', 'two'].map((name) => keras.load(file(`${name}.keras`))));
  const difference = (p, q) =>
    Math.max(...p.getWeights().map((w, i) => w.sub(q.getWeights()[i]).abs().max().dataSync()[0]));
  const drift = difference(a, b);
  report(`weights of two processes as of one: ${drift.toExponential(1)} apart`, drift <= TOLERANCE.weights);
  report(`Keras has trained them: ${difference(before, a).toFixed(2)} away from before`, difference(before, a) > 0.01);
  const steps = [before, a, b].map((model) => model.optimizer.iterations);
  const perEpoch = Math.floor(IMAGES / 128);
  report(`the steps are counted on: ${steps.join(', ')}`, `${steps}` === `${[1, 3, 3].map((n) => n * perEpoch)}`);
  const x = test.tensor().div(255).expandDims(-1);
  const y = tf.oneHot(tf.tensor1d(test.labels, 'int32'), 10);
  const accuracies = [];
  for (const model of [before, a, b]) accuracies.push((await evaluate(model, x, y, {verbose: 0})).accuracy);
  const said = accuracies.map((accuracy) => accuracy.toFixed(4)).join(', ');
  report(`test accuracy before, in one, in two processes: ${said}`, accuracies[2] > accuracies[0]);
}

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
