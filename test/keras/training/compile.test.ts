import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {compile, compileToKeras} from '../../../lib/src/keras/training/compile';
import type {Json, JsonObject} from '../../../lib/src/keras/json';
import {collectWarnings} from '../warnings';

const warnings = collectWarnings();

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

const compiledAs = (config: JsonObject) => {
  const model = tf.sequential({layers: [tf.layers.dense({inputShape: [3], units: 2})]});
  const done = compile(model, {optimizer: 'adam', loss: 'mse', metrics: [], ...config}, 'a.keras');
  return {model, done, again: () => compileToKeras(model, new Map())};
};
const object = (class_name: string, config: JsonObject): JsonObject => ({class_name, config});

test.each<[string, JsonObject]>([
  ['AdamW', {learning_rate: 0.5, weight_decay: 0.25}],
  ['Nadam', {learning_rate: 0.5, beta_1: 0.75}],
  ['Lion', {learning_rate: 0.5, clipnorm: 0.25}],
  ['Ftrl', {learning_rate: 0.5, l1_regularization_strength: 0.25}],
  ['Adam', {learning_rate: 0.5, amsgrad: true, global_clipnorm: 0.5}],
  ['Adamax', {learning_rate: 0.5, beta_2: 0.5}],
  ['Adadelta', {learning_rate: 0.5, rho: 0.5}],
  ['Adagrad', {learning_rate: 0.5, epsilon: 0.25}],
  ['Adagrad', {learning_rate: 0.5, initial_accumulator_value: 0}],
  ['RMSprop', {learning_rate: 0.5, centered: true, use_ema: true, ema_momentum: 0.5}],
  ['SGD', {learning_rate: 0.5, momentum: 0.5, nesterov: true, gradient_accumulation_steps: 4}],
  ['SGD', {learning_rate: 0.5, clipvalue: 0.25, weight_decay: null, use_ema: false, ema_momentum: 0.99}],
])('compile() takes %s with %j, and it is written as it came', (className, config) => {
  const {model, done, again} = compiledAs({optimizer: object(className, config)});
  expect(done).toBe(true);
  expect(model.optimizer.getClassName()).toBe(className);
  const kept = Object.entries(config).filter(
    ([key, value]) => value !== null && (key !== 'ema_momentum' || config.use_ema),
  );
  const {use_ema, ...expected} = Object.fromEntries(kept);
  expect(again().optimizer).toMatchObject({
    class_name: className,
    config: {...expected, ...(use_ema === true && {use_ema})},
  });
  expect(warnings).toEqual([]);
});

test('compile() takes a schedule, whose rate follows the steps, and the decay that Keras 2 had instead', () => {
  const schedule = object('ExponentialDecay', {initial_learning_rate: 0.5, decay_steps: 1, decay_rate: 0.5});
  const {model, again} = compiledAs({optimizer: object('SGD', {learning_rate: schedule})});
  const rate = () => (model.optimizer as unknown as {learningRate: number}).learningRate;
  expect(rate()).toBe(0.5);
  expect(again().optimizer.config.learning_rate).toMatchObject(schedule);
  const old = compiledAs({optimizer: object('SGD', {lr: 0.5, decay: 0.25})}).again();
  expect(old.optimizer.config.learning_rate).toMatchObject(
    object('InverseTimeDecay', {initial_learning_rate: 0.5, decay_steps: 1, decay_rate: 0.25}),
  );
  expect(warnings).toEqual([]);
});

