import {describe, expect, test} from '@jest/globals';
import {evaluate, fit, predict, tf} from 'convlab';

// A run that fails half-way leaves as many tensors as there were before it.

const {layers} = tf;
const numbers = (n: number) => tf.tensor1d(Array.from({length: n}, (_, i) => i / n));
const x = numbers(40);
const y = numbers(40);
const nan = tf.fill([40], NaN);

function model(loss: Parameters<tf.Sequential['compile']>[0]['loss'] = 'meanSquaredError') {
  const made = tf.sequential({layers: [layers.dense({units: 1, inputShape: [1]})]});
  made.compile({optimizer: 'sgd', loss});
  return made;
}

/** Batches of which the third is `last`, or whose third fails. */
async function* batches(last?: () => tf.TensorContainer) {
  for (let i = 0; i < 2; i++) yield await Promise.resolve({xs: tf.ones([4, 1]), ys: tf.ones([4, 1])});
  if (last === undefined) throw new Error('the disk is gone');
  yield last() as never;
}

function failingAfter(calls: number): () => void {
  let count = 0;
  return () => {
    if (++count > calls) throw new Error('enough');
  };
}

const options = {verbose: 0, batchSize: 8} as const;

describe.each(['graph', 'eager'] as const)('on the %s engine nothing is left by', (engine) => {
  const shared = model();
  const own = {...options, engine};
  // A stream brings batches of its own.
  const ofStream = {verbose: 0, engine} as const;
  const cases: [string, () => Promise<unknown>, string][] = [
    ['a callback that fails', () => fit(shared, x, y, {...own, callbacks: {onBatchEnd: failingAfter(2)}}), 'enough'],
    [
      'one that fails before a batch',
      () => fit(shared, x, y, {...own, callbacks: {onBatchBegin: failingAfter(2)}}),
      'enough',
    ],
    [
      'one that fails after an epoch',
      () => fit(shared, x, y, {...own, callbacks: {onEpochEnd: failingAfter(0)}}),
      'enough',
    ],
    ['a stream that fails', () => fit(shared, batches(), ofStream), 'the disk is gone'],
    [
      'a batch of another shape',
      () =>
        fit(
          shared,
          batches(() => ({xs: tf.ones([4, 2]), ys: tf.ones([4, 1])})),
          ofStream,
        ),
      'x has shape [4, 2]',
    ],
    [
      'a batch with a NaN',
      () =>
        fit(
          shared,
          batches(() => ({xs: tf.fill([4, 1], NaN), ys: tf.ones([4, 1])})),
          ofStream,
        ),
      'holds NaN',
    ],
    [
      'a batch without labels',
      () =>
        evaluate(
          shared,
          batches(() => tf.ones([4, 1])),
          ofStream,
        ),
      'must be {xs, ys}',
    ],
    ['a prediction from a stream that fails', () => predict(shared, batches(), {engine}), 'the disk is gone'],
    ['labels with a NaN', () => fit(shared, x, nan, own), 'y holds NaN'],
    [
      'validation labels with a NaN',
      () => fit(shared, x, y, {...own, validationData: [x, nan]}),
      'validationData: y holds NaN',
    ],
    ['a split that leaves nothing', () => fit(shared, x, y, {...own, validationSplit: 0.99}), 'leaves none'],
  ];
  test.each(cases)('%s', async (_name, run, message) => {
    await fit(shared, x, y, own);
    const {numTensors} = tf.memory();
    await expect(run()).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test('a loss that fails', async () => {
    const fails = (): tf.Scalar => {
      throw new Error('no such loss');
    };
    const failing = model(fails);
    const {numTensors} = tf.memory();
    await expect(fit(failing, x, y, own)).rejects.toThrow('no such loss');
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
