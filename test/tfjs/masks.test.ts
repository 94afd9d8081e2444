import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {Masks} from '../../lib/src/tfjs/masks';

const values = (tensor: tf.Tensor | undefined) => tensor && [...tensor.dataSync()];

/** Steps of two sequences through one embedding and one last layer, which gives both outputs. */
function shared(): tf.LayersModel {
  const embedding = tf.layers.embedding({inputDim: 4, outputDim: 2, maskZero: true});
  const last = tf.layers.activation({activation: 'linear'});
  const inputs = [tf.input({shape: [3]}), tf.input({shape: [3]})];
  return tf.model({inputs, outputs: inputs.map((x) => last.apply(embedding.apply(x)) as tf.SymbolicTensor)});
}

test('a layer that gives two outputs has a mask for each, and disposing frees both', () => {
  const model = shared();
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const masks = new Masks();
    const x = [tf.tensor2d([[1, 2, 0]]), tf.tensor2d([[3, 0, 0]])];
    const outputs = masks.during(model, () => model.apply(x)) as tf.Tensor[];
    expect(outputs.map((output) => values(masks.find(output)))).toEqual([
      [1, 1, 0],
      [1, 0, 0],
    ]);
    masks.dispose();
  });
  expect(tf.memory().numTensors).toBe(before);
});

test('of a layer that gives its states, too, the sequence has a mask', () => {
  const x = tf.input({shape: [3, 2]});
  const recurrent = tf.layers.gru({units: 2, returnSequences: true, returnState: true});
  const outputs = recurrent.apply(tf.layers.masking().apply(x)) as tf.SymbolicTensor[];
  const model = tf.model({inputs: x, outputs});
  tf.tidy(() => {
    const masks = new Masks();
    const found = masks.during(model, () => model.apply(tf.tensor3d([[[1, 2], [3, 4], [0, 0]]]))) as tf.Tensor[]; // prettier-ignore
    expect(found.map((output) => values(masks.find(output)))).toEqual([[1, 1, 0], undefined]);
    masks.dispose();
  });
});
