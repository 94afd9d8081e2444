import {expect, jest} from '@jest/globals';
import {fit, type FitCallback, tf} from 'convlab';

const {layers} = tf;
export type Loss = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

const batches = 6;
const x = tf.randomUniform([batches * 4, 5], 0, 1, 'float32', 1);
const y = tf.randomUniform([batches * 4, 2], 0, 1, 'float32', 2);

/** A model, and what changes while it trains; both made anew for each engine. */
export interface Case {
  tested?: tf.layers.Layer[];
  optimizer?: tf.Optimizer;
  loss?: Loss;
  metric?: Loss;
  callback?: FitCallback;
  /** Called between batches of a stream. */
  between?: () => void;
  /** Why the rest runs operation by operation, where it does. */
  reason?: string;
}

export const squares: Loss = (yTrue, yPred) => yPred.sub(yTrue).square().mean(-1);
export const dense = () => layers.dense({units: 5, activation: 'tanh'});

/** A layer of the user's own. */
export class Own extends layers.Layer {
  static className = 'Own';
  factor = 1;
  calls = 0;
  constructor(private readonly compute: (x: tf.Tensor, own: Own) => tf.Tensor) {
    super({});
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.compute(Array.isArray(inputs) ? inputs[0]! : inputs, this);
  }
}

/** What was said so far: the same thing is said once in a process. */
const notices: string[] = [];

/** Trains a model on each engine while it changes, and expects the same of both, and the reason where no graph can follow. */
export async function expectSameChanges(make: () => Case): Promise<void> {
  const warn = jest.spyOn(console, 'warn').mockImplementation((text: string) => void notices.push(text));
  const before = notices.length;
  const results = [];
  for (const engine of ['auto', 'eager'] as const) {
    const {tested = [dense()], optimizer = tf.train.sgd(0.1), loss = squares, metric, callback, between} = make();
    const model = tf.sequential({
      layers: [layers.inputLayer({inputShape: [5]}), ...tested, layers.dense({units: 2})],
    });
    model.setWeights(
      model.getWeights().map(({shape}, i) => tf.randomUniform(shape, shape.length > 1 ? -1 : 0.1, 1, 'float32', i + 1)),
    );
    model.compile({optimizer, loss: loss === squares ? 'meanSquaredError' : loss, metrics: metric ? [metric] : []});
    const options = {
      engine,
      epochs: 3,
      shuffle: false,
      seed: 3,
      verbose: 0,
      callbacks: callback,
    } as const;
    const {history} = between
      ? await fit(model, batchesOf(between), options)
      : await fit(model, x, y, {...options, batchSize: 4, validationSplit: 0.25});
    results.push({history, weights: model.getWeights().map((weight) => [...weight.dataSync()])});
  }
  const [graph, eager] = results;
  expect(Object.keys(graph!.history)).toEqual(Object.keys(eager!.history));
  for (const [name, values] of Object.entries(eager!.history)) expectClose(graph!.history[name]!, values);
  eager!.weights.forEach((weight, i) => {
    expectClose(graph!.weights[i]!, weight);
  });
  warn.mockRestore();
  const {reason} = make();
  if (reason === undefined) expect(notices.slice(before)).toEqual([]);
  else
    expect(notices.join('\n')).toContain(
      `the training step runs operation by operation, slower than as a graph, because ${reason}`,
    );
}

/** The engines add up in different orders, and the last of float32's seven digits grow apart with the steps. */
function expectClose(actual: number[], expected: number[]): void {
  const scale = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-3);
  const worst = expected.reduce((max, value, i) => Math.max(max, Math.abs(value - actual[i]!) / scale), 0);
  expect(worst).toBeLessThan(1e-4);
}

function batchesOf(between: () => void) {
  return {
    async *[Symbol.asyncIterator]() {
      for (let from = 0; from < batches * 4; from += 4) {
        yield await Promise.resolve({xs: x.slice(from, 4), ys: y.slice(from, 4)});
        between();
      }
    },
  };
}
