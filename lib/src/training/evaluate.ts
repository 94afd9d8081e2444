import {CallError, publicCall} from '../arguments/publicCall';
import {anything, count, oneOf} from '../arguments/kinds';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import type {ImageSet} from '../data/imageSet';
import {finishedLine} from '../progress/format';
import type {Verbosity} from '../progress/reporter';
import {compiledModel} from './compiled';
import {modelKind} from '../tfjs/model';
import type {tf} from '../tfjs/tensorflow';
import {labelledData} from './data/data';
import {targetsAndOptions} from './data/targetsAndOptions';
import type {EngineChoice} from './loop/engine';
import {runPass} from './loop/pass';
import {withRun} from './loop/run';
import type {BatchStream, Examples, Logs, SampleWeight, TensorData} from './types';

/** How `evaluate` measures. */
export interface EvaluateOptions {
  /** Examples at a time. Default 32. It changes the speed, not the result. */
  batchSize?: number;
  /** As in `fit`. */
  sampleWeight?: SampleWeight;
  /** 0 prints nothing, 1 the result and a moving progress display, 2 the result. Default 1. */
  verbose?: Verbosity;
  /** As in `fit`. Default "auto". */
  engine?: EngineChoice;
}

/**
 * Measures a model on examples, without changing it: best on a test set, which it has never learnt from.
 *
 * @param model A compiled model.
 * @param x As in `fit`.
 * @param y As in `fit`; none with a stream.
 * @param options How to measure.
 * @returns The loss and each metric, means over the examples, for example {loss: 0.031, accuracy: 0.989}.
 * @throws Error as `fit` does, and when it is interrupted.
 *
 * @example
 * const {accuracy} = await evaluate(model, testImages, tf.oneHot(test.labels, 10));
 */
export function evaluate(
  model: tf.LayersModel,
  x: TensorData | ImageSet,
  y: TensorData,
  options?: EvaluateOptions,
): Promise<Logs>;
export function evaluate(model: tf.LayersModel, x: ImageSet | BatchStream, options?: EvaluateOptions): Promise<Logs>;
export function evaluate(
  model: tf.LayersModel,
  x: Examples,
  ...rest: [TensorData, EvaluateOptions?] | [EvaluateOptions?]
): Promise<Logs> {
  return publicCall('evaluate', async () => {
    const [y, options = {}] = targetsAndOptions<EvaluateOptions>(x, rest);
    checkArguments({model, options}, {model: modelKind, options: evaluateOptions});
    const {batchSize, sampleWeight, verbose = 1, engine: choice = 'auto'} = options;
    const compiled = compiledModel(model);
    const {container, measures} = compiled;
    return withRun(
      {
        engine: {caller: 'evaluate', choice, container, compiled},
        verbose,
        data: (own) => own(labelledData(compiled, {x, y, sampleWeight}, batchSize)),
      },
      async ({data, engine, reporter, interrupt}) => {
        const {tally, batches, seconds} = await runPass({
          model: container,
          batches: data.batches(),
          measures,
          step: (batch) => engine.test(batch),
          interrupt,
          progress: (progress) => {
            reporter.progress(progress);
          },
        });
        if (interrupt.requested) throw new CallError(`interrupted after ${batches} batches`);
        reporter.line(finishedLine(batches, seconds, tally.logs()));
        return tally.logs();
      },
    );
  });
}

const evaluateOptions = optionsOf<EvaluateOptions>({
  batchSize: optional(count),
  // Looked at with the targets at hand.
  sampleWeight: optional(anything),
  verbose: optional(oneOf(0, 1, 2)),
  engine: optional(oneOf('auto', 'graph', 'eager')),
});
