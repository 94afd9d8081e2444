// What TensorFlow 2.21's GradientTape gives, at the places where slopes change.
import {describe, expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';

const slopes = (f: (x: tf.Tensor) => tf.Tensor, x: tf.TensorLike) => [...tf.grad(f)(tf.tensor(x)).dataSync()];

test('the slope of an absolute value at 0 is 0', () => {
  expect(slopes((x) => tf.abs(x), [-2, 0, 3])).toEqual([-1, 0, 1]);
});

describe('places that share the largest or the smallest value share its slope', () => {
  test.each<[string, (x: tf.Tensor) => tf.Tensor, number[]]>([
    ['max along an axis', (x) => x.max(1), [0, 0.5, 0.5, 1 / 3, 1 / 3, 1 / 3]],
    ['max with its axis kept, counted from the end', (x) => x.max(-1, true), [0, 0.5, 0.5, 1 / 3, 1 / 3, 1 / 3]],
    ['max of all', (x) => x.max(), [0, 0.5, 0.5, 0, 0, 0]],
    ['min along an axis', (x) => x.min(1), [1, 0, 0, 1 / 3, 1 / 3, 1 / 3]],
    ['min of all, by a list of axes', (x) => x.min([0, 1]), [1, 0, 0, 0, 0, 0]],
  ])('%s', (_, f, expected) => {
    const found = slopes(f, [[1, 3, 3], [2, 2, 2]]); // prettier-ignore
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 6);
    });
  });
});

test('relu6 has none at 0 and at 6', () => {
  expect(slopes((x) => tf.relu6(x), [-1, 0, 3, 6, 7])).toEqual([0, 0, 1, 0, 0]);
});

test('selu has that of the side above at 0, and prelu none', () => {
  const [below, at, above] = slopes((x) => tf.selu(x), [-1, 0, 3]);
  expect(below).toBeCloseTo(0.6467686, 6);
  expect([at, above]).toEqual([above, above]);
  expect(slopes((x) => tf.prelu(x, tf.scalar(0.25)), [-1, 0, 3])).toEqual([0.25, 0, 1]);
});

test('prelu’s own slope is summed up over what shares it', () => {
  const x = tf.tensor([[-3, 0, 2], [-1, -2, 4]]); // prettier-ignore
  const alpha = tf.tensor1d([0.1, 0.2, 0.3]);
  expect([
    ...tf
      .grad((each: tf.Tensor) => tf.prelu(x, each))(alpha)
      .dataSync(),
  ]).toEqual([-4, -2, 0]);
});

test('places that are looked up have none, also where they were computed', () => {
  const rows = tf.tensor2d([[1, 2], [3, 4]]); // prettier-ignore
  const f = (x: tf.Tensor) => tf.gather(rows, x.toInt()).sum(1).mul(x);
  // Of the factor alone: the sums of the rows 1 and 0.
  expect(slopes(f, [1.5, 0.5])).toEqual([7, 3]);
});

test('a division that is rounded down has none, as steps have none', () => {
  expect(slopes((x) => x.floorDiv(tf.scalar(2)).mul(3), [5, 7])).toEqual([0, 0]);
});

test.each(['graph', 'eager'] as const)(
  'what an L1 penalty or an absolute error has at 0 stays there, engine %s',
  async (engine) => {
    const model = tf.sequential({
      layers: [tf.layers.dense({units: 1, inputShape: [1], kernelInitializer: 'zeros', biasRegularizer: 'l1l2'})],
    });
    model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanAbsoluteError'});
    await fit(model, tf.ones([4, 1]), tf.zeros([4, 1]), {epochs: 2, verbose: 0, engine});
    expect(model.getWeights().map((weight) => weight.dataSync()[0])).toEqual([0, 0]);
  },
);

test.each(['graph', 'eager'] as const)(
  'a blank picture moves a network by its place once, engine %s',
  async (engine) => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({filters: 1, kernelSize: 1, kernelInitializer: 'zeros', inputShape: [4, 4, 1]}),
        tf.layers.globalMaxPooling2d({}),
      ],
    });
    model.compile({optimizer: tf.train.sgd(0.5), loss: 'meanSquaredError'});
    await fit(model, tf.zeros([1, 4, 4, 1]), tf.ones([1, 1]), {epochs: 1, verbose: 0, engine});
    // 0 + 0.5 × 2 × (1 - 0); sixteen places each gave it whole.
    expect(model.getWeights()[1]!.dataSync()[0]).toBe(1);
  },
);
