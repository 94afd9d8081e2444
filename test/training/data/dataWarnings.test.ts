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

  const oneHot = (sum: number) =>
    `Note: a row of y adds up to ${sum}, where the rows of one-hot labels add up to 1. tf.oneHot(numbers, classes) makes them from class numbers, which count from 0 to classes - 1; it leaves a row of zeros for any other.`;

  test('that rows of labels add up to more than 1', async () => {
    const [first] = await notes([convolution(shape)], pixels.div(255), {y: tf.ones([4, 3])});
    expect(first).toEqual([oneHot(3)]);
  });

  test('that a row of labels behind the first batch is all zeros', async () => {
    const numbers = tf.tensor1d([...Array<number>(60).fill(0), 3], 'int32');
    const options = {y: tf.oneHot(numbers, 3)};
    const [first] = await notes([convolution(shape)], tf.ones([61, 6, 6, 1]), options);
    expect(first).toEqual([oneHot(0)]);
  });

  test.each([
    [
      'one output can’t tell classes apart',
      {loss: 'categoricalCrossentropy', activation: 'sigmoid'},
      "Note: one output can't tell classes apart by categoricalCrossentropy. For two classes compile with binaryCrossentropy and give the last layer activation: 'sigmoid', or give it 2 units.",
    ],
    [
      'the softmax of one output is always 1',
      {loss: 'binaryCrossentropy', activation: 'softmax'},
      "Note: the softmax of a single output is always 1, whatever the model learns. For two classes give the last layer activation: 'sigmoid'.",
    ],
    [
      'labels of yes and no are beyond 0 and 1',
      {loss: 'binaryCrossentropy', activation: 'sigmoid', y: tf.tensor1d([1, 2, 1, 2])},
      'Note: y holds 2, where binaryCrossentropy expects 0, 1 or a number between. Count two classes as 0 and 1; for more compile with sparseCategoricalCrossentropy and give the last layer a unit for each.',
    ],
  ] as const)('that %s', async (_name, {loss, activation, ...given}, note) => {
    const model = tf.sequential({layers: [layers.dense({units: 1, activation, inputShape: [2]})]});
    model.compile({optimizer: 'sgd', loss});
    const y = 'y' in given ? given.y : tf.tensor1d([0, 1, 1, 0]);
    expect((await linesOf(model, tf.ones([4, 2]), y)).filter((line) => line.startsWith('Note:'))).toEqual([note]);
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
