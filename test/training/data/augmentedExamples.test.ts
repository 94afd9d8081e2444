import {describe, expect, test} from '@jest/globals';
import {augment, type AugmentOptions, fit, ImageSet, tf} from 'convlab';

describe('augment(…) with validationSplit', () => {
  const set = new ImageSet(
    Uint8Array.from({length: 10 * 81}, (_, i) => (i * 29) % 256),
    [10, 9, 9],
    Uint8Array.from({length: 10}, (_, i) => i % 3),
  );
  const x = set.tensor().expandDims(-1);
  const y = tf.oneHot(tf.tensor1d(set.labels, 'int32'), 3);
  const change: AugmentOptions = {shift: 3, flip: 'horizontal', brightness: 0.3, valueRange: [0, 255], seed: 1};
  const model = () => {
    const start = tf.initializers.glorotUniform({seed: 3});
    const made = tf.sequential({
      layers: [
        tf.layers.rescaling({scale: 1 / 255, inputShape: [9, 9, 1]}),
        tf.layers.flatten(),
        tf.layers.dense({units: 3, activation: 'softmax', kernelInitializer: start}),
      ],
    });
    made.compile({optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy'});
    return made;
  };
  const options = {epochs: 2, seed: 1, verbose: 0} as const;

  test.each([
    ['a set', () => augment(set, {...change, batchSize: 3})],
    ['tensors', () => augment(x, y, {...change, batchSize: 3})],
  ])('keeps the last of %s aside as they are, and learns from the others changed', async (_, stream) => {
    const [one, other] = [model(), model()];
    const before = tf.memory().numTensors;
    const split = await fit(one, stream(), {...options, validationSplit: 0.4});
    // No more than what each model's first training leaves to its optimizer.
    const left = tf.memory().numTensors - before;
    // The same by hand: the first six alone are changed, the last four aren't.
    const firsts = augment(x.slice(0, 6), y.slice(0, 6), {...change, batchSize: 3});
    const byHand = await fit(other, firsts, {...options, validationData: [x.slice(6), y.slice(6)]});
    expect(split.history).toEqual(byHand.history);
    expect(split.history.val_loss).toHaveLength(2);
    expect(left).toBe(0);
  });

  test('of a stream there is nothing to keep aside', async () => {
    async function* stream() {
      yield await Promise.resolve(set);
    }
    const changed = augment({[Symbol.asyncIterator]: stream}, {shift: 1});
    await expect(fit(model(), changed, {...options, validationSplit: 0.4})).rejects.toThrow(
      'fit: validationSplit needs all the examples in memory, but x is a stream; pass validationData',
    );
  });

  test('a split that leaves nothing is refused', async () => {
    const one = augment(set.select([0]), change);
    await expect(fit(model(), one, {...options, validationSplit: 0.5})).rejects.toThrow(
      'fit: validationSplit 0.5 leaves none of the 1 examples to learn from',
    );
  });
});
