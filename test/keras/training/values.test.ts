import {expect, test} from '@jest/globals';
import {evaluate, fit, tf} from 'convlab';
import {compile, compileToKeras} from '../../../lib/src/keras/training/compile';
import type {Json, JsonObject} from '../../../lib/src/keras/json';
import {collectWarnings} from '../warnings';

const warnings = collectWarnings();

// What Keras 3.15.1 computes of these labels and outputs.
const LABELS = [[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0]]; // prettier-ignore
const OUTPUTS = [[0.2, 0.7, 0.1], [0.3, 0.5, 0.2], [0.6, 0.3, 0.1], [0.1, 0.8, 0.1]]; // prettier-ignore

/** A model that puts out what comes in, compiled as a file of Keras's says. */
function through(config: JsonObject) {
  const model = tf.sequential({layers: [tf.layers.dense({inputShape: [3], units: 3, kernelInitializer: 'identity'})]});
  const done = compile(model, {optimizer: {class_name: 'SGD', config: {learning_rate: 0.1}}, loss: 'mse', metrics: [], ...config}, 'a.keras'); // prettier-ignore
  return {model, done, again: () => compileToKeras(model, new Map())};
}
const measured = (model: tf.LayersModel, batchSize: number) =>
  evaluate(model, tf.tensor(OUTPUTS), tf.tensor(LABELS), {batchSize, verbose: 0});
const named = (class_name: string, config: JsonObject): JsonObject => ({module: 'keras', class_name, config});

test.each<[string, JsonObject, number]>([
  ['Huber', {delta: 0.25}, 0.059375],
  ['Huber', {delta: 0.25, reduction: 'sum'}, 0.2375],
  ['LogCosh', {reduction: 'sum'}, 0.3468704],
  ['CosineSimilarity', {}, -0.6428544],
  ['BinaryFocalCrossentropy', {gamma: 1.5, alpha: 0.3, apply_class_balancing: true, label_smoothing: 0.1}, 0.1133531],
  ['BinaryFocalCrossentropy', {from_logits: true}, 0.2096457],
  ['CategoricalFocalCrossentropy', {gamma: 1, alpha: 0.5}, 0.3833423],
  ['CategoricalFocalCrossentropy', {from_logits: true, label_smoothing: 0.1}, 0.106989],
  ['CategoricalCrossentropy', {label_smoothing: 0.2, reduction: 'sum'}, 4.3771648],
  ['MeanSquaredError', {reduction: 'mean'}, 0.1866667],
  ['Dice', {}, 0.525],
  ['Dice', {axis: [1]}, 0.525],
  ['Dice', {axis: -1}, 0.525],
  ['Tversky', {alpha: 0.3, beta: 0.7}, 0.525],
  ['Tversky', {alpha: 0.25, beta: 1, axis: 1}, 0.5624952],
])('the loss %s with %j is computed as by Keras, and written as it came', async (className, config, expected) => {
  const {model, done, again} = through({loss: named(className, config)});
  expect(done).toBe(true);
  expect((await measured(model, 4)).loss).toBeCloseTo(expected, 6);
  const {loss} = again();
  if (typeof loss === 'string') expect(className.toLowerCase()).toBe(loss.replaceAll('_', ''));
  else expect(loss).toMatchObject({class_name: className, config});
  expect(warnings).toEqual([]);
});

