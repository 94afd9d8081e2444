import {CallError, publicCall} from '../arguments/publicCall';
import {count, oneOf} from '../arguments/kinds';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import type {ImageSet} from '../data/imageSet';
import {containerOf} from '../tfjs/compiled';
import {modelKind} from '../tfjs/model';
import {tf} from '../tfjs/tensorflow';
import {inputData} from './data/data';
import type {EngineChoice} from './loop/engine';
import {runPass} from './loop/pass';
import {withRun} from './loop/run';
import type {BatchStream, TensorData} from './types';

/** How `predict` works. */
export interface PredictOptions {
  /** Examples at a time; changes the speed, not the result. Default 32. */
  batchSize?: number;
  /** As in `fit`. Default "auto". */
  engine?: EngineChoice;
}

/** Inputs for prediction: tensors, an ImageSet, or a stream of {xs, ys}, of {xs}, or of the inputs themselves. */
export type PredictData = TensorData | ImageSet | BatchStream | AsyncIterable<TensorData>;

/**
 * The model's output for each example, in the order of x.
 *
 * @param model Any model with one output; it need not be compiled.
 * @param x As in `fit`; a stream may bring {xs, ys}, {xs}, or the inputs themselves. One that mixes its pictures for `fit`
 *   is walked through in their own order, that of its labels.
 * @param options How to work.
 * @returns For a classifier that ends in softmax: [n, classes], a row of probabilities an example, each row adding to 1.
 * @throws Error for shapes that don't fit the model, for NaN, and when it is interrupted.
 *
 * @example
 * const probabilities = await predict(model, images);    // [10000, 10]
 * const classes = probabilities.argMax(-1).dataSync();   // the most probable class of each
 */
export function predict(model: tf.LayersModel, x: PredictData, options: PredictOptions = {}): Promise<tf.Tensor> {
  return publicCall('predict', async () => {
    checkArguments({model, options}, {model: modelKind, options: predictOptions});
    const {outputNames} = containerOf(model);
    if (outputNames.length !== 1) {
      throw new CallError(
        `the model has ${outputNames.length} outputs (${outputNames.join(', ')}), expected one; use predictAll`,
      );
    }
    return (await outputsFor('predict', model, x, options))[0]!;
  });
}

/**
 * `predict` for a model with several outputs.
 *
 * @param model Any model; it need not be compiled.
 * @param x As in `predict`.
 * @param options How to work.
 * @returns One tensor an output, [n, …], in the model's order.
 * @throws Error as `predict` does.
 *
 * @example
 * const [digits, isOdd] = await predictAll(model, images);
 */
export function predictAll(model: tf.LayersModel, x: PredictData, options: PredictOptions = {}): Promise<tf.Tensor[]> {
  return publicCall('predictAll', async () => {
    checkArguments({model, options}, {model: modelKind, options: predictOptions});
    return outputsFor('predictAll', model, x, options);
  });
}

const predictOptions = optionsOf<PredictOptions>({
  batchSize: optional(count),
  engine: optional(oneOf('auto', 'graph', 'eager')),
});

function outputsFor(
  caller: string,
  model: tf.LayersModel,
  x: PredictData,
  {batchSize, engine: choice = 'auto'}: PredictOptions,
): Promise<tf.Tensor[]> {
  const container = containerOf(model);
  return withRun(
    {
      engine: {caller, choice, container},
      verbose: 0,
      data: (own) => own(inputData(container, x, batchSize)),
    },
    async ({data, engine, interrupt}) => {
      const outputs: tf.Tensor[][] = container.outputs.map(() => []);
      try {
        const {batches} = await runPass({
          model: container,
          batches: data.batches(),
          measures: [],
          step: ({xs}) => {
            engine.predict(xs).forEach((output, i) => outputs[i]!.push(output));
            return [];
          },
          interrupt,
        });
        if (interrupt.requested) throw new CallError(`interrupted after ${batches} batches`);
        return outputs.map((parts) => tf.concat(parts, 0));
      } finally {
        tf.dispose(outputs);
      }
    },
  );
}
