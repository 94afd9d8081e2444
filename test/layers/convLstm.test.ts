// TensorFlow.js's ConvLSTM2D is the reference: a row is a picture of one row, and so is a volume of one layer.
import {describe, expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';
import type {JsonObject} from '../../lib/src/keras/json';
import {ofLayer, predicted} from './ofLayer';

const settings: JsonObject = {
  filters: 2,
  activation: 'tanh',
  recurrent_activation: 'sigmoid',
  padding: 'same',
  return_sequences: true,
};

/** The same layer over pictures, and over rows or volumes: [className, of an axis's numbers, where the axis of size 1 is]. */
const cases = [
  ['ConvLSTM1D', ([, width]: number[]) => [width!], 'a row'],
  ['ConvLSTM3D', ([height, width]: number[]) => [1, height!, width!], 'a layer of a volume'],
] as const;

describe.each(cases)('%s', (className, along, what) => {
  const isRow = className === 'ConvLSTM1D';
  const size = isRow ? [1, 5] : [3, 4];
  const kernel = isRow ? [1, 3] : [2, 3];

  test.each(['graph', 'eager'] as const)(`learns of ${what} what ConvLSTM2D learns of a picture: %s`, async (engine) => {
    const x = tf.randomNormal([4, 3, ...size, 2], 0, 1, 'float32', 1);
    const other = x.reshape([4, 3, ...along(size), 2]);
    const flat = await ofLayer('ConvLSTM2D', {...settings, kernel_size: kernel}, x.shape.slice(1));
    const own = await ofLayer(className, {...settings, kernel_size: along(kernel)}, other.shape.slice(1));
    const weights = [
      tf.randomNormal([...kernel, 2, 8], 0, 0.5, 'float32', 2),
      tf.randomNormal([...kernel, 2, 8], 0, 0.5, 'float32', 3),
      tf.randomNormal([8], 0, 0.5, 'float32', 4),
    ];
    flat.setWeights(weights);
    own.setWeights(weights.map((each, i) => (i < 2 ? each.reshape([...along(kernel), 2, 8]) : each)));
    expect(own.outputShape).toEqual([null, 3, ...along(size), 2]);
    for (const [model, input] of [[flat, x], [own, other]] as const) {
      model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
      await fit(model, input, tf.zeros(input.shape), {engine, epochs: 2, batchSize: 4, shuffle: false, verbose: 0});
    }
    const difference = predicted(own, other).reshape(x.shape).sub(predicted(flat, x));
    // Sums in another order.
    expect(difference.abs().max().dataSync()[0]).toBeLessThan(1e-5);
  }); // prettier-ignore
});

test('strides, dilation and states have the shapes that Keras gives them', async () => {
  const wide = {...settings, kernel_size: [3], padding: 'valid', return_sequences: false};
  expect((await ofLayer('ConvLSTM1D', {...wide, dilation_rate: [2]}, [3, 9, 1])).outputShape).toEqual([null, 5, 2]);
  expect((await ofLayer('ConvLSTM1D', {...wide, strides: [2]}, [3, 9, 1])).outputShape).toEqual([null, 4, 2]);
  const first = {...wide, kernel_size: [2, 1, 1], data_format: 'channels_first'};
  expect((await ofLayer('ConvLSTM3D', first, [3, 1, 4, 5, 6])).outputShape).toEqual([null, 2, 3, 5, 6]);
});