test.each<[string, JsonObject, number]>([
  ['RootMeanSquaredError', {}, 0.4320494],
  ['TopKCategoricalAccuracy', {k: 2}, 0.75],
  ['Precision', {thresholds: 0.25}, 0.5],
  ['Recall', {thresholds: [0.25]}, 0.75],
  ['Precision', {top_k: 2}, 0.375],
  ['Precision', {thresholds: 0.5, top_k: 2}, 2 / 3],
  ['BinaryAccuracy', {threshold: 0.25}, 0.6666667],
  ['F1Score', {average: 'macro'}, 0.2666667],
  ['F1Score', {average: 'weighted', threshold: 0.5}, 0.5],
  ['F1Score', {average: 'micro', threshold: 0.25}, 0.6],
  ['FBetaScore', {average: 'macro', beta: 2}, 0.3030303],
  ['TruePositives', {}, 2],
  ['FalsePositives', {}, 1],
  ['TrueNegatives', {thresholds: 0.25}, 5],
  ['FalseNegatives', {}, 2],
  ['CosineSimilarity', {}, 0.6428544],
  ['KLDivergence', {}, 1.0215912],
  ['Poisson', {}, 0.6738646],
  ['LogCoshError', {}, 0.0867176],
  ['Hinge', {}, 1.0166668],
  ['SquaredHinge', {}, 1.2033333],
  ['CategoricalHinge', {}, 0.875],
  ['MeanSquaredLogarithmicError', {}, 0.0940309],
  ['BinaryCrossentropy', {}, 0.5679049],
  ['Accuracy', {}, 0],
  ['R2Score', {}, 0.0566667],
  ['Precision', {top_k: 2}, 0.375],
  ['Recall', {top_k: 2, thresholds: 0.25}, 0.75],
  ['Precision', {class_id: 1}, 1],
  ['Recall', {class_id: 1, top_k: 2}, 1],
  ['BinaryIoU', {target_class_ids: [0, 1], threshold: 0.25}, 0.4920635],
  ['OneHotMeanIoU', {num_classes: 3}, 0.2222222],
  ['OneHotIoU', {num_classes: 3, target_class_ids: [1]}, 0.6666666],
  ['MeanIoU', {num_classes: 3, sparse_y_true: false, sparse_y_pred: false}, 0.2222222],
  ['IoU', {num_classes: 3, target_class_ids: [0, 2], sparse_y_true: false, sparse_y_pred: false, ignore_class: 2}, 0],
  ['PrecisionAtRecall', {recall: 0.6, num_thresholds: 200}, 0.5],
  ['PrecisionAtRecall', {recall: 0.9, num_thresholds: 20}, 0.3333333],
  ['RecallAtPrecision', {precision: 0.6}, 0.5],
  ['RecallAtPrecision', {precision: 0.8, class_id: 1}, 1],
  ['SensitivityAtSpecificity', {specificity: 0.8}, 0.5],
  ['SpecificityAtSensitivity', {sensitivity: 0.7, num_thresholds: 50}, 0.625],
  ['BinaryAccuracy', {threshold: 0}, 0.3333333],
  ['CategoricalCrossentropy', {label_smoothing: 0.1}, 1.0579426],
])(
  'the metric %s with %j is counted over batches as by Keras, and written as it came',
  async (className, config, expected) => {
    const {model, again} = through({metrics: [named(className, config)]});
    expect(Object.values(await measured(model, 3))[1]).toBeCloseTo(expected, 6);
    const [metric] = again().metrics as Json[];
    const {thresholds} = config;
    const single = thresholds === undefined ? config : {...config, thresholds: [thresholds].flat()[0]!};
    if (typeof metric === 'string') expect(className.toLowerCase()).toBe(metric.replaceAll('_', ''));
    else expect(metric).toMatchObject({class_name: className, config: single});
    expect(warnings).toEqual([]);
  },
);

test.each<[JsonObject, number]>([
  [{thresholds: [0.15, 0.25, 0.55], num_thresholds: 5}, 0.703125],
  [{thresholds: [0.15, 0.25, 0.65], num_thresholds: 5, curve: 'PR'}, 0.7533365],
  [{thresholds: [0.15, 0.25, 0.55], num_thresholds: 5, multi_label: true}, 0.6666667],
])('the area under the curve with %j goes by its own thresholds, as by Keras', async (config, expected) => {
  const {model, again} = through({metrics: [named('AUC', config)]});
  expect((await measured(model, 3)).auc).toBeCloseTo(expected, 6);
  expect(again().metrics).toMatchObject([{class_name: 'AUC', config: {thresholds: config.thresholds}}]);
  expect(warnings).toEqual([]);
});

