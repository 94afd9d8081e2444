import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  lstatSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {keras, tf} from 'convlab';
import {unzip} from '../../lib/src/files/zip';
import {inFolder, smallData, smallModel, weightBytes} from './folder';

test.each(['h5', 'keras'])(
  'save() and load() keep a model through .%s: weights to the bit, training, names',
  async (ext) => {
    await inFolder(async (folder) => {
      const model = smallModel();
      const [x, y] = smallData();
      for (let i = 0; i < 3; i++) await model.trainOnBatch(x, y);
      const path = join(folder, `model.${ext}`);
      await keras.save(model, path);
      const loaded = await keras.load(path);
      expect(weightBytes(loaded)).toEqual(weightBytes(model));
      expect(loaded.name).toBe('sequential');
      expect(loaded.layers.map((layer) => layer.name)).toEqual(['conv2d', 'max_pooling2d', 'flatten', 'dense']);
      expect(loaded.optimizer.iterations).toBe(3);
      // The same operations on the same numbers: no tolerance.
      for (let i = 0; i < 3; i++) expect(await loaded.trainOnBatch(x, y)).toEqual(await model.trainOnBatch(x, y));
      const again = join(folder, `again.${ext}`);
      await keras.save(loaded, again);
      expect(weightBytes(await keras.load(again))).toEqual(weightBytes(loaded));
      expect(readdirSync(folder).sort()).toEqual([`again.${ext}`, `model.${ext}`]);
    });
  },
);

test.each(['h5', 'keras'])('save() with {includeOptimizer: false} leaves the model in .%s uncompiled', async (ext) => {
  await inFolder(async (folder) => {
    const path = join(folder, `model.${ext}`);
    await keras.save(smallModel(), path, {includeOptimizer: false});
    expect((await keras.load(path)).optimizer).toBeUndefined();
  });
});

