import {expect, test} from '@jest/globals';
import {evaluate, fit, predict, tf} from 'convlab';
import {listenToNotes, told} from '../notes';
import {classifier, quiet, x, y} from './classifier';

listenToNotes();

test('takes batches from a tf.data.Dataset and from an async iterable, and frees them', async () => {
  const model = classifier();
  const dataset = tf.data
    .array(Array.from({length: 20}, (_, i) => i))
    .map(() => ({xs: tf.ones([6]), ys: tf.tensor1d([1, 0, 0])}))
    .batch(8);
  const stream = {
    async *[Symbol.asyncIterator]() {
      for (let i = 0; i < 3; i++) yield await Promise.resolve({xs: tf.ones([4, 6]), ys: tf.oneHot([0, 1, 2, 0], 3)});
    },
  };
  await fit(model, dataset, {...quiet, epochs: 2});
  const {numTensors} = tf.memory();
  const history = await fit(model, dataset, {epochs: 2, validationData: stream});
  expect(history.history.val_loss).toHaveLength(2);
  expect(told[1]).toMatch(/^3\/3 - /);
  expect(Object.keys(await evaluate(model, stream, {verbose: 0}))).toEqual(['loss', 'accuracy']);
  // The stream leaks what its own expressions make besides the batch: one tensor in each of 9 batches.
  expect(tf.memory().numTensors - numTensors).toBeLessThanOrEqual(9);
  expect((await predict(model, stream)).shape).toEqual([12, 3]);
});

test('leaves the tensors of a stream that were kept, and says of others that they are used up', async () => {
  const batch = {xs: tf.keep(x.clone()), ys: tf.keep(y.clone())};
  const stream = (batches: (typeof batch)[]) => ({
    async *[Symbol.asyncIterator]() {
      for (const each of batches) yield await Promise.resolve(each);
    },
  });
  const {epoch} = await fit(classifier(), stream([batch, batch]), {
    ...quiet,
    epochs: 2,
    validationData: stream([batch]),
  });
  expect(epoch).toEqual([0, 1]);
  expect([batch.xs.isDisposed, batch.ys.isDisposed]).toEqual([false, false]);
  const once = {xs: x.clone(), ys: y.clone()};
  await expect(fit(classifier(), stream([once]), {...quiet, epochs: 2})).rejects.toThrow(
    'fit: the stream gives tensors that are disposed: each is freed once its batch has been used; give new ones every time, or keep them with tf.keep',
  );
});

test('says of a stream of single examples how batches are made of them', async () => {
  const words =
    'the stream gives single examples, x of shape [6], but the model takes batches, [n, 6]; of a tf.data.Dataset dataset.batch(32) makes them';
  const singles = tf.data.array([1, 2, 3]).map(() => ({xs: tf.ones([6]), ys: tf.tensor1d([1, 0, 0])}));
  await expect(fit(classifier(), singles, quiet)).rejects.toThrow(`fit: ${words}`);
  await expect(evaluate(classifier(), singles, {verbose: 0})).rejects.toThrow(`evaluate: ${words}`);
  await expect(predict(classifier(), singles)).rejects.toThrow(`predict: ${words}`);
  await fit(classifier(), singles.batch(2), quiet);
});

test('refuses a batchSize with a stream, unless there are other examples that it is for', async () => {
  const words = 'batchSize is for examples in memory; a stream brings batches of its own, so leave it out';
  const stream = tf.data.array([1, 2]).map(() => ({xs: tf.ones([4, 6]), ys: tf.oneHot([0, 1, 2, 0], 3)}));
  await expect(fit(classifier(), stream, {...quiet, batchSize: 4})).rejects.toThrow(`fit: ${words}`);
  await expect(fit(classifier(), stream, {...quiet, batchSize: 4, validationData: stream})).rejects.toThrow(words);
  await expect(evaluate(classifier(), stream, {verbose: 0, batchSize: 4})).rejects.toThrow(`evaluate: ${words}`);
  await expect(predict(classifier(), stream, {batchSize: 4})).rejects.toThrow(`predict: ${words}`);
  const {history} = await fit(classifier(), stream, {...quiet, batchSize: 4, validationData: [x, y]});
  expect(history.val_loss).toHaveLength(1);
});