test.each<[JsonObject, number]>([
  [{ignore_class: 2}, 0.5945971],
  [{ignore_class: -1}, 0.5945971],
  [{ignore_class: 255}, 0.5945971],
  [{ignore_class: 2, from_logits: true}, 0.8658358],
  [{ignore_class: 2, reduction: 'sum'}, 1.7837913],
])('sparse cross-entropy with %j leaves out what is of no class, as by Keras', async (config, expected) => {
  const {model, again} = through({loss: named('SparseCategoricalCrossentropy', config)});
  const classes = tf.tensor(LABELS).argMax(-1);
  // The class that is left out may be one that no output stands for.
  const numbers = tf.where(classes.equal(2), config.ignore_class as number, classes.toFloat());
  const {loss} = await evaluate(model, tf.tensor(OUTPUTS), numbers, {batchSize: 4, verbose: 0});
  expect(loss).toBeCloseTo(expected, 6);
  expect(again().loss).toMatchObject({class_name: 'SparseCategoricalCrossentropy', config});
});

test.each<[JsonObject, string, string]>([
  [named('AUC', {name: 'prc', curve: 'PR'}), 'prc', 'AUC'],
  [named('BinaryAccuracy', {name: 'accuracy', threshold: 0}), 'accuracy', 'BinaryAccuracy'],
  [named('SparseCategoricalAccuracy', {name: 'right'}), 'right', 'SparseCategoricalAccuracy'],
  [named('MeanAbsoluteError', {name: 'error'}), 'error', 'MeanAbsoluteError'],
  [named('Precision', {name: 'p'}), 'p', 'Precision'],
])('the metric %j is called so in the logs, and in the file again', async (metric, name, className) => {
  const isSparse = className.startsWith('Sparse');
  const {model, again} = through({
    metrics: [metric, 'acc'],
    ...(isSparse && {loss: 'sparse_categorical_crossentropy'}),
  });
  const labels = tf.tensor(LABELS);
  const logs = await evaluate(model, tf.tensor(OUTPUTS), isSparse ? labels.argMax(-1) : labels, {verbose: 0});
  expect(Object.keys(logs)).toEqual(['loss', name, 'acc']);
  expect(again().metrics).toMatchObject([{class_name: className, config: metric.config as JsonObject}, 'acc']);
});

test('a loss that sums goes down a slope as many times as steep as there are values, on both engines', async () => {
  const weights = [];
  for (const [reduction, engine] of [
    ['sum', 'graph'],
    ['sum', 'eager'],
    ['mean', 'eager'],
  ] as const) {
    const {model} = through({loss: named('MeanSquaredError', {reduction})});
    const before = model.getWeights()[0]!;
    await fit(model, tf.tensor(OUTPUTS), tf.tensor(LABELS), {batchSize: 4, shuffle: false, verbose: 0, engine});
    weights.push(model.getWeights()[0]!.sub(before).dataSync());
  }
  const [graph, eager, mean] = weights;
  graph!.forEach((each, i) => {
    expect(each).toBeCloseTo(eager![i]!, 6);
    expect(each).toBeCloseTo(4 * mean![i]!, 6);
  });
});

test.each<[JsonObject, RegExp]>([
  [named('MeanSquaredError', {reduction: 'none'}), /not compiled: its loss .* has reduction "none"/],
  [named('Circle', {}), /not compiled: its loss "Circle" isn't computed here/],
])('the loss %j leaves the model uncompiled, and says so', (loss, message) => {
  expect(through({loss}).done).toBe(false);
  expect(warnings.pop()).toMatch(message);
});

test("Huber without its delta, which Keras 3 doesn't write, is taken as Keras takes it, and says so", async () => {
  const {model} = through({loss: named('Huber', {reduction: 'sum_over_batch_size'})});
  expect(warnings.pop()).toMatch(/Keras 3 doesn't write the delta of its loss Huber; it is taken to be 1/);
  // No output is further than 1 away: half the mean square.
  expect((await measured(model, 4)).loss).toBeCloseTo(0.1866667 / 2, 6);
});

test.each([
  ['F1Score', {}, 'which gives a number for each class, where logs have one: in Keras, compile with average="macro"'],
  [
    'Precision',
    {thresholds: [0.3, 0.6]},
    'whose 2 thresholds give as many numbers, where logs have one: in Keras, compile with a metric for each threshold',
  ],
  ['SensitivityAtSpecificity', {specificity: 0.5, num_thresholds: 1}, "which isn't computed here"],
])('the metric %s with %j is left out, and a notice says why', (className, config, reason) => {
  expect(through({metrics: [named(className, config)]}).model.metrics).toEqual([]);
  expect(warnings.pop()).toContain(`left out metric "${className}", ${reason}; the logs lack it`);
});