test('save() refuses what Keras lacks or computes differently, and writes nothing', async () => {
  const on = (layer: tf.layers.Layer) => tf.sequential({layers: [layer]});
  const ownLoss = smallModel();
  ownLoss.compile({optimizer: 'sgd', loss: (a, b) => tf.losses.meanSquaredError(a, b)});
  const centered = smallModel();
  centered.compile({optimizer: tf.train.rmsprop(0.1, 0.9, 0, 1e-7, true), loss: 'meanSquaredError'});
  const cases: [tf.LayersModel, RegExp][] = [
    [
      on(tf.layers.thresholdedReLU({inputShape: [3], name: 'odd'})),
      /layer 'odd' is a ThresholdedReLU, which can't be written/,
    ],
    [
      on(tf.layers.lstm({inputShape: [3, 2], units: 2, name: 'cell'})),
      /layer 'cell' \(LSTM\): recurrent_activation 'hardSigmoid' is 0\.2x \+ 0\.5 in TensorFlow\.js/,
    ],
    [
      on(tf.layers.upSampling2d({inputShape: [3, 3, 1], interpolation: 'bilinear'})),
      /is TensorFlow\.js's UpSampling2D, which computes otherwise than Keras's/,
    ],
    [
      ownLoss,
      /Keras has no loss 'loss', a function; to save the model without how it was compiled, pass \{includeOptimizer: false\}/,
    ],
    [centered, /Keras's RMSprop computes centered differently; pass \{includeOptimizer: false\}/],
    [tf.sequential(), /the model has no layers yet; add some with model/],
  ];
  await inFolder(async (folder) => {
    for (const [model, message] of cases) {
      for (const ext of ['h5', 'keras'])
        await expect(keras.save(model, join(folder, `m.${ext}`))).rejects.toThrow(message);
    }
    await expect(keras.save(smallModel(), join(folder, 'm.json'))).rejects.toThrow(/must be \.h5 or \.keras/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('save() replaces a file only by a whole one, keeps its permissions, and follows links', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'model.h5');
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    symlinkSync(path, join(folder, 'link.h5'));
    await keras.save(smallModel(), join(folder, 'link.h5'));
    expect(lstatSync(join(folder, 'link.h5')).isSymbolicLink()).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect((await keras.load(path)).layers).toHaveLength(4);
    expect(readdirSync(folder).sort()).toEqual(['link.h5', 'model.h5']);
  });
});

test('save() into a folder that is missing, or over a folder, fails and leaves nothing', async () => {
  await inFolder(async (folder) => {
    await expect(keras.save(smallModel(), join(folder, 'gone', 'model.h5'))).rejects.toThrow(
      /keras\.save: .*model\.h5: there is no folder .*gone/,
    );
    mkdirSync(join(folder, 'model.h5'));
    await expect(keras.save(smallModel(), join(folder, 'model.h5'))).rejects.toThrow(/it exists and is not a file/);
    expect(readdirSync(folder)).toEqual(['model.h5']);
  });
});

test('save() leaves the model and the number of tensors as they were', async () => {
  await inFolder(async (folder) => {
    const model = smallModel();
    const [x, y] = smallData();
    await model.trainOnBatch(x, y);
    const weights = weightBytes(model);
    const names = model.layers.map((layer) => layer.name);
    const before = tf.memory().numTensors;
    for (const ext of ['h5', 'keras']) await keras.save(model, join(folder, `model.${ext}`));
    expect(tf.memory().numTensors).toBe(before);
    expect(weightBytes(model)).toEqual(weights);
    expect(model.layers.map((layer) => layer.name)).toEqual(names);
  });
});

test.each(['h5', 'keras', 'weights.h5'])(
  'a large weight comes through .%s to the bit, as it was when saving began, and no tensor stays',
  async (ext) => {
    await inFolder(async (folder) => {
      // More than a megabyte, which goes straight from memory into the file.
      const kernelInitializer = tf.initializers.glorotUniform({seed: 1});
      const layer = () => tf.layers.dense({inputShape: [600], units: 500, kernelInitializer});
      const model = tf.sequential({layers: [layer()]});
      const before = weightBytes(model);
      const tensors = tf.memory().numTensors;
      const path = join(folder, `model.${ext}`);
      const saving = ext === 'weights.h5' ? keras.saveWeights(model, path) : keras.save(model, path);
      await new Promise(setImmediate);
      tf.tidy(() => {
        model.setWeights(model.getWeights().map((weight) => tf.onesLike(weight)));
      });
      await saving;
      const loaded = ext === 'weights.h5' ? tf.sequential({layers: [layer()]}) : await keras.load(path);
      if (ext === 'weights.h5') await keras.loadWeights(loaded, path);
      expect(weightBytes(loaded).every((bytes, i) => bytes === before[i])).toBe(true);
      loaded.dispose();
      expect(tf.memory().numTensors).toBe(tensors);
      await expect(keras.save(model, join(folder, 'gone', 'model.h5'))).rejects.toThrow('there is no folder');
      expect(tf.memory().numTensors).toBe(tensors);
    });
  },
);

test('several saves and loads at once do not disturb each other', async () => {
  await inFolder(async (folder) => {
    const models = [smallModel(), smallModel(), smallModel()];
    await Promise.all(models.map((model, i) => keras.save(model, join(folder, `${i}.h5`))));
    const loaded = await Promise.all(models.map((_, i) => keras.load(join(folder, `${i}.h5`))));
    loaded.forEach((model, i) => {
      expect(weightBytes(model)).toEqual(weightBytes(models[i]!));
    });
  });
});

test.each(['h5', 'keras'])(
  'save() writes whole numbers as floats into .%s where Keras takes nothing else',
  async (ext) => {
    await inFolder(async (folder) => {
      const path = join(folder, `model.${ext}`);
      const model = smallModel();
      model.compile({optimizer: tf.train.momentum(1, 1), loss: 'meanSquaredError'});
      await keras.save(model, path);
      const zipped =
        ext === 'keras' ? (await unzip(readFileSync(path), () => true)).get('config.json')! : readFileSync(path);
      const text = Buffer.from(zipped).toString('latin1');
      expect(text).toContain('"learning_rate":1.0,');
      expect(text).toContain('"momentum":1.0,');
      expect((await keras.load(path)).optimizer.getConfig()).toMatchObject({learningRate: 1, momentum: 1});
    });
  },
);

test('save() for Keras 2 keeps the hard sigmoid that TensorFlow.js has, and that of Keras 3 keeps its own', async () => {
  const given = () => tf.randomNormal([2, 4, 3], 0, 3, 'float32', 1);
  const outputs = (model: tf.LayersModel) => (model.predict(given()) as tf.Tensor).dataSync();
  await inFolder(async (folder) => {
    const path = join(folder, 'm.h5');
    const recurrent = (recurrentActivation: string) =>
      tf.sequential({layers: [tf.layers.lstm({units: 2, inputShape: [4, 3], recurrentActivation} as never)]});
    const old = recurrent('hardSigmoid');
    await expect(keras.save(old, path)).rejects.toThrow('{kerasVersion: 2}');
    await keras.save(old, path, {kerasVersion: 2});
    expect(outputs(await keras.load(path))).toEqual(outputs(old));
    await expect(keras.save(old, join(folder, 'm.keras'), {kerasVersion: 2})).rejects.toThrow('end the name in .h5');
    const newer = recurrent('hardSigmoidOfSixths');
    await keras.save(newer, path);
    expect(outputs(await keras.load(path))).toEqual(outputs(newer));
    await expect(keras.save(newer, path, {kerasVersion: 2})).rejects.toThrow('without {kerasVersion: 2}');
  });
});

test('save() says that an input leads nowhere', async () => {
  const [used, unused] = [tf.input({shape: [2]}), tf.input({shape: [3], name: 'unused'})];
  const output = tf.layers.dense({units: 1}).apply(used) as tf.SymbolicTensor;
  const model = tf.model({inputs: [used, unused], outputs: output});
  await expect(keras.save(model, 'm.keras')).rejects.toThrow("the input 'unused' leads to no output");
});
