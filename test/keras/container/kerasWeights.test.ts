import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import type {Hdf5, Hdf5Array} from '../../../lib/src/files/hdf5';
import {assignmentsFromKeras} from '../../../lib/src/keras/container/kerasWeights';

const {layers} = tf;

/** Three dense layers of one shape, with a layer without weights between them. */
function model(): tf.Sequential {
  const dense = (options = {}) => layers.dense({units: 2, ...options});
  return tf.sequential({layers: [dense({inputShape: [2]}), layers.activation({activation: 'relu'}), dense(), dense()]});
}

/** model.weights.h5 of a .keras: in each of these places a kernel and a bias, filled with the place's position. */
function weightsAt(...places: string[]): Hdf5 {
  const filled = (value: number, ...shape: number[]): Hdf5Array => ({
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value),
  });
  const arrays = places.flatMap((place, i): [string, Hdf5Array][] => [
    [`${place}/vars/0`, filled(i, 2, 2)],
    [`${place}/vars/1`, filled(i, 2)],
  ]);
  return {attributes: new Map(), arrays: new Map(arrays)};
}

const filling = (file: Hdf5) => assignmentsFromKeras(file, model()).map(({array}) => (array.data as Float32Array)[0]);

test('the layers of Keras 3 are read by their names', () => {
  expect(filling(weightsAt('layers/dense', 'layers/dense_1', 'layers/dense_2'))).toEqual([0, 0, 1, 1, 2, 2]);
});

// So Keras 2.12 and 2.13 wrote them: a layer with weights was counted twice.
test('the layers of Keras 2.12 are read in the order of their numbers, however these are counted', () => {
  const old = (name: string) => `_layer_checkpoint_dependencies/${name}`;
  expect(filling(weightsAt(old('dense'), old('dense_2'), old('dense_4')))).toEqual([0, 0, 1, 1, 2, 2]);
  // 10 comes behind 8, as a number.
  expect(filling(weightsAt(old('dense_10'), old('dense_8'), old('dense')))).toEqual([2, 2, 1, 1, 0, 0]);
});

test('a layer without its weights in the file is named, with the place', () => {
  expect(() => filling(weightsAt('layers/dense', 'layers/dense_1'))).toThrow(
    /^layer '\w+' needs 2 weights, the file has 0 for it, under 'layers\/dense_2'$/,
  );
});
