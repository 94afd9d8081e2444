import {symlinkSync, truncateSync, writeFileSync, copyFileSync, mkdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from '@jest/globals';
import {keras, tf} from 'convlab';
import {difference, fixture, inFolder, notes, smallModel} from './folder';
import {collectWarnings} from './warnings';

// The same sums in float32, in another order.
const PREDICTIONS = 1e-5;
// Ten steps of training let such differences grow.
const LOSSES = 1e-3;

const warnings = collectWarnings();

test.each(['keras3.15.1-cnn.h5', 'keras3.15.1-cnn.keras', 'keras2.6-cnn.h5'])(
  'load(%s) predicts as Keras did, and is compiled as it was',
  async (name) => {
    const model = await keras.load(fixture(name));
    const {x, outputs} = notes(name.replace(/\.\w+$/, '.json'));
    const found = (model.predict(tf.tensor(x)) as tf.Tensor).dataSync();
    expect(difference(found, (outputs as unknown as number[][][]).flat(3))).toBeLessThan(PREDICTIONS);
    expect(model.layers[0]!.name).toMatch(/^conv2d/);
    expect(model.loss).toBe('categoricalCrossentropy');
    expect(model.metrics).toEqual(['accuracy']);
    expect(model.optimizer.getClassName()).toBe('Adam');
    expect(model.optimizer.iterations).toBe(5);
    expect(warnings).toEqual([]);
  },
);

test.each(['keras3.15.1-cnn.h5', 'keras3.15.1-cnn.keras'])(
  'load(%s) goes on training where Keras stopped',
  async (name) => {
    const model = await keras.load(fixture(name));
    const {x, y, losses} = notes('keras3.15.1-cnn.json');
    const found: number[] = [];
    for (let i = 0; i < 10; i++) found.push(((await model.trainOnBatch(tf.tensor(x), tf.tensor(y))) as number[])[0]!);
    expect(difference(found, losses)).toBeLessThan(LOSSES);
  },
);

// Keras on JAX and on PyTorch counts steps in 32 bits, on TensorFlow in 64.
test.each(['h5', 'keras'])('load() goes on where Keras on JAX stopped, from .%s, its steps counted', async (ext) => {
  const model = await keras.load(fixture(`keras3.15.1-jax.${ext}`));
  const {x, y, losses} = notes('keras3.15.1-jax.json');
  expect(model.optimizer.iterations).toBe(5);
  const found: number[] = [];
  for (let i = 0; i < 10; i++) found.push((await model.trainOnBatch(tf.tensor(x), tf.tensor(y))) as number);
  expect(difference(found, losses)).toBeLessThan(LOSSES);
});

test.each(['h5', 'keras'])('load() reads a graph with shared and nested layers from .%s', async (ext) => {
  const model = await keras.load(fixture(`keras3.15.1-graph.${ext}`));
  const {x, outputs} = notes('keras3.15.1-graph.json');
  const found = (model.predict(tf.tensor(x)) as tf.Tensor[]).map((tensor) => tensor.dataSync());
  found.forEach((values, i) => {
    expect(difference(values, (outputs[i] as unknown as number[][]).flat())).toBeLessThan(PREDICTIONS);
  });
  expect(model.layers.map((layer) => layer.name)).toEqual(expect.arrayContaining(['a', 'inner', 'shared']));
});

test('load() refuses what TensorFlow.js lacks, by name, and never runs code', async () => {
  await expect(keras.load(fixture('keras3.15.1-lambda.keras'))).rejects.toThrow(
    /lambda\.keras: layer 'double' \(Lambda\) holds Python code, and reading a file never runs code/,
  );
});

test('load() reads layers that TensorFlow.js lacks, which predict as in Keras, after a save, too', async () => {
  const {x, outputs} = notes('keras3.15.1-layers.json');
  const model = await keras.load(fixture('keras3.15.1-layers.keras'));
  const expected = outputs.flat();
  expect(difference((model.predict(tf.tensor(x)) as tf.Tensor).dataSync(), expected)).toBeLessThan(PREDICTIONS);
  await inFolder(async (folder) => {
    for (const ext of ['h5', 'keras']) {
      await keras.save(model, join(folder, `again.${ext}`));
      const again = await keras.load(join(folder, `again.${ext}`));
      expect(difference((again.predict(tf.tensor(x)) as tf.Tensor).dataSync(), expected)).toBeLessThan(PREDICTIONS);
    }
  });
});

test('load() reads the operations between the layers of tf.keras 2, which predict the same, after a save, too', async () => {
  const {x, outputs} = notes('keras2.6-operations.json');
  const model = await keras.load(fixture('keras2.6-operations.h5'));
  const expected = outputs.flat();
  expect(difference((model.predict(tf.tensor(x)) as tf.Tensor).dataSync(), expected)).toBeLessThan(PREDICTIONS);
  await inFolder(async (folder) => {
    for (const ext of ['h5', 'keras']) {
      await keras.save(model, join(folder, `again.${ext}`));
      const again = await keras.load(join(folder, `again.${ext}`));
      expect(difference((again.predict(tf.tensor(x)) as tf.Tensor).dataSync(), expected)).toBeLessThan(PREDICTIONS);
    }
  });
});

test("load() reads recurrent layers for Nvidia's cards, of Keras 2, which predict as it says", async () => {
  const {x, outputs} = notes('keras2.6-cudnn.json');
  const model = await keras.load(fixture('keras2.6-cudnn.h5'));
  expect(difference((model.predict(tf.tensor(x)) as tf.Tensor).dataSync(), outputs.flat())).toBeLessThan(PREDICTIONS);
});

test('load() reads a GRU of Keras, which resets after the product', async () => {
  const model = await keras.load(fixture('keras3.15.1-gru.keras'));
  expect(model.layers.find((layer) => layer.name === 'gru')!.getConfig().resetAfter).toBe(true);
});

test('load() says what is wrong with a path', async () => {
  await inFolder(async (folder) => {
    const path = (name: string) => join(folder, name);
    writeFileSync(path('empty.h5'), '');
    writeFileSync(path('text.keras'), 'a text');
    writeFileSync(path('pickle.h5'), Buffer.from([0x80, 4, 0x95]));
    mkdirSync(path('folder.h5'));
    writeFileSync(path('model.pt'), 'weights');
    writeFileSync(path('page.h5'), '<!DOCTYPE html><html>');
    mkdirSync(path('saved'));
    writeFileSync(path('saved/saved_model.pb'), '');
    symlinkSync(path('nowhere.h5'), path('link.h5'));
    const cases: [string, RegExp][] = [
      ['missing.h5', /missing\.h5: there is no such file/],
      ['model.pt', /it is a model of PyTorch's, which only PyTorch reads/],
      ['page.h5', /it is a web page, not a model/],
      ['saved', /it is a SavedModel, a folder of TensorFlow's own; open it in Python/],
      ['empty.h5', /it is empty/],
      ['text.keras', /it is no model file of Keras's: neither HDF5 \(\.h5\) nor a zip archive \(\.keras\)/],
      ['pickle.h5', /it is a pickle, and reading one runs the code in it/],
      ['folder.h5', /it is a folder without a model\.json/],
      ['link.h5', /there is no such file/],
    ];
    for (const [name, message] of cases) await expect(keras.load(path(name))).rejects.toThrow(message);
  });
});

test.each(['keras3.15.1-cnn.h5', 'keras3.15.1-cnn.keras'])(
  'load(%s) says so when the file ends early',
  async (name) => {
    await inFolder(async (folder) => {
      for (const part of [0.1, 0.5, 0.9, 0.999]) {
        const path = join(folder, name);
        copyFileSync(fixture(name), path);
        truncateSync(path, Math.floor(part * readFileSync(fixture(name)).length));
        await expect(keras.load(path)).rejects.toThrow(new RegExp(`keras\\.load: .*${name}: .+`));
      }
    });
  },
);

test('load() leaves out a metric that TensorFlow.js lacks, leaves a model without its loss uncompiled, and tells', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'model.h5');
    const saved = async (from: string, to: string) => {
      await keras.save(smallModel(), path);
      // The same length, so that nothing else of the file moves.
      const bytes = Buffer.from(readFileSync(path, 'latin1').replaceAll(from, to.padEnd(from.length)), 'latin1');
      writeFileSync(path, bytes);
      return keras.load(path);
    };
    const other = await saved('["accuracy"]', '["f1"]');
    expect(other.metrics).toEqual([]);
    expect(warnings.pop()).toMatch(/left out metric "f1", which isn't computed here; the logs lack it/);
    const uncompiled = await saved('"categorical_crossentropy"', '"ctc"');
    expect(uncompiled.optimizer).toBeUndefined();
    expect(warnings.pop()).toMatch(
      /not compiled: its loss "ctc" isn't computed here; it predicts; call model\.compile\(\)/,
    );
  });
});

test.each(['h5', 'keras'])(
  'load() of a damaged .%s gives a model or an error of ours, and no tensor is left',
  async (ext) => {
    const original = readFileSync(fixture(`keras3.15.1-cnn.${ext}`));
    await inFolder(async (folder) => {
      const path = join(folder, `model.${ext}`);
      const change = fc.tuple(fc.noBias(fc.nat(original.length - 1)), fc.noBias(fc.nat(255)));
      // npm run fuzz:keras does the same a thousand times and more.
      await fc.assert(
        fc.asyncProperty(fc.array(change, {minLength: 1, maxLength: 4}), async (changes) => {
          const bytes = Buffer.from(original);
          for (const [at, value] of changes) bytes[at] = value;
          writeFileSync(path, bytes);
          const before = tf.memory().numTensors;
          const error = await keras.load(path).then(
            () => undefined,
            (reason: unknown) => reason as Error,
          );
          if (!error) return;
          expect(error.message).toContain(`keras.load: ${path}: `);
          expect(tf.memory().numTensors).toBe(before);
        }),
        {numRuns: 30, seed: 4},
      );
    });
  },
);

test('load() allocates no more weights than the file holds, and leaves nothing behind when it fails', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'model.h5');
    await keras.save(smallModel(), path, {includeOptimizer: false});
    const bytes = readFileSync(path, 'latin1').replace('"units":4,', '"units":9,');
    writeFileSync(path, Buffer.from(bytes, 'latin1'));
    const before = tf.memory().numTensors;
    await expect(keras.load(path)).rejects.toThrow(/its layers need more than the 82 weights that it holds/);
    expect(tf.memory().numTensors).toBe(before);
  });
});
