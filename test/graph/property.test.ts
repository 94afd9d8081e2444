import {test} from '@jest/globals';
import {tf} from 'convlab';
import fc from 'fast-check';
import {examples, expectSameTraining, labels, values} from './bothEngines';

const {layers} = tf;

const activation = fc.constantFrom('relu', 'tanh', 'elu', 'sigmoid', 'linear') as fc.Arbitrary<'relu'>;
const block: fc.Arbitrary<() => tf.layers.Layer[]> = fc.oneof(
  fc
    .record({filters: fc.integer({min: 1, max: 4}), activation, useBias: fc.boolean()})
    .map((options) => () => [layers.conv2d({kernelSize: 3, padding: 'same', ...options})]),
  fc
    .constantFrom('same' as const, 'valid' as const)
    .map((padding) => () => [layers.maxPooling2d({poolSize: 2, strides: 1, padding})]),
  fc.constant(() => [layers.averagePooling2d({poolSize: 2, strides: 1, padding: 'same'})]),
  fc.constant(() => [layers.batchNormalization()]),
  fc.constant(() => [
    layers.conv2d({filters: 3, kernelSize: 3, padding: 'same', activation: 'relu'}),
    layers.maxPooling2d({poolSize: 2, strides: 1}),
  ]),
  fc.constant(() => [layers.reLU()]),
);
const optimizer: fc.Arbitrary<() => tf.Optimizer> = fc.constantFrom(
  () => tf.train.sgd(0.01),
  () => tf.train.momentum(0.01, 0.9),
  // A large epsilon: where gradients are 0 but for rounding, a small one blows the rounding up.
  () => tf.train.adam(0.001, 0.9, 0.999, 1e-3),
  () => tf.train.adagrad(0.01),
);

test('any small convolutional network trains alike on both engines', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(block, {minLength: 1, maxLength: 4}),
      optimizer,
      fc.integer({min: 7, max: 10}),
      async (blocks, by, size) => {
        const model = () => {
          const inside = blocks.flatMap((make) => make());
          const built = tf.sequential({layers: [layers.inputLayer({inputShape: [size, size, 2]}), ...inside]});
          built.add(layers.flatten());
          built.add(layers.dense({units: 3, activation: 'softmax', kernelRegularizer: 'l1l2'}));
          built.compile({optimizer: by(), loss: 'categoricalCrossentropy'});
          return built;
        };
        await expectSameTraining({model, x: values([examples, size, size, 2]), y: labels(3)});
      },
    ),
    {seed: 20, numRuns: 12},
  );
});
