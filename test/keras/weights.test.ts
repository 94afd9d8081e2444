import {copyFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {keras, tf} from 'convlab';
import {difference, fixture, inFolder, notes, smallData, smallModel, weightBytes} from './folder';
import {collectWarnings} from './warnings';

const warnings = collectWarnings();

const renamed = (units: number, prefix: string) =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({inputShape: [6, 6, 1], filters: 3, kernelSize: 3, activation: 'relu', name: `${prefix}conv`}),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.flatten(),
      tf.layers.dense({units, activation: 'softmax', name: `${prefix}/out`}),
    ],
  });

test.each(['a.weights.h5', 'a.h5', 'a.hdf5', 'a.keras'])(
  'loadWeights() gives a model the weights of %s, to the bit',
  async (name) => {
    await inFolder(async (folder) => {
      const model = smallModel();
      await model.trainOnBatch(...smallData());
      const path = join(folder, name);
      await (name.endsWith('.keras') ? keras.save(model, path) : keras.saveWeights(model, path));
      const other = smallModel();
      expect(weightBytes(other)).not.toEqual(weightBytes(model));
      await keras.loadWeights(other, path);
      expect(weightBytes(other)).toEqual(weightBytes(model));
      // In order, since no layer is called alike; Keras counts on with every model of a session.
      const third = renamed(4, 'my');
      await keras.loadWeights(third, path);
      expect(weightBytes(third)).toEqual(weightBytes(model));
    });
  },
);

test('loadWeights() by name fills the layers that the file has, and leaves the others', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'a.h5');
    const base = renamed(4, 'x');
    await keras.saveWeights(base, path);
    const mine = renamed(7, 'x');
    const before = weightBytes(mine);
    await expect(keras.loadWeights(mine, path)).rejects.toThrow(
      /layer 'x\/out': array 'x\/out\/x\/out\/kernel:0' should have shape \[12, 7\], got \[12, 4\]/,
    );
    expect(weightBytes(mine)).toEqual(before);
    await keras.loadWeights(mine, path, {byName: true, skipMismatch: true});
    expect(weightBytes(mine).slice(0, 2)).toEqual(weightBytes(base).slice(0, 2));
    expect(weightBytes(mine).slice(2)).toEqual(before.slice(2));
    expect(warnings).toEqual([expect.stringMatching(/passed over, for another shape or number: x\/out/)]);
    await expect(keras.loadWeights(renamed(4, 'other'), path, {byName: true})).rejects.toThrow(
      /no layer of the model is called as one in the file, where they are 'xconv', 'x\/out', …/,
    );
  });
});

test('loadWeights() says how many layers each has, and load() what to do with weights alone', async () => {
  await inFolder(async (folder) => {
    for (const name of ['a.h5', 'a.weights.h5']) {
      const path = join(folder, name);
      await keras.saveWeights(smallModel(), path);
      const small = tf.sequential({layers: [tf.layers.dense({inputShape: [3], units: 2})]});
      await expect(keras.loadWeights(small, path)).rejects.toThrow(
        /the model has 1 layers with weights, the file 2|array 'layers\/dense\/vars\/0' should have shape \[3, 2\], got \[12, 4\]/,
      );
      await expect(keras.load(path)).rejects.toThrow(
        /it holds weights only, without the model; build the model as it was, or load the \.json of its model\.to_json\(\), then keras\.loadWeights\(model, path\)/,
      );
    }
    await expect(keras.save(smallModel(), join(folder, 'b.weights.h5'))).rejects.toThrow(/keras\.saveWeights/);
  });
});

test('load() goes by what is in a file, whatever it is called', async () => {
  await inFolder(async (folder) => {
    const {x, outputs} = notes('keras3.15.1-cnn.json');
    for (const [from, to] of [
      ['h5', 'a.keras'],
      ['keras', 'b.h5'],
      ['h5', 'c.hdf5'],
      ['keras', 'd'],
    ] as const) {
      // prettier-ignore
      const path = join(folder, to);
      copyFileSync(fixture(`keras3.15.1-cnn.${from}`), path);
      const model = await keras.load(path);
      const found = (model.predict(tf.tensor(x)) as tf.Tensor).dataSync();
      // The same sums in float32, in another order.
      expect(difference(found, (outputs as unknown as number[][][]).flat(3))).toBeLessThan(1e-5);
    }
  });
});

test("load() opens TensorFlow.js's own model.json, and the folder it is in", async () => {
  await inFolder(async (folder) => {
    const model = smallModel();
    await model.save(`file://${join(folder, 'mine')}`);
    for (const path of [join(folder, 'mine'), join(folder, 'mine', 'model.json')]) {
      expect(weightBytes(await keras.load(path))).toEqual(weightBytes(model));
    }
  });
});
