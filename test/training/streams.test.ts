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
