// How long saving and loading take: node tools/keras/measure/speed.mjs (after npm run setup). Medians of five, in ms,
// after one of each; the first save and load are printed, too, since they start the thread that knows HDF5.
import {mkdtempSync, rmSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const {tf, keras} = createRequire(import.meta.url)('../../../lib/dist/index.js');
const folder = mkdtempSync(join(tmpdir(), 'convlab-speed-'));
const L = tf.layers;

const walkthrough = tf.sequential();
walkthrough.add(L.conv2d({inputShape: [28, 28, 1], filters: 32, kernelSize: 3, activation: 'relu'}));
walkthrough.add(L.maxPooling2d({poolSize: 2}));
walkthrough.add(L.conv2d({filters: 32, kernelSize: 3, activation: 'relu'}));
walkthrough.add(L.maxPooling2d({poolSize: 2}));
walkthrough.add(L.flatten());
walkthrough.add(L.dense({units: 32, activation: 'relu'}));
walkthrough.add(L.dense({units: 10, activation: 'softmax'}));
walkthrough.compile({optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy']});

const large = tf.sequential();
large.add(L.dense({inputShape: [5000], units: 4000, kernelInitializer: 'zeros'}));
large.add(L.dense({units: 1250, kernelInitializer: 'zeros'}));

for (const [name, model] of Object.entries({walkthrough, large})) {
  console.log(`${name}: ${model.countParams().toLocaleString('en')} parameters`);
  for (const ext of ['h5', 'keras']) {
    const path = join(folder, `${name}.${ext}`);
    const saves = [];
    const loads = [];
    for (let i = 0; i < 6; i++) {
      saves.push(await milliseconds(() => keras.save(model, path)));
      /** @type {any} */
      let loaded;
      loads.push(await milliseconds(async () => (loaded = await keras.load(path))));
      loaded.dispose();
    }
    const size = (statSync(path).size / 2 ** 20).toFixed(1);
    console.log(`  .${ext} (${size} MB): save ${summary(saves)}, load ${summary(loads)}`);
  }
}
rmSync(folder, {recursive: true});

async function milliseconds(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** @param {number[]} times */
function summary([first, ...others]) {
  const median = others.sort((a, b) => a - b)[Math.floor(others.length / 2)];
  return `${median.toFixed(0)} ms (first ${first.toFixed(0)})`;
}
