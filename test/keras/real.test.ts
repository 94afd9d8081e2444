// Files that others published: test/fixtures/keras/real/README.md credits them.
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {keras, mnist, predict, tf} from 'convlab';
import {difference, fixture, inFolder, smallModel, weightBytes} from './folder';
import {collectWarnings} from './warnings';

const warnings = collectWarnings();
const real = (name: string) => fixture(join('real', name));

test('an architecture and weights of 2018, from two files, know 1,000 digits of MNIST', async () => {
  const model = await keras.load(real('lenet.json'));
  expect(warnings).toEqual([expect.stringContaining('architecture alone, and its weights start at random')]);
  const start = weightBytes(model);
  expect(start[0]).not.toMatch(/^0*$/);
  await keras.loadWeights(model, real('lenet.weights.h5'));
  expect(weightBytes(model)).not.toEqual(start);

  const digits = (await mnist.load()).test.select(Array.from({length: 1000}, (_, i) => i));
  const found = (await predict(model, digits.tensor().div(255))) as tf.Tensor2D;
  const expected = JSON.parse(readFileSync(real('lenet.predictions.json'), 'utf8')) as number[][];
  // The same sums in float32, in another order.
  expect(difference(found.slice(0, 5).dataSync(), expected.flat())).toBeLessThan(1e-5);
  const right = found.argMax(1).arraySync() as number[];
  expect(right.filter((digit, i) => digit === digits.labels[i]).length).toBeGreaterThan(970);
});

test("a model.json as browsers download it, with weights called './x2.bin'", async () => {
  const model = await keras.load(real('x2.json'));
  const image = tf.range(0, 12).reshape([1, 2, 2, 3]);
  const larger = (model.predict(image) as tf.Tensor).arraySync() as number[][][][];
  expect(larger[0]!.map((row) => row.map(([red]) => red))).toEqual([
    [0, 0, 3, 3],
    [0, 0, 3, 3],
    [6, 6, 9, 9],
    [6, 6, 9, 9],
  ]);
});

test('an architecture by Keras 3 is compiled as it was; one that would fill the memory is refused', async () => {
  const dense = (units: number) => ({
    module: 'keras.layers',
    class_name: 'Dense',
    config: {name: 'dense', units, activation: 'softmax'},
  });
  const input = {module: 'keras.layers', class_name: 'InputLayer', config: {name: 'input', batch_shape: [null, 3]}};
  const json = (units: number) =>
    JSON.stringify({
      module: 'keras',
      class_name: 'Sequential',
      config: {name: 'small', layers: [input, dense(units)]},
      compile_config: {optimizer: 'sgd', loss: 'categorical_crossentropy'},
    });
  await inFolder(async (folder) => {
    const path = join(folder, 'model.json');
    writeFileSync(path, json(2));
    expect((await keras.load(folder)).loss).toBe('categoricalCrossentropy');
    await expect(keras.loadWeights(smallModel(), path)).rejects.toThrow('a .json file holds no weights of Keras');
    writeFileSync(path, json(2 ** 31));
    await expect(keras.load(folder)).rejects.toThrow('its layers need more than 1073741824 weights');
  });
});
