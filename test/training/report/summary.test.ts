import {expect, test} from '@jest/globals';
import {summary, tf} from 'convlab';

const {layers} = tf;

test('summary(model) is the table of Keras, with its names and 35,530 parameters', () => {
  const model = tf.sequential({
    layers: [
      layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1]}),
      layers.maxPooling2d({poolSize: 2}),
      layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu'}),
      layers.maxPooling2d({poolSize: 2}),
      layers.flatten(),
      layers.dense({units: 32, activation: 'relu'}),
      layers.dense({units: 10, activation: 'softmax', name: 'digits'}),
    ],
  });
  expect(summary(model)).toMatchInlineSnapshot(`
   "Model: "sequential"
   ______________________________________________________________________
    Layer (type)                    Output Shape              Param #
   ======================================================================
    conv2d (Conv2D)                 (None, 26, 26, 32)        320
    max_pooling2d (MaxPooling2D)    (None, 13, 13, 32)        0
    conv2d_1 (Conv2D)               (None, 11, 11, 32)        9,248
    max_pooling2d_1 (MaxPooling2D)  (None, 5, 5, 32)          0
    flatten (Flatten)               (None, 800)               0
    dense (Dense)                   (None, 32)                25,632
    digits (Dense)                  (None, 10)                330
   ======================================================================
   Total params: 35,530
   Trainable params: 35,530
   Non-trainable params: 0
   ______________________________________________________________________"
  `);
});

test('summary(model) says what each layer follows on where they don’t form a chain', () => {
  const input = tf.input({shape: [4], name: 'measures'});
  const [a, b] = [1, 2].map((units) => layers.dense({units}).apply(input) as tf.SymbolicTensor);
  const norm = layers.batchNormalization().apply(layers.concatenate().apply([a!, b!])) as tf.SymbolicTensor;
  expect(summary(tf.model({inputs: input, outputs: norm}))).toMatchInlineSnapshot(`
   "Model: "functional"
   ________________________________________________________________________________________________
    Layer (type)                              Output Shape              Param #  Connected to
   ================================================================================================
    measures (InputLayer)                     (None, 4)                 0
    dense (Dense)                             (None, 1)                 5        measures
    dense_1 (Dense)                           (None, 2)                 10       measures
    concatenate (Concatenate)                 (None, 3)                 0        dense, dense_1
    batch_normalization (BatchNormalization)  (None, 3)                 12       concatenate
   ================================================================================================
   Total params: 27
   Trainable params: 21
   Non-trainable params: 6
   ________________________________________________________________________________________________"
  `);
});

test('a layer that another model uses, too, follows in each on what it follows there', () => {
  const shared = layers.dense({units: 2, inputShape: [3], name: 'shared'});
  const first = tf.sequential({layers: [shared, layers.dense({units: 1})]});
  const before = summary(first);
  tf.sequential({layers: [shared, layers.dense({units: 4})]});
  expect(summary(first)).toBe(before);
  expect(before).not.toContain('Connected to');
});
