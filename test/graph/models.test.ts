import {describe, test} from '@jest/globals';
import {tf} from 'convlab';
import {classifier, examples, expectSameTraining, labels, values} from './bothEngines';

const {layers} = tf;

describe('both engines train alike', () => {
  test('with regularizers', async () => {
    const kernelRegularizer = 'l1l2';
    const biasRegularizer = tf.regularizers.l2({l2: 0.1});
    await expectSameTraining(classifier([6], () => [layers.dense({units: 5, kernelRegularizer, biasRegularizer})]));
  });

  test('with constraints', async () => {
    const kernelConstraint = 'nonNeg';
    const biasConstraint = tf.constraints.maxNorm({maxValue: 0.01});
    await expectSameTraining(classifier([6], () => [layers.dense({units: 5, kernelConstraint, biasConstraint})]));
  });

  test('with frozen layers', async () => {
    const frozen = () => layers.dense({units: 4, trainable: false, activation: 'relu'});
    await expectSameTraining(classifier([6], () => [layers.dense({units: 5}), frozen(), layers.dense({units: 5})]));
  });

  test('models of several inputs and outputs with a shared layer', async () => {
    const model = () => {
      const [a, b] = [tf.input({shape: [4], name: 'a'}), tf.input({shape: [4], name: 'b'})];
      const shared = layers.dense({units: 5, activation: 'relu'});
      const [left, right] = [shared.apply(a), shared.apply(b)] as tf.SymbolicTensor[];
      const joined = [
        layers.add(),
        layers.multiply(),
        layers.maximum(),
        layers.average(),
        layers.minimum(),
        layers.dot({axes: 1}),
      ].map((layer) => layer.apply([left!, right!]) as tf.SymbolicTensor);
      const all = layers.concatenate().apply(joined) as tf.SymbolicTensor;
      const sum = layers.dense({units: 1, name: 'sum'}).apply(all) as tf.SymbolicTensor;
      const kind = layers.dense({units: 3, activation: 'softmax', name: 'kind'}).apply(all) as tf.SymbolicTensor;
      const built = tf.model({inputs: [a, b], outputs: [sum, kind]});
      built.compile({
        optimizer: 'adam',
        loss: {sum: 'meanSquaredError', kind: 'categoricalCrossentropy'},
        metrics: {kind: 'accuracy'},
      });
      return built;
    };
    const x = {a: values([examples, 4], 1), b: values([examples, 4], 2)};
    await expectSameTraining({model, x, y: {sum: values([examples, 1], 3), kind: labels(3)}});
  });

  test("the walkthrough's network", async () => {
    const network = () => [
      layers.conv2d({filters: 8, kernelSize: 3, activation: 'relu'}),
      layers.maxPooling2d({poolSize: 2}),
      layers.conv2d({filters: 8, kernelSize: 3, activation: 'relu'}),
      layers.maxPooling2d({poolSize: 2}),
      layers.flatten(),
      layers.dense({units: 8, activation: 'relu'}),
    ];
    await expectSameTraining(classifier([14, 14, 1], network, () => ({optimizer: 'rmsprop'})));
  });
});
