import {join} from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {keras, tf} from 'convlab';
import {inFolder} from './folder';
import {collectWarnings} from './warnings';

const embedding = () => tf.layers.embedding({inputDim: 6, outputDim: 3, maskZero: true, inputLength: 6});
const rnn = () => tf.layers.simpleRNN({units: 2});
const embedded = (...layers: tf.layers.Layer[]) => tf.sequential({layers: [embedding(), ...layers]});

function branches(join: (steps: tf.SymbolicTensor, others: tf.SymbolicTensor) => tf.SymbolicTensor): tf.LayersModel {
  const input = tf.input({shape: [6]});
  const steps = embedding().apply(input) as tf.SymbolicTensor;
  const others = tf.layers.conv1d({filters: 3, kernelSize: 1}).apply(steps) as tf.SymbolicTensor;
  return tf.model({inputs: input, outputs: rnn().apply(join(steps, others)) as tf.SymbolicTensor});
}

const warnings = collectWarnings();

/** What is told while it is saved. */
async function told(model: tf.LayersModel, name = 'model.keras'): Promise<string[]> {
  const before = warnings.length;
  await inFolder((folder) => keras.save(model, join(folder, name)));
  return warnings.slice(before);
}

// Keras 3.15 predicts otherwise from the files of the first list, and the same from those of the second.
describe('keras.save tells of a model built here that Keras, by its masks, predicts otherwise of', () => {
  test.each<[string, () => tf.LayersModel]>([
    ['a mean over steps', () => embedded(tf.layers.globalAveragePooling1d({}))],
    ['a convolution before a recurrent layer', () => embedded(tf.layers.conv1d({filters: 2, kernelSize: 2}), rnn())],
    ['a permutation', () => embedded(tf.layers.permute({dims: [1, 2]}), rnn())],
    [
      'one output that is repeated',
      () => embedded(tf.layers.lstm({units: 2, recurrentActivation: 'sigmoid'}), tf.layers.repeatVector({n: 3}), rnn()),
    ],
    [
      'steps beside others without a mask',
      () => branches((steps, others) => tf.layers.concatenate().apply([steps, others]) as tf.SymbolicTensor),
    ],
    [
      'a Masking of another number',
      () =>
        tf.sequential({
          layers: [tf.layers.masking({maskValue: -1, inputShape: [6, 2]}), tf.layers.globalAveragePooling1d({})],
        }),
    ],
  ])('%s', async (_, build) => {
    for (const name of ['model.keras', 'model.h5']) {
      expect(await told(build(), name)).toEqual([
        expect.stringMatching(/^keras\.save: .*model\..*: TensorFlow\.js hands masks .* changes the predictions/),
      ]);
    }
  });

  test.each<[string, () => tf.LayersModel]>([
    ['a recurrent layer', () => embedded(tf.layers.gru({units: 3, recurrentActivation: 'sigmoid'}))],
    [
      'recurrent layers behind one another',
      () => embedded(tf.layers.simpleRNN({units: 2, returnSequences: true}), rnn()),
    ],
    [
      'a dense layer and dropout in between',
      () => embedded(tf.layers.dense({units: 2}), tf.layers.dropout({rate: 0.2}), rnn()),
    ],
    ['batch normalization', () => embedded(tf.layers.batchNormalization(), rnn())],
    [
      'a mean without a mask',
      () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({inputDim: 6, outputDim: 3, inputLength: 6}),
            tf.layers.globalAveragePooling1d({}),
          ],
        }),
    ],
  ])('but not of %s', async (_, build) => {
    expect(await told(build())).toEqual([]);
  });

  test('nor of one that was loaded, which predicts as Keras does', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'model.keras');
      await keras.save(embedded(tf.layers.globalAveragePooling1d({})), file);
      const loaded = await keras.load(file);
      expect(await told(loaded)).toEqual([]);
    });
  });
});
