import {expect, test} from '@jest/globals';
import {optimizers, tf} from 'convlab';
import {type SavedVariable, slotNamed, stateFromFile} from '../../../lib/src/keras/training/savedState';
import type {Hdf5Array} from '../../../lib/src/files/hdf5';

const model = (optimizer: tf.Optimizer = tf.train.adam(0.01)) => {
  const made = tf.sequential({layers: [tf.layers.dense({inputShape: [3], units: 2, activation: 'relu'})]});
  made.compile({optimizer, loss: 'meanSquaredError'});
  return made;
};
const array = (fill: number, ...shape: number[]): Hdf5Array => ({
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(fill),
});
const steps = (n: number): Hdf5Array => ({shape: [], data: BigInt64Array.of(BigInt(n))});
const named = (entries: [string | undefined, Hdf5Array][]): SavedVariable[] =>
  entries.map(([name, each]) => ({array: each, ...(name !== undefined && {name})}));
// What the arrays are filled with says what they are: 1 and 2 the kernel's and the bias's m, 3 and 4 their v.
const slots = (saved: SavedVariable[]) =>
  ['momentum', 'velocity'].map((kind) =>
    stateFromFile(model(), saved)
      .filter((each) => each.kind === kind)
      .map((each) => Number((each.array.data as Float32Array)[0])),
  );
const [mKernel, mBias, vKernel, vBias] = [array(1, 3, 2), array(2, 2), array(3, 3, 2), array(4, 2)];

test.each<[string, SavedVariable[]]>([
  [
    'Keras 2.0 to 2.2, with a third slot that Adam has no use for',
    named([
      ['Adam/iterations:0', steps(7)],
      ['training/Adam/Variable:0', mKernel],
      ['training/Adam/Variable_1:0', mBias],
      ['training/Adam/Variable_2:0', vKernel],
      ['training/Adam/Variable_3:0', vBias],
      ['training/Adam/Variable_4:0', array(0, 1)],
      ['training/Adam/Variable_5:0', array(0, 1)],
    ]),
  ],
  [
    'Keras 2.3',
    named([
      ['Adam/iterations:0', steps(7)],
      ['m_0:0', mKernel],
      ['m_1:0', mBias],
      ['v_0:0', vKernel],
      ['v_1:0', vBias],
      ['vhat_0:0', array(0, 1)],
      ['vhat_1:0', array(0, 1)],
    ]),
  ],
  [
    'tf.keras 2.0 to 2.10',
    named([
      ['Adam/iter:0', steps(7)],
      ['Adam/dense/kernel/m:0', mKernel],
      ['Adam/dense/bias/m:0', mBias],
      ['Adam/dense/kernel/v:0', vKernel],
      ['Adam/dense/bias/v:0', vBias],
    ]),
  ],
  [
    'tf.keras 2.12, by turns',
    named([
      ['iteration:0', steps(7)],
      ['learning_rate:0', array(0.01)],
      ['m/dense/kernel:0', mKernel],
      ['v/dense/kernel:0', vKernel],
      ['m/dense/bias:0', mBias],
      ['v/dense/bias:0', vBias],
    ]),
  ],
  [
    'Keras 3, numbered',
    named([
      [undefined, steps(7)],
      [undefined, array(0.01)],
      [undefined, mKernel],
      [undefined, vKernel],
      [undefined, mBias],
      [undefined, vBias],
    ]),
  ],
])("stateFromFile() reads what %s wrote of Adam's memory", (_version, saved) => {
  expect(slots(saved)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  const iteration = stateFromFile(model(), saved).find(({kind}) => kind === 'iteration');
  expect(iteration?.array).toEqual(steps(7));
});

test("stateFromFile() tells Adafactor's zeros, which Keras keeps for what has one axis, from the count of steps", () => {
  const made = tf.sequential({
    layers: [tf.layers.batchNormalization({inputShape: [3]}), tf.layers.dense({units: 2, useBias: false})],
  });
  made.compile({optimizer: optimizers.adafactor(), loss: 'meanSquaredError'});
  const zero: Hdf5Array = {shape: [], data: Int32Array.of(0)};
  const ofOneAxis = (fill: number) => [zero, zero, array(fill, 3)];
  const kernel = [array(3, 3), array(4, 2), array(5, 3, 2)];
  const saved = [steps(7), array(0.01), ...ofOneAxis(1), ...ofOneAxis(2), ...kernel].map((each) => ({array: each}));
  const found = stateFromFile(made, saved).map(({kind, array: {data}}) => [kind, Number((data as Float32Array)[0])]);
  const expected = [['iteration', 7], ['learning_rate', Math.fround(0.01)], ['r', 0], ['c', 0], ['velocity', 1]]; // prettier-ignore
  expect(found).toEqual([...expected, ['r', 0], ['c', 0], ['velocity', 2], ['r', 3], ['c', 4], ['velocity', 5]]);
});

test('stateFromFile() refuses a count without the memory that belongs to it, but not before the first step', () => {
  const message = /its memory in the file, \d arrays?, isn't one for this model's trained weights/;
  const count = (n: number) => named([['Adam/iterations:0', steps(n)]]);
  expect(() => stateFromFile(model(), count(7))).toThrow(message);
  expect(stateFromFile(model(), count(0))).toEqual([]);
  const other = [...count(7), {name: 'training/Adam/Variable:0', array: array(1, 5)}];
  expect(() => stateFromFile(model(), other)).toThrow(message);
  // SGD without momentum has no memory, whatever Keras 2.0 to 2.3 wrote.
  const sgd = stateFromFile(model(tf.train.sgd(0.1)), [...count(7), {name: 'Variable:0', array: array(1, 5)}]);
  expect(sgd.map(({kind}) => kind)).toEqual(['iteration']);
});

test('slotNamed() goes by the part of the name that says it', () => {
  const cases: [string, string | undefined][] = [
    ['Adam/v/m/kernel:0', 'velocity'],
    ['rmsprop/conv2d_kernel_velocity', 'velocity'],
    ['adam/dense_kernel_velocity_hat', 'velocity_hat'],
    ['training/Adam/Variable_1:0', undefined],
    ['Adam/iterations:0', 'iteration'],
  ];
  for (const [name, kind] of cases) expect(slotNamed(name)).toBe(kind);
});
