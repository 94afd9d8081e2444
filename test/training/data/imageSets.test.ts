import {describe, expect, test} from '@jest/globals';
import {evaluate, fit, ImageSet, predict, tf} from 'convlab';

const {layers} = tf;
const options = {verbose: 0, shuffle: false, batchSize: 2} as const;

/** Six pictures of two colours, of one channel or three. */
function pictures(channels: 1 | 3): ImageSet {
  const shape = channels === 1 ? [6, 4, 4] : [6, 4, 4, 3];
  const pixels = Uint8Array.from({length: 6 * 16 * channels}, (_, i) => (i * 37) % 256);
  return new ImageSet(pixels, shape, Uint8Array.of(0, 1, 2, 2, 1, 0));
}

function classifier(channels: number, loss: string, units = 3) {
  const model = tf.sequential({
    layers: [
      layers.rescaling({scale: 1 / 255, inputShape: [4, 4, channels]}),
      layers.flatten(),
      layers.dense({units, activation: units === 1 ? 'sigmoid' : 'softmax', kernelInitializer: 'zeros'}),
    ],
  });
  model.compile({optimizer: tf.train.sgd(0.5), loss, metrics: ['accuracy']});
  return model;
}

describe.each([1, 3] as const)('an ImageSet of %d channels', (channels) => {
  const set = pictures(channels);
  const x = channels === 1 ? set.tensor().expandDims(-1) : set.tensor();
  const numbers = tf.tensor1d([0, 1, 2, 2, 1, 0], 'int32');

  test.each([
    ['categoricalCrossentropy', tf.oneHot(numbers, 3)],
    ['sparseCategoricalCrossentropy', numbers],
    ['meanSquaredError', tf.oneHot(numbers, 3)],
  ])('is the same to fit, evaluate and predict as its tensors, with %s', async (loss, y) => {
    const [one, other] = [classifier(channels, loss), classifier(channels, loss)];
    const {numTensors} = tf.memory();
    const history = await fit(one, set, {...options, epochs: 2, validationData: set});
    const measured = await evaluate(one, set, {verbose: 0});
    const again = await evaluate(one, set, y, {verbose: 0});
    expect(tf.memory().numTensors).toBe(numTensors);
    const tensors = await fit(other, x, y, {...options, epochs: 2, validationData: [set, y]});
    expect(history.history).toEqual(tensors.history);
    expect(measured).toEqual(await evaluate(other, x, y, {verbose: 0}));
    expect(measured).toEqual(again);
    const predictions = await Promise.all([predict(one, set), predict(other, x)]);
    expect(predictions[0].dataSync()).toEqual(predictions[1].dataSync());
  });
});

test('two classes and one output take the class numbers as they are', async () => {
  const {pixels, shape} = pictures(1);
  const set = new ImageSet(pixels, shape, Uint8Array.of(0, 1, 1, 1, 0, 0));
  const model = classifier(1, 'binaryCrossentropy', 1);
  expect((await evaluate(model, set, {verbose: 0})).loss).toBeCloseTo(Math.log(2), 5);
  await expect(evaluate(model, pictures(1), {verbose: 0})).rejects.toThrow(
    'evaluate: y holds class 2 but the model knows classes 0 to 1',
  );
});

test('a single output may as well be a number that the pictures are counted by', async () => {
  expect((await evaluate(classifier(1, 'meanSquaredError', 1), pictures(1), {verbose: 0})).loss).toBeGreaterThan(0);
});

test('a set that is refused leaves nothing in memory', async () => {
  const model = classifier(3, 'categoricalCrossentropy');
  const {numTensors} = tf.memory();
  await expect(fit(model, pictures(1))).rejects.toThrow('load the pictures with channels: 3');
  expect(tf.memory().numTensors).toBe(numTensors);
});

describe('a set that does not fit says what to do, with', () => {
  const taking = (inputShape: number[]) => {
    const first =
      inputShape.length === 1 ? layers.activation({activation: 'relu', inputShape}) : layers.flatten({inputShape});
    const model = tf.sequential({layers: [first, layers.dense({units: 3, activation: 'softmax'})]});
    model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
    return model;
  };
  const set = (...shape: number[]) =>
    new ImageSet(new Uint8Array(shape.reduce((a, b) => a * b, 3)), [3, ...shape], Uint8Array.of(0, 1, 2));
  test.each([
    ['another size', set(28, 28), [32, 32, 1], 'load the pictures with size: 32, or give'],
    ['a rectangle', set(30, 20), [20, 30, 1], 'load the pictures with size: [20, 30], or give'],
    ['grey for colour', set(28, 28), [32, 28, 3], 'load the pictures with size: [32, 28], channels: 3, or give'],
    ['colour for grey', set(28, 28, 3), [28, 28, 1], 'load the pictures with channels: 1, or give'],
    ['colour and no channels', set(28, 28, 3), [28, 28], 'give the first layer inputShape: [28, 28, 3]'],
    ['a row of numbers', set(28, 28), [784], 'begin the model with tf.layers.flatten({inputShape: [28, 28]})'],
  ])('%s', async (_, given, inputShape, message) => {
    const [model, count] = [taking(inputShape), tf.memory().numTensors];
    await expect(fit(model, given)).rejects.toThrow(message);
    await expect(evaluate(model, given)).rejects.toThrow(message);
    await expect(predict(model, given)).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(count);
  });

  test('a tensor of another size is fixed where the pictures are loaded', async () => {
    await expect(predict(taking([32, 32, 1]), set(28, 28).tensor())).rejects.toThrow('load the pictures with size: 32');
  });

  test.each([
    [
      'its labels in place of y',
      [set(4, 4).labels],
      'fit: an ImageSet brings its labels along; leave out y, got a Uint8A',
    ],
    [
      'another set in place of y',
      [set(4, 4)],
      'fit: an ImageSet brings its labels along; leave out y, got an ImageSet',
    ],
    [
      'a list of two sets to validate by',
      [{validationData: [set(4, 4), set(4, 4)]}],
      'an ImageSet stands for x and y together',
    ],
  ])('%s', async (_, rest, message) => {
    const call = fit as (...given: unknown[]) => Promise<unknown>;
    await expect(call(taking([4, 4]), set(4, 4), ...rest)).rejects.toThrow(message);
    await expect(call(taking([4, 4]), {train: set(4, 4), test: set(4, 4)})).rejects.toThrow(
      'pass its part to learn from',
    );
  });
});
