// Networks besides the walkthrough's in convlab, or in tfjs-node by itself, driven as larger.py is.
//
//   node larger.cjs graph|stock residual|mlp|lstm BATCH EXAMPLES
const readline = require('node:readline');
const {fit, tf} = require('convlab');

const [kind, network, batchText, examplesText] = process.argv.slice(2);
const [batchSize, examples] = [Number(batchText), Number(examplesText)];
const {layers} = tf;

/** Two blocks as in ResNet v1, on 16 and 32 channels, each convolution with batch normalization. */
function residual() {
  /** @returns {any} */
  const normalized = (x, filters, kernelSize, strides) =>
    layers
      .batchNormalization()
      .apply(layers.conv2d({filters, kernelSize, strides, padding: 'same', useBias: false}).apply(x));
  const input = tf.input({shape: [32, 32, 3]});
  /** @type {any} */
  let x = layers.reLU().apply(normalized(input, 16, 3, 1));
  for (const [filters, strides] of [
    [16, 1],
    [32, 2],
  ]) {
    const inner = layers.reLU().apply(normalized(x, filters, 3, strides));
    const shortcut = strides === 1 ? x : normalized(x, filters, 1, strides);
    x = layers.reLU().apply(layers.add().apply([normalized(inner, filters, 3, 1), shortcut]));
  }
  const pooled = layers.globalAveragePooling2d({}).apply(x);
  return tf.model({
    inputs: input,
    outputs: /** @type {any} */ (layers.dense({units: 10, activation: 'softmax'}).apply(pooled)),
  });
}

const networks = {
  residual,
  mlp: () =>
    tf.sequential({
      layers: [
        layers.dense({units: 512, activation: 'relu', inputShape: [784]}),
        layers.dense({units: 512, activation: 'relu'}),
        layers.dense({units: 10, activation: 'softmax'}),
      ],
    }),
  lstm: () =>
    tf.sequential({
      layers: [
        layers.lstm({units: 64, recurrentActivation: 'sigmoid', unitForgetBias: true, inputShape: [28, 28]}),
        layers.dense({units: 10, activation: 'softmax'}),
      ],
    }),
};

const model = networks[network]();
model.compile({optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
const shape = model.inputs[0].shape.slice(1);
// Each class is brighter in a place of its own, so that there is something to learn; larger.py makes the same.
const size = shape.reduce((a, b) => a * b);
const classes = Int32Array.from({length: examples}, (_, i) => i % 10);
const x = tf.tidy(() => {
  const noise = tf.randomUniform([examples, size], 0, 1, 'float32', 1);
  const places = tf
    .range(0, size)
    .mul(10 / size)
    .floor()
    .cast('int32');
  return noise
    .add(tf.tensor2d(classes, [examples, 1]).equal(places).cast('float32'))
    .div(2)
    .reshape([examples, ...shape]);
});
const y = tf.oneHot(tf.tensor1d(classes, 'int32'), 10);

const EPOCHS = 3;
const options = {batchSize, epochs: EPOCHS, verbose: /** @type {const} */ (0)};
const fits = {
  graph: async () => (await fit(model, x, y, options)).history.loss.at(-1),
  stock: async () => (await model.fit(x, y, options)).history.loss.at(-1),
};

console.log(JSON.stringify({ready: true}));
(async () => {
  // Every line asks for a fit, and is told what an epoch of it took.
  const lines = readline.createInterface({input: process.stdin})[Symbol.asyncIterator]();
  while (!(await lines.next()).done) {
    const begin = performance.now();
    const before = process.cpuUsage();
    const loss = await fits[kind]();
    const seconds = (performance.now() - begin) / 1000 / EPOCHS;
    const {user, system} = process.cpuUsage(before);
    const cpu = (user + system) / 1e6 / EPOCHS;
    console.log(JSON.stringify({loss, seconds, cpu, peakMB: process.resourceUsage().maxRSS / 1024}));
  }
})();
