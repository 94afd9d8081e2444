// A layer that gets one tensor twice. tfjs counts it once as a reader, and twice as having read: what else reads the tensor
// found it disposed. The reference is the same model with two tensors of equal values, made by two equal layers.
import {describe, expect, test} from '@jest/globals';
import {evaluate, fit, predict, tf} from 'convlab';

const {layers} = tf;
type Tensor = tf.SymbolicTensor;
const apply = (layer: tf.layers.Layer, inputs: Tensor[]) => layer.apply(inputs) as Tensor;

const cases: Record<string, (a: Tensor, b: Tensor) => Tensor> = {
  Add: (a, b) => apply(layers.add(), [a, b]),
  Multiply: (a, b) => apply(layers.multiply(), [a, b]),
  Average: (a, b) => apply(layers.average(), [a, b]),
  Maximum: (a, b) => apply(layers.maximum(), [a, b]),
  Concatenate: (a, b) => apply(layers.concatenate({axis: 1}), [a, b]),
  'Add of three': (a, b) => apply(layers.add(), [a, b, a]),
  Dot: (a, b) => apply(layers.dot({axes: 1}), [a, b]),
  'the states of an LSTM': (a, b) =>
    layers
      .lstm({units: 4, kernelInitializer: 'ones', recurrentInitializer: 'ones'})
      .apply(apply(layers.reshape({targetShape: [4, 1]}), [a]), {initialState: [a, b]}) as Tensor,
};

/** With another reader of the repeated tensor, after the first. */
function network(of: (a: Tensor, b: Tensor) => Tensor, isSame: boolean): tf.LayersModel {
  const input = tf.input({shape: [3]});
  const dense = () => layers.dense({units: 4, kernelInitializer: 'glorotUniform', trainable: false});
  const [first, second] = [dense(), dense()];
  const a = first.apply(input) as Tensor;
  const b = second.apply(input) as Tensor;
  second.setWeights(first.getWeights());
  const joined = of(a, isSame ? a : b);
  const after = layers.dense({units: 4, kernelInitializer: 'ones'}).apply(joined) as Tensor;
  const outputs = layers.add().apply([after, a]) as Tensor;
  const model = tf.model({inputs: input, outputs});
  const weights = [tf.tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [3, 4]).div(20), tf.zeros([4])];
  first.setWeights(weights);
  second.setWeights(weights);
  return model;
}

describe.each(Object.entries(cases))('%s of one tensor, twice', (_, of) => {
  test.each(['graph', 'eager'] as const)('computes and trains as with two, engine %s', async (engine) => {
    const x = tf.randomNormal([8, 3], 0, 1, 'float32', 1);
    const y = tf.randomNormal([8, 4], 0, 1, 'float32', 2);
    const [same, different] = [true, false].map((isSame) => network(of, isSame));
    const near = (a: tf.Tensor, b: tf.Tensor) => {
      expect(a.sub(b).abs().max().dataSync()[0]).toBeLessThan(1e-5);
    };
    near(same!.predict(x) as tf.Tensor, different!.predict(x) as tf.Tensor);
    near(await predict(same!, x, {engine}), different!.predict(x) as tf.Tensor);
    const losses = [];
    for (const model of [same!, different!]) {
      model.compile({optimizer: tf.train.sgd(0.001), loss: 'meanSquaredError'});
      await fit(model, x, y, {epochs: 3, batchSize: 8, shuffle: false, verbose: 0, engine, validationData: [x, y]});
      losses.push(Number((await evaluate(model, x, y, {engine, verbose: 0})).loss));
    }
    expect(losses[0]).toBeCloseTo(losses[1]!, 4);
    near(same!.predict(x) as tf.Tensor, different!.predict(x) as tf.Tensor);
  });
});

test('the layers and the configuration of the model stay its own', () => {
  const model = network(cases.Add!, true);
  expect(model.layers.map((layer) => layer.getClassName())).toEqual(['InputLayer', 'Dense', 'Add', 'Dense', 'Add']);
});
