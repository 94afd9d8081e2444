import {expect} from '@jest/globals';
import type {TensorData, tf} from 'convlab';

interface Options {
  batchSize: number;
  epochs: number;
  validationSplit?: number;
  shuffle: false;
  verbose: 0;
}

/** tfjs's own training, its history under Keras's names. */
export async function modelFit(
  model: tf.LayersModel,
  x: TensorData,
  y: TensorData,
  options: Options,
): Promise<Record<string, number[]>> {
  const {history} = await model.fit(x, y, options);
  return history as Record<string, number[]>;
}

/**
 * The graph adds up in another order than the single operations: float32 has about seven digits, and a few dozen steps of
 * training leave five of them.
 */
const tolerance = 1e-4;

/** @param but Values that differ on purpose. */
export function expectSameHistory(ours: Record<string, number[]>, theirs: Record<string, number[]>, but = /^$/): void {
  const keras = Object.entries(theirs).map(([name, values]) => [name.replace(/acc$/, 'accuracy'), values] as const);
  expect(Object.keys(ours).sort()).toEqual(keras.map(([name]) => name).sort());
  for (const [name, values] of keras) {
    const differs = worst(ours[name]!, values);
    // An explanation that isn't needed any more is to go.
    expect([name, but.test(name) ? differs > tolerance : differs <= tolerance]).toEqual([name, true]);
  }
}

export function expectSameWeights(ours: tf.LayersModel, theirs: tf.LayersModel): void {
  const [own, other] = [ours, theirs].map((model) => model.getWeights().map((weight) => [...weight.dataSync()]));
  own!.forEach((values, i) => {
    const {name} = ours.weights[i]!;
    expect([name, worst(values, other![i]!) <= tolerance]).toEqual([name, true]);
  });
}

/** The largest difference, as a share of the largest number. */
function worst(actual: number[], expected: number[]): number {
  const scale = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-3);
  return expected.reduce((max, value, i) => Math.max(max, Math.abs(value - actual[i]!) / scale), 0);
}
