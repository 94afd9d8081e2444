/** The network of notebooks 4 to 6, with weights and order from a seed. */
import {createRequire} from 'node:module';
import {inRoot} from '../../lib/setup/project.mjs';

const require = createRequire(inRoot('notebooks', 'x.cjs'));

/** Its seven layers, untrained. */
export function sevenLayers(seed) {
  const {tf} = require('convlab');
  let layer = 0;
  const start = () => tf.initializers.glorotUniform({seed: 100 * seed + layer++});
  const conv = (more) =>
    tf.layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu', kernelInitializer: start(), ...more});
  const pool = () => tf.layers.maxPooling2d({poolSize: 2});
  const dense = (units, activation) => tf.layers.dense({units, activation, kernelInitializer: start()});
  return tf.sequential({
    layers: [
      conv({inputShape: [28, 28, 1]}),
      pool(),
      conv({}),
      pool(),
      tf.layers.flatten(),
      dense(32, 'relu'),
      dense(10, 'softmax'),
    ],
  });
}

/** The dense layers of notebook 1, untrained; they take the pictures with a channel, as the seven do. */
export function denseLayers(seed) {
  const {tf} = require('convlab');
  const dense = (units, activation, layer) =>
    tf.layers.dense({units, activation, kernelInitializer: tf.initializers.glorotUniform({seed: 100 * seed + layer})});
  return tf.sequential({
    layers: [tf.layers.flatten({inputShape: [28, 28, 1]}), dense(64, 'relu', 0), dense(10, 'softmax', 1)],
  });
}

/** The seven layers, compiled as in notebook 4. */
export function compiled(seed, optimizer = require('convlab').tf.train.rmsprop(0.001)) {
  const model = sevenLayers(seed);
  model.compile({optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

/** Pictures and labels as notebook 4 prepares them: MNIST's to train with, or others in their form. */
export async function prepared(set = undefined) {
  const {tf, mnist} = require('convlab');
  const train = set ?? (await mnist.load()).train;
  const [x, y] = tf.tidy(() => [
    train.tensor().expandDims(3).div(255),
    tf.oneHot(tf.tensor1d(train.labels, 'int32'), 10),
  ]);
  return {x, y};
}

/** The network trained as there, on MNIST or on another set, and how its training went. */
export async function walkthrough(seed, set = undefined) {
  const {tf, fit} = require('convlab');
  const model = compiled(seed);
  const {x, y} = await prepared(set);
  const {history} = await fit(model, x, y, {epochs: 8, batchSize: 128, validationSplit: 0.2, seed, verbose: 0});
  tf.dispose([x, y]);
  return {model, history};
}
