// convlab writes every model of models.mjs as .h5 and .keras, and models in the middle of training.
import {
  BEFORE,
  file,
  fit,
  imageFolder,
  keras,
  optimizers as ours,
  predict,
  putArrays,
  putJson,
  samples,
  STEPS,
  tf,
  train,
} from './exchange.mjs';
import {models, optimizers} from './models.mjs';

/** @returns {Promise<object[]>} each with its name; the untrained with `model` and `x`, the others with the next `losses` */
export async function writeModels() {
  /** @type {any[]} */
  const list = [...(await writeUntrained()), ...(await writeTrained()), await writeOwnPictures()];
  putJson(
    'models.json',
    list.map(({name, steps}) => ({name, steps})),
  );
  return list;
}

async function writeUntrained() {
  const list = [];
  for (const {name, inputs, integers, build} of /** @type {any[]} */ (models(tf))) {
    const model = build();
    // Not setWeights(), which takes the weights of a frozen model inside in another order than getWeights() gives.
    model.weights.forEach((weight, i) => weight.write(tf.randomNormal(weight.shape, 0, 0.3, 'float32', i).abs()));
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
  return list;
}

async function writeTrained() {
  const list = [];
  const x = tf.randomNormal([32, 4], 0, 1, 'float32', 1);
  const y = tf.oneHot(tf.range(0, 32, 1, 'int32').mod(tf.scalar(3, 'int32')), 3).toFloat();
  for (const [optimizer, create] of Object.entries(optimizers(tf, ours))) {
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
    for (let i = 0; i < BEFORE; i++) await model.trainOnBatch(x, y);
    for (const ext of ['h5', 'keras']) await keras.save(model, file(`${name}.${ext}`));
    putArrays(`${name}.inputs.json`, [x]);
    putArrays(`${name}.outputs.json`, predict(model, [x]));
    putArrays(`${name}.train.json`, [x, y]);
    list.push({name, steps: STEPS, losses: await train(model, x, y)});
  }
  return list;
}

/** A network that learnt from a reader's own pictures, with its answers to those of the test. */
async function writeOwnPictures() {
  const name = 'ownPictures';
  const archive = samples.photographs;
  const {train, test} = await imageFolder.load(archive, {size: 64});
  const model = tf.sequential({
    layers: [
      tf.layers.rescaling({scale: 1 / 255, inputShape: [64, 64, 3]}),
      tf.layers.conv2d({filters: 8, kernelSize: 3, strides: 2, activation: 'relu'}),
      tf.layers.conv2d({filters: 16, kernelSize: 3, activation: 'relu'}),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({units: 3, activation: 'softmax'}),
    ],
  });
  model.compile({optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy']});
  await fit(model, train, {epochs: 5, verbose: 0});
  const x = [test.tensor()];
  putArrays(`${name}.inputs.json`, x);
  putArrays(`${name}.outputs.json`, predict(model, x));
  for (const ext of ['h5', 'keras']) await keras.save(model, file(`${name}.${ext}`));
  return {name, model, x};
}
