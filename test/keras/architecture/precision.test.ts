import {readFileSync} from 'node:fs';
import {expect, test} from '@jest/globals';
import {keras, tf} from 'convlab';
import {difference, fixture} from '../folder';
import {collectWarnings} from '../warnings';

// fixtures/keras/precision.py
const {x, outputs} = JSON.parse(readFileSync(fixture('precision.json'), 'utf8')) as {
  x: number[][];
  outputs: Record<string, number[][]>;
};

const warnings = collectWarnings();

// Keras computes with 11 bits of a float16; from float64 weights only are rounded.
test.each([
  ['float16.keras', 'float16', 2e-3, 'third'],
  ['mixed.h5', 'mixed_float16', 2e-3, 'third'],
  ['float64.keras', 'float64', 1e-6, 'seventh'],
])('load() of %s predicts with 32 bits, and says so', async (name, floats, tolerance, digit) => {
  const model = await keras.load(fixture(`keras3.15.1-${name}`));
  const found = (model.predict(tf.tensor(x)) as tf.Tensor).dataSync();
  expect(difference(found, outputs[name]!.flat())).toBeLessThan(tolerance);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(
    new RegExp(
      `it computes with ${floats}; here all numbers have 32 bits, .* differ from Keras's after the ${digit} digit`,
    ),
  );
});
