import {checkOptions, type Kinds} from '../arguments/check';
import {count, oneOf} from '../arguments/kinds';
import type {tf} from '../tfjs/tensorflow';
import {labelsAndOptions} from './data/labelsAndOptions';
import {compiledModel} from './compiled';
import {labelledData} from './data/data';
import {Engine, type EngineChoice} from './loop/engine';
import {Interrupt} from './loop/interrupt';
import {finishedLine} from '../progress/format';
import {reporterFor, type Verbosity} from '../progress/reporter';
import {runPass} from './loop/pass';
import type {BatchStream, Logs, TensorData} from './types';

/** How `evaluate` measures. */
export interface EvaluateOptions {
  /**
   * Examples at a time. Default 32. It changes the speed, and the result only of metrics that are no means over the
   * examples, such as precision and recall, which are averaged over the batches: `classReport` has them exactly.
   */
  batchSize?: number;
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
 * @returns The loss and each metric, means over the examples, for example {loss: 0.031, accuracy: 0.989}.
 * @throws Error as `fit` does, and when it is interrupted.
 *
 * @example
 * const {accuracy} = await evaluate(model, testImages, tf.oneHot(test.labels, 10));
 */
export function evaluate(model: tf.LayersModel, x: TensorData, y: TensorData, options?: EvaluateOptions): Promise<Logs>;
export function evaluate(model: tf.LayersModel, x: BatchStream, options?: EvaluateOptions): Promise<Logs>;
export async function evaluate(
  model: tf.LayersModel,
  x: TensorData | BatchStream,
  ...rest: [TensorData, EvaluateOptions?] | [EvaluateOptions?]
): Promise<Logs> {
  const [y, options = {}] = labelsAndOptions<EvaluateOptions>(x, rest);
  checkOptions('evaluate', options, optionKinds);
  const {batchSize = 32, verbose = 1, engine: choice = 'auto'} = options;
  const compiled = compiledModel('evaluate', model);
  const data = labelledData('evaluate', compiled, x, y, batchSize);
  const reporter = reporterFor(verbose);
  const interrupt = new Interrupt();
  let engine: Engine | undefined;
  try {
    const measuring = (engine = new Engine({caller: 'evaluate', choice, container: compiled.container, compiled}));
    const {tally, batches, seconds} = await runPass({
      batches: data.batches(),
      measures: compiled.measures,
      step: (batch) => measuring.test(batch),
      interrupt,
      progress: (progress) => {
        reporter.progress(progress);
      },
    });
    if (interrupt.requested) throw new Error(`evaluate: interrupted after ${batches} batches`);
    reporter.line(finishedLine(batches, seconds, tally.logs()));
    return tally.logs();
  } finally {
    engine?.dispose();
    reporter.end();
    interrupt.close();
    data.dispose();
  }
}

const optionKinds: Kinds<EvaluateOptions> = {
  batchSize: count,
  verbose: oneOf(0, 1, 2),
  engine: oneOf('auto', 'graph', 'eager'),
};
