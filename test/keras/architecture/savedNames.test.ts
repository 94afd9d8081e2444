import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {savedNames} from '../../../lib/src/keras/architecture/savedNames';

const joined = (maskZero: boolean) => {
  const input = tf.input({shape: [6]});
  const steps = tf.layers.embedding({inputDim: 6, outputDim: 3, maskZero}).apply(input) as tf.SymbolicTensor;
  const both = tf.layers.concatenate().apply([steps, steps]) as tf.SymbolicTensor;
  const outputs = tf.layers.concatenate({name: 'mine'}).apply([both, steps]) as tf.SymbolicTensor;
  return tf.model({inputs: input, outputs});
};
const names = (maskZero: boolean) =>
  [...savedNames(joined(maskZero)).values()].filter((name) => /concat|mine/.test(name));

// Keras 3.15 says of the file: The name "concatenate" is used 2 times in the model.
test('a concatenation among masks leaves Keras the name that it gives to its own', () => {
  expect(names(true)).toEqual(['layer_concatenate', 'mine']);
  expect(names(false)).toEqual(['concatenate', 'mine']);
});
