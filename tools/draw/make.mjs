/** Puts a trained model, TensorFlow.js and the page's own code into one HTML file. */
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {inRoot} from '../../lib/setup/project.mjs';

const here = (name) => path.join(import.meta.dirname, name);
/** Where notebook 04 leaves its model: opened by hand, and executed by npm start. */
const SAVED = [inRoot('notebooks', 'mymodel.h5'), inRoot('build', 'notebooks', 'mymodel.h5')];

export const savedModels = () => SAVED.filter((file) => fs.existsSync(file));

/**
 * @param {string} file the page to write
 * @returns {Promise<string>} where its model came from
 */
export async function makePage(file) {
  // Here, not above: the library exists only after the set-up, and so does esbuild.
  const convlab = createRequire(import.meta.url)('convlab');
  const {model, source} = await trainedModel(convlab);
  const data = {model: await packModel(convlab.tf, model), examples: await packExamples(convlab.mnist)};
  const parts = {
    STYLE: fs.readFileSync(here('page.css'), 'utf8'),
    // No character in the data can end the script element that carries it.
    DATA: JSON.stringify(data).replace(/</g, '\\u003c'),
    SCRIPT: (await bundle()).replace(/<\/script/g, '<\\/script'),
  };
  const page = fs
    .readFileSync(here('page.html'), 'utf8')
    .replace(/\/\*(STYLE|DATA|SCRIPT)\*\//g, (_, name) => parts[name]);
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, page);
  return source;
}

async function trainedModel({keras, tf, mnist, fit}) {
  const [saved] = savedModels();
  if (saved) return {model: await keras.load(saved), source: path.relative(inRoot(), saved)};
  const {train} = await mnist.load();
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1]}),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu'}),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.flatten(),
      tf.layers.dense({units: 32, activation: 'relu'}),
      tf.layers.dense({units: 10, activation: 'softmax'}),
    ],
  });
  model.compile({optimizer: tf.train.rmsprop(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  const x = train.tensor().expandDims(3).div(255);
  const y = tf.oneHot(tf.tensor1d(train.labels, 'int32'), 10);
  await fit(model, x, y, {epochs: 3, batchSize: 128});
  return {model, source: 'three epochs of training'};
}

/** What tfjs needs to build the model again: the topology, and the weights as one block of bytes. */
async function packModel(tf, model) {
  /** @type {any} */
  let artifacts;
  await model.save(
    tf.io.withSaveHandler((all) => {
      artifacts = all;
      return Promise.resolve({modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(all)});
    }),
  );
  const {modelTopology, weightSpecs, weightData} = artifacts;
  return {topology: modelTopology, weightSpecs, weights: Buffer.from(weightData).toString('base64')};
}

/** The first picture of each digit in the test set. */
async function packExamples(mnist) {
  const {test, classNames} = await mnist.load();
  const firsts = classNames.map((_, digit) => test.labels.indexOf(digit));
  return Buffer.from(test.select(firsts).pixels).toString('base64');
}

async function bundle() {
  const {build} = await import('esbuild');
  const {outputFiles} = await build({
    entryPoints: [here('page.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles[0].text;
}
