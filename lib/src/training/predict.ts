import {checkOptions, type Kinds} from '../arguments/check';
import {count, oneOf} from '../arguments/kinds';
import {checkModel} from '../arguments/model';
import {tf} from '../tfjs/tensorflow';
import {containerOf} from '../tfjs/compiled';
import {inputData} from './data/data';
import {Engine, type EngineChoice} from './loop/engine';
import {Breather, Interrupt} from './loop/interrupt';
import type {BatchStream, TensorData} from './types';

/** How `predict` works. */
export interface PredictOptions {
  /** Examples at a time; changes the speed, not the result. Default 32. */
  batchSize?: number;
  /** As in `fit`. Default "auto". */
  engine?: EngineChoice;
}

/** Inputs for prediction: tensors, or a stream of {xs, ys}, of {xs}, or of the inputs themselves. */
export type PredictData = TensorData | BatchStream | AsyncIterable<TensorData>;

/**
 * The model's output for each example, in the order of x.
 *
 * @param model Any model with one output; it need not be compiled.
 * @param x As in `fit`.
 * @returns For a classifier that ends in softmax: [n, classes], a row of probabilities an example, each row adding to 1.
 * @throws Error for shapes that don't fit the model, for NaN, and when it is interrupted.
 *
 * @example
 * const probabilities = await predict(model, images);    // [10000, 10]
 * const classes = probabilities.argMax(-1).dataSync();   // the most probable class of each
 */
export async function predict(model: tf.LayersModel, x: PredictData, options: PredictOptions = {}): Promise<tf.Tensor> {
  checkModel('predict', model);
  const {outputNames} = containerOf(model);
  if (outputNames.length !== 1) {
    throw new Error(
      `predict: the model has ${outputNames.length} outputs (${outputNames.join(', ')}), expected one; use predictAll`,
    );
  }
  return (await outputsFor('predict', model, x, options))[0]!;
}

/**
 * `predict` for a model with several outputs: one tensor an output, in the model's order.
 *
 * @example
 * const [digits, isOdd] = await predictAll(model, images);
 */
export async function predictAll(
  model: tf.LayersModel,
  x: PredictData,
  options: PredictOptions = {},
): Promise<tf.Tensor[]> {
  return outputsFor('predictAll', model, x, options);
}

async function outputsFor(
  caller: string,
  model: tf.LayersModel,
  x: PredictData,
  options: PredictOptions,
): Promise<tf.Tensor[]> {
  checkOptions(caller, options, optionKinds);
  const {batchSize = 32, engine: choice = 'auto'} = options;
  checkModel(caller, model);
  const container = containerOf(model);
  const data = inputData(caller, container, x, batchSize);
  const interrupt = new Interrupt();
  const breather = new Breather();
  const parts: tf.Tensor[][] = container.outputs.map(() => []);
  let engine: Engine | undefined;
  try {
    engine = new Engine({caller, choice, container});
    for await (const batch of data.batches().pass()) {
      engine.predict(batch.xs).forEach((output, i) => parts[i]!.push(output));
      tf.dispose(batch.xs);
      await breather.breathe();
      if (interrupt.requested) throw new Error(`${caller}: interrupted after ${parts[0]!.length} batches`);
    }
    return parts.map((part) => tf.concat(part, 0));
  } finally {
    tf.dispose(parts);
    engine?.dispose();
    interrupt.close();
    data.dispose();
  }
}

const optionKinds: Kinds<PredictOptions> = {batchSize: count, engine: oneOf('auto', 'graph', 'eager')};
