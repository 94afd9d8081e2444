// The walkthrough's network in convlab, or in tfjs-node by itself, driven as network.py is.
//
//   node network.cjs graph|stock FOLDER EXAMPLES BATCH
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const {evaluate, fit, predict, tf} = require('convlab');

const [, , kind, folder, examplesText, batchText] = process.argv;
const [examples, batchSize] = [Number(examplesText), Number(batchText)];

function load(prefix, n) {
  const pixels = fs.readFileSync(path.join(folder, `${prefix}-images-idx3-ubyte`)).subarray(16, 16 + n * 784);
  const labels = fs.readFileSync(path.join(folder, `${prefix}-labels-idx1-ubyte`)).subarray(8, 8 + n);
  const x = tf.tidy(() => tf.tensor(Float32Array.from(pixels), [n, 28, 28, 1]).div(255));
  return [x, tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), 10)];
}

const [x, y] = load('train', examples);
const [testX, testY] = load('t10k', 10000);
const one = testX.slice(0, 1);
const {layers} = tf;
const model = tf.sequential({
  layers: [
    layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1]}),
    layers.maxPooling2d({poolSize: 2}),
    layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu'}),
    layers.maxPooling2d({poolSize: 2}),
    layers.flatten(),
    layers.dense({units: 32, activation: 'relu'}),
    layers.dense({units: 10, activation: 'softmax'}),
  ],
});
model.compile({optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy']});

/** What the two call, and what it tells. */
const engines = {
  graph: {
    fit: async (options) => (await fit(model, x, y, options)).history,
    evaluate: (options) => evaluate(model, testX, testY, options),
    predict: () => predict(model, testX, {batchSize}),
    one: () => predict(model, one),
  },
  stock: {
    async fit(options) {
      const {loss, acc, val_loss, val_acc} = (await model.fit(x, y, options)).history;
      return {loss, accuracy: acc, val_loss, val_accuracy: val_acc};
    },
    async evaluate(options) {
      const [loss, accuracy] = [model.evaluate(testX, testY, options)].flat().map((scalar) => scalar.dataSync()[0]);
      return {loss, accuracy};
    },
    predict: () => model.predict(testX, {batchSize}),
    one: () => model.predict(one),
  },
};
const engine = engines[kind];
let firstBatch;

const commands = {
  async epoch() {
    const began = performance.now();
    const callbacks =
      firstBatch === undefined
        ? {onBatchEnd: () => void (firstBatch ??= (performance.now() - began) / 1000)}
        : undefined;
    const metrics = await engine.fit({batchSize, validationSplit: 0.2, verbose: 0, callbacks});
    return {...Object.fromEntries(Object.entries(metrics).map(([name, [value]]) => [name, value])), firstBatch};
  },
  evaluate: () => engine.evaluate({batchSize, verbose: 0}),
  async predict() {
    const result = await engine.predict();
    result.dataSync();
    result.dispose();
    return {rows: result.shape[0]};
  },
  /** The probabilities of one image, a hundred times: the median of the milliseconds until they are there. */
  async one() {
    const times = [];
    for (let i = 0; i < 100; i++) {
      const began = performance.now();
      const result = await engine.one();
      result.dataSync();
      times.push(performance.now() - began);
      result.dispose();
    }
    return {milliseconds: times.sort((a, b) => a - b)[50]};
  },
};

console.log(JSON.stringify({ready: true}));
(async () => {
  for await (const line of readline.createInterface({input: process.stdin})) {
    const begin = performance.now();
    const cpu = process.cpuUsage();
    const answer = await commands[line.trim()]();
    const {user, system} = process.cpuUsage(cpu);
    const seconds = (performance.now() - begin) / 1000;
    const peakMB = process.resourceUsage().maxRSS / 1024;
    console.log(JSON.stringify({...answer, seconds, cpu: (user + system) / 1e6, peakMB}));
  }
})();
