import {afterEach, beforeEach, expect, jest, test} from '@jest/globals';
import {tf} from 'convlab';
import {compile} from '../../../lib/src/keras/training/compile';
import type {Json} from '../../../lib/src/keras/json';

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  jest.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
});
afterEach(() => {
  jest.restoreAllMocks();
});

const compiled = (optimizer: Json) => {
  const model = tf.sequential({layers: [tf.layers.dense({inputShape: [3], units: 2})]});
  expect(compile(model, {optimizer, loss: 'mse', metrics: []}, 'a.h5')).toBe(true);
  const {learningRate} = model.optimizer.getConfig();
  return [model.optimizer.getClassName(), learningRate];
};

test.each<[string, Json, string, number]>([
  [
    'under the name that Keras 2.11 to 2.15 wrote',
    {class_name: 'Custom>Adam', config: {learning_rate: 0.5}},
    'Adam',
    0.5,
  ],
  ['by its name alone', 'adam', 'Adam', 0.001],
  ['by another name alone', 'SGD', 'SGD', 0.01],
  ['without a learning rate', {class_name: 'RMSprop', config: {rho: 0.9}}, 'RMSProp', 0.001],
  ["with Keras 2.0's word for it", {class_name: 'Adagrad', config: {lr: 0.25}}, 'Adagrad', 0.25],
])('compile() takes an optimizer %s', (_how, optimizer, className, learningRate) => {
  expect(compiled(optimizer)).toEqual([className, learningRate]);
  expect(warnings).toEqual([]);
});

test('compile() without an optimizer takes RMSprop, as Keras does, and says so', () => {
  expect(compiled(null)).toEqual(['RMSProp', 0.001]);
  expect(warnings).toEqual([
    "keras.load: a.h5: it names no optimizer; compiled with Keras's default for that, RMSprop",
  ]);
});
