import {describe, expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';
import {listenToNotes, told} from '../../notes';

const {layers} = tf;
listenToNotes();

/** The notes among the lines of one `fit` over four examples. */
async function notes(first: tf.layers.Layer[], x: tf.Tensor, {y = labels(), loss = 'categoricalCrossentropy'} = {}) {
  const model = tf.sequential({layers: [...first, layers.flatten(), layers.dense({units: 3, activation: 'softmax'})]});
  model.compile({optimizer: 'sgd', loss});
  return [await linesOf(model, x, y), await linesOf(model, x, y)].map((lines) =>
    lines.filter((line) => line.startsWith('Note:')),
  );
}

async function linesOf(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor): Promise<string[]> {
  told.length = 0;
  await fit(model, x, y);
  return [...told];
}

const labels = () => tf.oneHot([0, 1, 2, 0], 3);
const pixels = tf.fill([4, 6, 6, 1], 255);
const shape = {inputShape: [6, 6, 1]};
const convolution = (options: object = {}) => layers.conv2d({filters: 2, kernelSize: 3, ...options});

const divide =
  'Note: x holds numbers up to 255. Networks learn best from numbers between 0 and 1: divide by 255, here and wherever this model is used, or begin the model with tf.layers.rescaling({scale: 1 / 255}).';

describe('fit notes, once a model,', () => {
  test.each([
    ['a convolution', [convolution(shape)]],
    ['a dense layer behind others that make no number smaller', [layers.maxPooling2d({poolSize: 2, ...shape})]],
  ])('that pixels from 0 to 255 meet %s', async (_name, first) => {
    expect(await notes(first, pixels)).toEqual([[divide], []]);
  });

  test('that rows of labels add up to more than 1', async () => {
    const [first] = await notes([convolution(shape)], pixels.div(255), {y: tf.ones([4, 3])});
    expect(first).toEqual([
      'Note: a row of y adds up to 3, where the rows of one-hot labels add up to 1. tf.oneHot(numbers, 3) makes them from class numbers.',
    ]);
  });
});

describe('fit notes nothing', () => {
  test('for numbers from 0 to 1 and for standardized ones', async () => {
    expect(await notes([convolution(shape)], pixels.div(255))).toEqual([[], []]);
    expect(await notes([convolution(shape)], pixels.div(-60))).toEqual([[], []]);
  });

  test('where a layer of the model deals with large numbers', async () => {
    expect(await notes([layers.rescaling({scale: 1 / 255, ...shape}), convolution()], pixels)).toEqual([[], []]);
    expect(await notes([layers.batchNormalization(shape), convolution()], pixels)).toEqual([[], []]);
    const words = layers.embedding({inputDim: 300, outputDim: 2, inputLength: 5});
    expect(await notes([words], tf.fill([4, 5], 299))).toEqual([[], []]);
  });

  test('about labels that are as likely as not, or of a loss that takes any', async () => {
    expect(await notes([convolution(shape)], pixels.div(255), {y: tf.fill([4, 3], 1 / 3)})).toEqual([[], []]);
    const any = {y: tf.ones([4, 3]), loss: 'binaryCrossentropy'};
    expect(await notes([convolution(shape)], pixels.div(255), any)).toEqual([[], []]);
  });
});
