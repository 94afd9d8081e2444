import {describe, expect, test} from '@jest/globals';
import {evaluate, fit, type FitOptions, ImageSet, tf} from 'convlab';

// That weights mean what they mean in Keras is tested in keras.test.ts; here, that all ways to give them mean the same.

const n = 12;
const numbers = Array.from({length: n}, (_, i) => (i % 4 === 0 ? 0 : i % 3 === 0 ? 1 : 2));
const x = tf.tensor2d(
  Array.from({length: 2 * n}, (_, i) => Math.sin(i + 1)),
  [n, 2],
);
const y = tf.oneHot(numbers, 3);
const counts = [0, 1, 2].map((label) => numbers.filter((number) => number === label).length);
const even = numbers.map((label) => n / (3 * counts[label]!));

function classifier(): tf.LayersModel {
  const model = tf.sequential({layers: [tf.layers.dense({units: 3, activation: 'softmax', inputShape: [2]})]});
  model.setWeights([tf.tensor2d([0.1, 0.2, 0.3, -0.1, -0.2, 0.5], [2, 3]), tf.zeros([3])]);
  model.compile({optimizer: tf.train.sgd(0.5), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

/** In batches of four; one-hot labels. */
function stream(sampleWeight?: number[]) {
  return {
    async *[Symbol.asyncIterator]() {
      for (let from = 0; from < n; from += 4) {
        await Promise.resolve();
        const weights = sampleWeight && {sampleWeight: tf.tensor1d(sampleWeight.slice(from, from + 4))};
        yield {xs: x.slice(from, 4), ys: y.slice(from, 4), ...weights};
      }
    },
  };
}

const streamed = {epochs: 2, shuffle: false, verbose: 0} as const;
const common = {...streamed, batchSize: 4} as const;

describe.each(['graph', 'eager'] as const)('with the %s engine', (engine) => {
  const trained = async (options: FitOptions, inputs: 'tensors' | 'stream' | number[] = 'tensors') => {
    const given = {...streamed, engine, ...options};
    const model = classifier();
    const {history} =
      inputs === 'tensors'
        ? await fit(model, x, y, {...given, batchSize: 4})
        : await fit(model, stream(inputs === 'stream' ? undefined : inputs), given);
    return [history.loss, ...model.getWeights().map((weight) => [...weight.dataSync()])];
  };

  test('all ways to give the same weights train the same', async () => {
    const wanted = await trained({sampleWeight: even});
    expect(await trained({})).not.toEqual(wanted);
    expect(await trained({sampleWeight: tf.tensor1d(even)})).toEqual(wanted);
    expect(await trained({sampleWeight: Float32Array.from(even)})).toEqual(wanted);
    expect(await trained({classWeight: 'balanced'})).toEqual(wanted);
    expect(await trained({classWeight: counts.map((count) => n / (3 * count))})).toEqual(wanted);
    expect(await trained({classWeight: 'balanced'}, 'stream')).toEqual(wanted);
    expect(await trained({}, even)).toEqual(wanted);
  });

  test('shuffled examples keep their weights', async () => {
    const shuffled = {shuffle: true, seed: 3};
    const [loss] = await trained({...shuffled, sampleWeight: even});
    const [byClass] = await trained({...shuffled, classWeight: 'balanced'});
    expect(byClass).toEqual(loss);
  });

  test('evaluate weighs the loss, and a stream as tensors', async () => {
    const options = {batchSize: 4, verbose: 0, engine} as const;
    const weighed = await evaluate(classifier(), x, y, {...options, sampleWeight: even});
    const plain = await evaluate(classifier(), x, y, options);
    expect(await evaluate(classifier(), stream(even), {verbose: 0, engine})).toEqual(weighed);
    expect(weighed.loss).not.toBeCloseTo(plain.loss!, 3);
    expect(weighed.accuracy).toBe(plain.accuracy);
  });

  test('validationData brings weights of its own, and knows nothing of classWeight', async () => {
    const history = async (options: FitOptions) =>
      (await fit(classifier(), x, y, {...common, epochs: 1, engine, ...options})).history.val_loss;
    const [plain, byClass] = [await history({validationData: [x, y]}), await history({validationData: [x, y, even]})];
    expect(byClass).not.toEqual(plain);
    const both = await fit(classifier(), x, y, {
      ...common,
      epochs: 1,
      engine,
      classWeight: {0: 9},
      validationSplit: 0.25,
    });
    const model = classifier();
    await fit(model, x.slice(0, 9), y.slice(0, 9), {...common, epochs: 1, engine, classWeight: {0: 9}});
    const after = await evaluate(model, x.slice(9, 3), y.slice(9, 3), {verbose: 0, engine, batchSize: 4});
    expect(both.history.val_loss![0]).toBeCloseTo(after.loss!, 6);
  });
});

test('an ImageSet is weighed by its labels', async () => {
  const set = new ImageSet(
    Uint8Array.from({length: n * 4}, (_, i) => (i * 37) % 7),
    [n, 2, 2],
    Uint8Array.from(numbers),
  );
  const losses = async (options: FitOptions) => {
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({inputShape: [2, 2, 1]}),
        tf.layers.dense({units: 3, activation: 'softmax', kernelInitializer: 'zeros'}),
      ],
    });
    model.compile({optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy'});
    return (await fit(model, set, {...common, ...options})).history.loss;
  };
  expect(await losses({classWeight: 'balanced'})).toEqual(await losses({sampleWeight: even}));
});

test('initialEpoch: what epochs counts is done already', async () => {
  const model = classifier();
  const history = await fit(model, x, y, {...common, epochs: 5, initialEpoch: 3});
  expect(history.epoch).toEqual([3, 4]);
  expect(history.history.loss).toHaveLength(2);
  expect((await fit(model, x, y, {...common, epochs: 2, initialEpoch: 2})).epoch).toEqual([]);
});

test('nothing is left behind', async () => {
  const model = classifier();
  await fit(model, x, y, {...common, classWeight: 'balanced'});
  const before = tf.memory().numTensors;
  await fit(model, x, y, {...common, classWeight: 'balanced'});
  await fit(model, x, y, {...common, sampleWeight: even});
  await fit(model, stream(), {...streamed, classWeight: 'balanced'});
  await evaluate(model, stream(even), {verbose: 0});
  await fit(model, stream(even), {...streamed, classWeight: 'balanced'}).catch(() => undefined);
  expect(tf.memory().numTensors).toBe(before);
});

describe('weights that can’t be meant so are refused:', () => {
  const several = () => tf.tensor2d(Array.from({length: n}, () => [1, 1, 0]));
  const cases: [string, () => Promise<unknown>, string][] = [
    ['too few', () => fit(classifier(), x, y, {sampleWeight: [1, 2]}), 'sampleWeight has 2 numbers but there are 12'],
    ['no numbers', () => fit(classifier(), x, y, {sampleWeight: [NaN, ...even.slice(1)]}), 'sampleWeight'],
    [
      'of a shape that no loss has',
      () => fit(classifier(), x, y, {sampleWeight: tf.ones([n, 3, 2])}),
      'sampleWeight must be numbers of shape [12], got [12, 3, 2]',
    ],
    ['both', () => fit(classifier(), x, y, {sampleWeight: even, classWeight: 'balanced'}), 'not both'],
    ['beside a stream', () => fit(classifier(), stream(), {sampleWeight: even}), '{xs, ys, sampleWeight}'],
    ['both in a stream', () => fit(classifier(), stream(even), {classWeight: {0: 2}}), 'not both'],
    ['a class that there isn’t', () => fit(classifier(), x, y, {classWeight: {3: 2}}), 'names class 3'],
    [
      'a negative one',
      () => fit(classifier(), x, y, {classWeight: {0: -2}}),
      'classWeight must be numbers of at least 0',
    ],
    ['examples of several classes', () => fit(classifier(), x, several(), {classWeight: {0: 2}}), 'needs one class'],
  ];
  test.each(cases)('%s', async (_name, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });
});

test.each(['toString', 'constructor', 'hasOwnProperty', '__proto__'])('a metric may be called %s', async (name) => {
  const metric = (yTrue: tf.Tensor, yPred: tf.Tensor) => yTrue.sub(yPred).abs().mean(-1);
  Object.defineProperty(metric, 'name', {value: name});
  const model = classifier();
  model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: [metric]});
  const {history} = await fit(model, x, y, {...common, validationSplit: 0.25, verbose: 2});
  expect(Object.keys(history)).toEqual(['loss', name, 'val_loss', `val_${name}`]);
  expect(Object.getOwnPropertyDescriptor(history, name)?.value).toHaveLength(2);
});
