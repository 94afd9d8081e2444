import {expect} from '@jest/globals';
import {fit, type History, type TensorData, tf} from 'convlab';

/** What to train: a new model each time it is asked, compiled, and data for 20 batches of 4. */
export interface Case {
  model: () => tf.LayersModel;
  x: TensorData;
  y: TensorData;
}

const steps = 20;
const batchSize = 4;
/** As many examples as a case needs. */
export const examples = steps * batchSize;

/**
 * Trains two models with the same weights, one on each engine, and expects the same losses and weights.
 *
 * The engines add up in different orders, so that float32 results part in the last of their seven digits, and 20 steps
 * carry that on: 1e-4 of the largest value in each tensor leaves room for it, and for nothing else.
 */
export async function expectSameTraining({model, x, y}: Case): Promise<void> {
  const [graph, eager] = [model(), model()];
  // Both are set, as setting applies constraints.
  const weights = graph.getWeights().map(startingWeight);
  for (const each of [graph, eager]) each.setWeights(weights);
  const options = {batchSize, shuffle: false, verbose: 0, seed: 1, validationSplit: 0.2} as const;
  const results: History[] = [];
  for (const [trained, engine] of [
    [graph, 'graph'],
    [eager, 'eager'],
  ] as const) {
    results.push(await fit(trained, x as tf.Tensor, y as tf.Tensor, {...options, engine, epochs: 1}));
  }
  // An accuracy counts examples, and one at a tie may fall to either side; the losses say more.
  for (const [name, values] of Object.entries(results[0]!.history))
    if (!/accuracy|precision/i.test(name)) expectClose(name, values, results[1]!.history[name]!);
  graph.weights.forEach((weight, i) => {
    expectClose(weight.originalName, weight.read().dataSync(), eager.weights[i]!.read().dataSync());
  });
}

/** The same in every run: a starting point near a tie, where the engines part, would otherwise come up now and then. */
function startingWeight(weight: tf.Tensor, i: number): tf.Tensor {
  const inputs = weight.size / weight.shape.at(-1)!;
  return weight.rank < 2 ? weight.clone() : tf.randomNormal(weight.shape, 0, 1 / Math.sqrt(inputs), 'float32', i + 1);
}

function expectClose(what: string, actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  const scale = Array.from(expected).reduce((max, value) => Math.max(max, Math.abs(value)), 1e-3);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!) / scale);
  expect({what, agrees: worst <= 1e-4, worst: worst <= 1e-4 ? 'small' : worst}).toEqual({
    what,
    agrees: true,
    worst: 'small',
  });
}

/** Numbers in [0, 1) that are the same in every run. */
export function values(shape: number[], seed = 1): tf.Tensor {
  return tf.randomUniform(shape, 0, 1, 'float32', seed);
}

/** One-hot labels for `classes` classes in turn. */
export function labels(classes: number, n = examples): tf.Tensor {
  return tf.oneHot(classNumbers(classes, n), classes);
}

/** Class numbers in turn. */
export function classNumbers(classes: number, n = examples): tf.Tensor1D {
  return tf.tensor1d(
    Array.from({length: n}, (_, i) => i % classes),
    'int32',
  );
}

/** The layers under test, then what makes three class probabilities of whatever they put out. */
export function classifier(
  shape: number[],
  tested: () => tf.layers.Layer[],
  compile: () => Partial<tf.ModelCompileArgs> = () => ({}),
): Case {
  const model = () => {
    const built = tf.sequential({layers: [tf.layers.inputLayer({inputShape: shape}), ...tested()]});
    if (built.outputs[0]!.shape.length > 2) built.add(tf.layers.flatten());
    built.add(tf.layers.dense({units: 3, activation: 'softmax'}));
    built.compile({
      optimizer: tf.train.sgd(0.05),
      loss: 'categoricalCrossentropy',
      metrics: ['accuracy'],
      ...compile(),
    });
    return built;
  };
  return {model, x: values([examples, ...shape]), y: labels(3)};
}
