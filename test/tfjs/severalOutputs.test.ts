// Layers with several outputs: tfjs computed them once for each that is used. The reference for the averages is Keras 3.15.1:
// after one step the two calls of the normalization have each brought them half the way to the batch's.
import {describe, expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';

const {layers} = tf;
type Tensor = tf.SymbolicTensor;

describe('A layer with several outputs is computed once', () => {
  test.each(['graph', 'eager'] as const)(
    'in training: batch normalization measures once, engine %s',
    async (engine) => {
      const normalization = layers.batchNormalization({momentum: 0.5});
      const inside = tf.input({shape: [2]});
      const [once, again] = [normalization.apply(inside), normalization.apply(inside)] as [Tensor, Tensor];
      const inner = tf.model({inputs: inside, outputs: [layers.add().apply([once, inside]) as Tensor, again]});
      const input = tf.input({shape: [2]});
      const outputs = layers.add().apply(inner.apply(input)) as Tensor;
      const model = tf.model({inputs: input, outputs});
      model.compile({optimizer: tf.train.sgd(0), loss: 'meanSquaredError'});
      const x = tf.tensor2d([1, 5, 3, 11], [2, 2]);
      await fit(model, x, x, {epochs: 1, verbose: 0, engine});
      const mean = normalization.weights.find(({originalName}) => originalName.includes('moving_mean'))!;
      expect([...mean.read().dataSync()]).toEqual([1.5, 6]);
    },
  );

  test('a stateful layer goes on by one step a call', () => {
    const lstm = layers.simpleRNN({
      units: 1,
      stateful: true,
      returnState: true,
      activation: 'linear',
      kernelInitializer: 'ones',
      recurrentInitializer: 'ones',
    });
    const input = tf.input({batchShape: [1, 1, 1]});
    const model = tf.model({inputs: input, outputs: lstm.apply(input) as Tensor[]});
    const sums = [1, 2, 3].map(() =>
      (model.predict(tf.ones([1, 1, 1])) as tf.Tensor[]).map((each) => each.dataSync()[0]),
    );
    expect(sums).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  test('outputs of one call come from one dropout', () => {
    const linear = (x: Tensor) => layers.activation({activation: 'linear'}).apply(x) as Tensor;
    const inside = tf.input({shape: [50]});
    const dropped = layers.dropout({rate: 0.5}).apply(inside) as Tensor;
    const inner = tf.model({inputs: inside, outputs: [dropped, linear(dropped)]});
    const input = tf.input({shape: [50]});
    const [first, second] = inner.apply(input) as [Tensor, Tensor];
    const model = tf.model({inputs: input, outputs: [linear(first), second]});
    const [a, b] = model.apply(tf.ones([1, 50]), {training: true}) as [tf.Tensor, tf.Tensor];
    expect(a.arraySync()).toEqual(b.arraySync());
  });

  test('and anew for a second call with the same inputs, when the first call’s outputs are used up', () => {
    const inside = tf.input({shape: [2]});
    const doubled = layers.add().apply([inside, inside]) as Tensor;
    const inner = tf.model({inputs: inside, outputs: [doubled, layers.multiply().apply([inside, inside]) as Tensor]});
    const input = tf.input({shape: [2]});
    const sumOf = (pair: Tensor[]) =>
      layers.activation({activation: 'linear'}).apply(layers.add().apply(pair)) as Tensor;
    const outputs = [1, 2].map(() => sumOf(inner.apply(input) as Tensor[]));
    const model = tf.model({inputs: input, outputs: layers.concatenate().apply(outputs) as Tensor});
    expect((model.predict(tf.tensor2d([[1, 3]])) as tf.Tensor).arraySync()).toEqual([[3, 15, 3, 15]]);
  });

  test('and anew where it is called again, with the weights that it has then', () => {
    const rnn = layers.simpleRNN({units: 1, returnState: true, kernelInitializer: 'zeros'});
    const input = tf.input({shape: [1, 1]});
    const model = tf.model({inputs: input, outputs: rnn.apply(input) as Tensor[]});
    const x = tf.ones([1, 1, 1]);
    const call = () => (model.apply(x) as tf.Tensor[]).map((each) => each.dataSync()[0]);
    expect(call()).toEqual([0, 0]);
    rnn.setWeights([tf.tensor2d([[100]]), tf.zeros([1, 1]), tf.zeros([1])]);
    expect(call()).toEqual([1, 1]);
  });
});
