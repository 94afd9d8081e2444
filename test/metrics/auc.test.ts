import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {evaluate, metrics, tf} from 'convlab';

// Keras is the oracle: fixtures/metrics/make.py.
interface Case {
  title: string;
  batch: number;
  y: number[][];
  p: number[][];
  options: metrics.AucOptions;
  value: number;
}

const cases = JSON.parse(readFileSync(join(__dirname, '../fixtures/metrics/expected.json'), 'utf8')) as Case[];

/** A model that puts out what it is given. */
function echo(columns: number, metric: ReturnType<typeof metrics.auc>): tf.LayersModel {
  const model = tf.sequential({layers: [tf.layers.activation({activation: 'linear', inputShape: [columns]})]});
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: [metric]});
  return model;
}

test.each(cases)('auc() is what Keras finds: $title', async ({y, p, options, value, batch}) => {
  const model = echo(p[0]!.length, metrics.auc(options));
  const logs = await evaluate(model, tf.tensor(p), tf.tensor(y), {batchSize: batch, verbose: 0});
  // Keras adds up in float32.
  expect(logs.auc).toBeCloseTo(value, 5);
});

test('auc() is called auc in the logs, and refuses options that it does not know', async () => {
  const model = echo(1, metrics.auc());
  expect(Object.keys(await evaluate(model, tf.ones([4, 1]), tf.ones([4, 1]), {verbose: 0}))).toEqual(['loss', 'auc']);
  expect(() => metrics.auc({curve: 'roc'} as never)).toThrow(
    "metrics.auc: curve must be 'ROC' or 'PR', got the text 'roc'",
  );
  expect(() => metrics.auc({numThresholds: 1})).toThrow(
    'metrics.auc: numThresholds must be a whole number of at least 2',
  );
});

test("auc() in TensorFlow.js's own model.evaluate is that of the batch", () => {
  const labels = [0, 0, 1, 1];
  const scores = [0.1, 0.4, 0.35, 0.8];
  const column = (values: number[]) => tf.tensor2d(values, [4, 1]);
  const [, auc] = echo(1, metrics.auc()).evaluate(column(scores), column(labels)) as tf.Scalar[];
  // Of the four pairs of a 1 and a 0, three are in order; the trapezoids between 200 thresholds pass through these points.
  expect(auc!.dataSync()[0]).toBeCloseTo(0.75, 5);
});
