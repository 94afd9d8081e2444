import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';
import type {JsonObject} from '../../lib/src/keras/json';
import {ofLayer, predicted} from './ofLayer';

/** 0 to 7. */
const volume = () => tf.range(0, 8).reshape([1, 2, 2, 2, 1]);

test.each<[string, JsonObject, number[], number[]]>([
  ['GlobalAveragePooling3D', {}, [1, 1], [3.5]],
  ['GlobalMaxPooling3D', {keepdims: true}, [1, 1, 1, 1, 1], [7]],
  ['UpSampling3D', {size: [1, 2, 1]}, [1, 2, 4, 2, 1], [0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7]],
  ['Cropping3D', {cropping: [[1, 0], [0, 1], [0, 0]]}, [1, 1, 1, 2, 1], [4, 5]],
  ['ZeroPadding3D', {padding: [[0, 0], [1, 0], [0, 0]]}, [1, 2, 3, 2, 1], [0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 7]],
])('%s with %j goes over depth, height and width', async (className, config, shape, expected) => {
  const model = await ofLayer(className, config, [2, 2, 2, 1]);
  expect(predicted(model, volume()).shape).toEqual(shape);
  expect(model.outputShape).toEqual([null, ...shape.slice(1)]);
  expect([...predicted(model, volume()).dataSync()]).toEqual(expected);
}); // prettier-ignore

test('channels may come first', async () => {
  const model = await ofLayer('GlobalAveragePooling3D', {data_format: 'channels_first'}, [2, 1, 2, 2]);
  expect(predicted(model, volume().reshape([1, 2, 1, 2, 2])).arraySync()).toEqual([[1.5, 5.5]]);
});

test.each(['graph', 'eager'] as const)(
  'batch normalization of volumes and videos predicts, and trains as that of their voxels in rows: %s',
  async (engine) => {
    const normalized = async (shape: number[]) => {
      const layer = tf.layers.batchNormalization({inputShape: shape.slice(1), momentum: 0.5});
      const model = tf.sequential({layers: [layer]});
      model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
      const x = tf.range(0, 32).sin().reshape(shape);
      const before = [...predicted(model, x).dataSync()];
      await fit(model, x, tf.zerosLike(x), {epochs: 2, batchSize: 32, verbose: 0, engine});
      return [...before, ...model.getWeights().flatMap((weight) => [...weight.dataSync()])];
    };
    const [volumes, rows] = [await normalized([2, 2, 2, 2, 2]), await normalized([16, 2])];
    volumes.forEach((each, i) => {
      expect(each).toBeCloseTo(rows[i]!, 5);
    });
  },
);

test('a dilated convolution of volumes sees the corners of each cube', async () => {
  const config = {filters: 1, kernel_size: [2, 2, 2], dilation_rate: [2, 2, 2], use_bias: false};
  const model = await ofLayer('Conv3D', config, [3, 3, 3, 1]);
  model.setWeights([tf.ones([2, 2, 2, 1, 1])]);
  const found = predicted(model, tf.range(0, 27).reshape([1, 3, 3, 3, 1]));
  expect(found.shape).toEqual([1, 1, 1, 1, 1]);
  expect(found.dataSync()[0]).toBe(0 + 2 + 6 + 8 + 18 + 20 + 24 + 26);
});