test('compile() says what it leaves out and what follows', () => {
  const scaled = object('LossScaleOptimizer', {inner_optimizer: object('Adam', {learning_rate: 0.5})});
  expect(compiledAs({optimizer: scaled}).model.optimizer.getClassName()).toBe('Adam');
  expect(warnings.pop()).toMatch(/its LossScaleOptimizer is left out: weights here have 32 bits, and need no scaling/);
  expect(compiledAs({metrics: ['accuracy', 'f1_score']}).model.metrics).toEqual(['accuracy']);
  expect(warnings.pop()).toMatch(/left out metric "f1_score", which isn't computed here; the logs lack it/);
  const refused: [JsonObject, RegExp][] = [
    [{optimizer: object('Addons>Yogi', {})}, /not compiled: there is no optimizer Addons>Yogi here; it predicts; call model/],
    [{optimizer: object('MultiOptimizer', {})}, /not compiled: its MultiOptimizer has an optimizer for each part of the model.*; it predicts/],
    [{optimizer: object('SGD', {learning_rate: object('Mine>Warmup', {})})}, /a schedule of one's own, Mine>Warmup/],
    [{loss: object('CTC', {})}, /its loss "CTC" isn't computed here/],
    [{loss: object('MeanSquaredError', {reduction: 'none'})}, /its loss MeanSquaredError has reduction "none", which isn't computed here/],
    [{loss: object('MeanSquaredError', {reduction: null})}, /its loss MeanSquaredError has reduction null, which isn't computed here/],
  ]; // prettier-ignore
  for (const [config, message] of refused) {
    expect(compiledAs(config).done).toBe(false);
    expect(warnings.pop()).toMatch(message);
  }
});

test('compile() takes losses and metrics with options, and they are written as they came', () => {
  const loss = object('CategoricalCrossentropy', {from_logits: true, label_smoothing: 0.25});
  const metrics = [
    object('BinaryCrossentropy', {from_logits: true, name: 'binary_crossentropy'}),
    object('AUC', {curve: 'PR', num_thresholds: 50, name: 'auc'}),
    object('Precision', {name: 'precision', thresholds: null, top_k: null}),
  ];
  const {model, again} = compiledAs({loss, metrics});
  expect(again()).toMatchObject({loss, metrics: metrics.map(({class_name}) => ({class_name}))});
  expect(again().metrics).toMatchObject([
    {config: {from_logits: true}},
    {config: {curve: 'PR', num_thresholds: 50}},
    {config: {name: 'precision'}},
  ]);
  const logits = tf.tensor2d([[2, -1]]);
  const found = (model.loss as (y: tf.Tensor, p: tf.Tensor) => tf.Tensor)(tf.tensor2d([[1, 0]]), logits);
  // Labels 0.875 and 0.125: log(1 + e^-3) + 0.125 * 3.
  expect(found.dataSync()[0]).toBeCloseTo(0.42359, 4);
  expect(warnings).toEqual([]);
});

test('compile() takes the loss_weights of a model with one output', () => {
  const {done, again} = compiledAs({loss: ['mse'], loss_weights: [0.25]});
  expect(done).toBe(true);
  expect(again()).toMatchObject({loss: 'mean_squared_error', loss_weights: [0.25]});
});

test('compile() takes loss_weights by order and by name', () => {
  const x = tf.input({shape: [3]});
  const heads = ['a', 'b'].map((name) => tf.layers.dense({units: 1, name}).apply(x) as tf.SymbolicTensor);
  const cases: [Json, number[]][] = [
    [
      [0.5, 2],
      [0.5, 2],
    ],
    [{b: 2, a: 0.5}, [0.5, 2]],
    [
      [null, 0],
      [1, 0],
    ],
    [{a: null, b: 0}, [1, 0]],
  ];
  for (const [loss_weights, expected] of cases) {
    const model = tf.model({inputs: x, outputs: heads});
    expect(compile(model, {optimizer: 'adam', loss: ['mse', 'mae'], metrics: [], loss_weights}, 'a.h5')).toBe(true);
    const again = compileToKeras(model, new Map());
    expect(again.loss_weights).toEqual(expected);
    expect(again.loss).toEqual(['mean_squared_error', 'mean_absolute_error']);
  }
  expect(warnings).toEqual([]);
});

test.each<[string, Json]>([
  ['"accuracy"', ['accuracy']],
  ['"accuracy", "AUC"', [['accuracy', null], [{class_name: 'AUC', config: {name: 'area'}}]]],
  ['"mae", "mse"', {first: 'mae', second: ['mse']}],
])('compile() says that it leaves out weighted_metrics %s', (names, weighted) => {
  compiledAs({optimizer: 'sgd', loss: 'mse', metrics: ['mae'], weighted_metrics: weighted});
  expect(warnings.pop()).toBe(
    `keras.load: a.keras: left out weighted_metrics ${names}: metrics count all examples alike here; ` +
      'the logs and files saved from here lack them',
  );
  expect(warnings).toEqual([]);
});

test.each<Json>([null, [], [null], {first: null}])('compile() finds nothing in weighted_metrics %j', (weighted) => {
  compiledAs({optimizer: 'sgd', loss: 'mse', metrics: [], weighted_metrics: weighted});
  expect(warnings).toEqual([]);
});
