import {describe, expect, test} from '@jest/globals';
import {fit, type Logs, tf} from 'convlab';

const {layers} = tf;
const engines = ['graph', 'eager'] as const;

/** What a layer makes of 8,000 ones at each of 20 steps: their mean, the share that isn't 0, and their deviation. */
async function observe(layer: tf.layers.Layer, engine: 'graph' | 'eager', seed: number): Promise<Logs[]> {
  const ones = layers.dense({units: 1000, inputShape: [1], kernelInitializer: 'ones'});
  const shaped = [layers.reshape({targetShape: [100, 10]}), layer, layers.flatten()];
  const model = tf.sequential({layers: [ones, ...shaped]});
  const mean = (_: tf.Tensor, output: tf.Tensor) => output.mean(-1);
  const kept = (_: tf.Tensor, output: tf.Tensor) => output.notEqual(0).toFloat().mean(-1);
  const deviation = (_: tf.Tensor, output: tf.Tensor) => tf.moments(output, -1).variance.sqrt();
  // A learning rate of 0, so that the ones stay ones.
  model.compile({optimizer: tf.train.sgd(0), loss: mean, metrics: [kept, deviation]});
  const steps: Logs[] = [];
  const onBatchEnd = (_: number, logs?: Logs) => {
    steps.push(logs!);
  };
  await fit(model, tf.ones([160, 1]), tf.zeros([160, 1]), {
    batchSize: 8,
    seed,
    verbose: 0,
    engine,
    callbacks: {onBatchEnd},
  });
  return steps;
}

function average(steps: Logs[], name: string): number {
  return steps.reduce((sum, logs) => sum + logs[name]!, 0) / steps.length;
}

describe.each(engines)('on the %s engine', (engine) => {
  // Of 160,000 draws a mean strays by no more than 0.005 but once in thousands of seeds, and these seeds are fixed.
  test.each([
    ['dropout', () => layers.dropout({rate: 0.4}), {loss: 1, kept: 0.6, deviation: Math.sqrt(0.4 / 0.6)}],
    ['spatialDropout1d', () => layers.spatialDropout1d({rate: 0.4}), {loss: 1, kept: 0.6, deviation: undefined}],
    ['gaussianNoise', () => layers.gaussianNoise({stddev: 0.5}), {loss: 1, kept: 1, deviation: 0.5}],
    ['gaussianDropout', () => layers.gaussianDropout({rate: 0.2}), {loss: 1, kept: 1, deviation: 0.5}],
    ['alphaDropout', () => layers.alphaDropout({rate: 0.4}), {loss: undefined, kept: 1, deviation: undefined}],
  ])('%s draws from its distribution, anew at every step', async (name, layer, expected) => {
    const steps = await observe(layer(), engine, 1);
    // Whole channels are dropped together: a hundredth of the draws, ten times the spread.
    const digits = name === 'spatialDropout1d' ? 1 : 2;
    for (const [metric, value] of Object.entries(expected)) {
      if (value !== undefined) expect(average(steps, metric)).toBeCloseTo(value, digits);
    }
    // A mask drawn once would give one value; counts of thousands of draws coincide now and then.
    expect(new Set(steps.map(({loss}) => loss)).size).toBeGreaterThan(10);
  });

  test('the same seed draws the same, and another seed draws otherwise', async () => {
    const losses = async (seed: number) => {
      const steps = await observe(layers.dropout({rate: 0.4, seed: 7}), engine, seed);
      return steps.map(({loss}) => loss);
    };
    expect(await losses(5)).toEqual(await losses(5));
    expect(await losses(5)).not.toEqual(await losses(6));
  });
});

test('dropout is the same on both engines from the same seed', async () => {
  const [graph, eager] = await Promise.all(engines.map((engine) => observe(layers.dropout({rate: 0.4}), engine, 3)));
  graph!.forEach(({kept}, i) => {
    expect(kept).toBeCloseTo(eager![i]!.kept!, 6);
  });
});

test('two dropouts in one model draw apart', async () => {
  const input = tf.input({shape: [1000]});
  const [a, b] = [1, 2].map(() => layers.dropout({rate: 0.5}).apply(input) as tf.SymbolicTensor);
  const both = layers.multiply().apply([a!, b!]) as tf.SymbolicTensor;
  const model = tf.model({inputs: input, outputs: layers.prelu().apply(both) as tf.SymbolicTensor});
  const kept = (_: tf.Tensor, output: tf.Tensor) => output.notEqual(0).toFloat().mean(-1);
  model.compile({optimizer: tf.train.sgd(0), loss: (_, output) => output.mean(-1), metrics: [kept]});
  const history = await fit(model, tf.ones([100, 1000]), tf.zeros([100, 1]), {verbose: 0, seed: 1, engine: 'graph'});
  // Independent, a quarter stays; equal, it would be a half.
  expect(history.history.kept![0]).toBeCloseTo(0.25, 2);
});
