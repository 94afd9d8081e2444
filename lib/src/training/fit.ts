import {check, checkOptions, type Kinds} from '../arguments/check';
import {anything, count, oneOf, trueOrFalse, wholeNumber} from '../arguments/kinds';
import type {tf} from '../tfjs/tensorflow';
import {labelsAndOptions} from './data/labelsAndOptions';
import {type Batches, isStream} from './loop/batches';
import {callbackKind, Callbacks} from './callbacks/callbacks';
import {type CompiledModel, compiledModel} from './compiled';
import {labelledData, type Prepared} from './data/data';
import {Engine, type EngineChoice} from './loop/engine';
import type {History} from './history';
import {Interrupt} from './loop/interrupt';
import {seededRandom} from '../random';
import {reporterFor, type Verbosity} from '../progress/reporter';
import {trainEpochs} from './loop/trainer';
import type {BatchStream, FitCallback, TensorData} from './types';

/** How `fit` trains. */
export interface FitOptions {
  /** Examples a step: the model learns once from each batch. Streams bring batches of their own. Default 32. */
  batchSize?: number;
  /** How often to go through all the examples. Default 1. */
  epochs?: number;
  /**
   * The share of the examples, at least 0 and below 1, kept aside to judge the model by after each epoch.
   * As in Keras it is the last part of x and y, cut before any shuffling. Not for streams.
   */
  validationSplit?: number;
  /** Examples to judge by after each epoch: [x, y], or a stream. Used instead of `validationSplit`. */
  validationData?: [TensorData, TensorData] | BatchStream;
  /** Whether each epoch takes the examples in a new order. Default true. Streams keep their own order. */
  shuffle?: boolean;
  /**
   * Any whole number. Two runs with the same seed, engine, data and starting weights give the same result: the same
   * order of examples and, on the graph engine, the same dropout and noise.
   */
  seed?: number;
  /** 0 prints nothing, 1 a line an epoch and a moving progress display, 2 the lines alone. Default 1. */
  verbose?: Verbosity;
  /** Called as training goes on; the same objects as tfjs's `model.fit` takes. */
  callbacks?: FitCallback | FitCallback[];
  /**
   * "graph" runs a training step as one TensorFlow graph and fails where that can't be, "eager" runs it one operation
   * at a time, as tfjs does, and "auto", the default, takes the graph where it can.
   */
  engine?: EngineChoice;
}

/**
 * Trains a model: shows it the examples batch by batch, and after each batch moves its weights a little to where the
 * loss is smaller.
 *
 * The words: a *batch* is the handful of examples looked at before the weights move; an *epoch* is one walk through
 * all of them; the *loss* says how wrong the model is, smaller is better, and is what training lowers; a *metric*, such
 * as accuracy, says it in terms a person cares about. A part of the examples that the model never learns from, the
 * *validation* data, tells after each epoch whether it has learnt something that holds beyond what it has seen:
 * when `val_loss` rises while `loss` still falls, the model is learning by heart (overfitting).
 *
 * The model changes in place. Ask for `model.stopTraining = true` in a callback to end after the current batch.
 * The notebook's stop button, Ctrl-C and `interruptTraining()` do so too: the weights keep what they have learnt, and
 * the history has the epochs that were finished.
 *
 * @param model A `tf.Sequential` or `tf.LayersModel` after `model.compile({optimizer, loss, metrics})`.
 * @param x The inputs, [n, …] in the shape that the first layer takes, finite numbers, best scaled to [0, 1]. For
 *   several inputs a list or an object by name. Or, in place of x and y, a stream of batches: a `tf.data.Dataset` or
 *   an async iterable of {xs, ys}, whose tensors are disposed after use.
 * @param y The labels, as many as x: one-hot [n, classes] for categoricalCrossentropy, class numbers [n] for
 *   sparseCategoricalCrossentropy, the wanted outputs for any other loss.
 * @returns Loss and metrics after each epoch, under Keras's names.
 * @throws Error for a model that isn't compiled, for shapes that don't fit it, for NaN, and for options out of range.
 *
 * @example
 * model.compile({optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
 * const history = await fit(model, images, tf.oneHot(labels, 10), {epochs: 8, batchSize: 128, validationSplit: 0.2});
 * // Epoch 1/8
 * // 375/375 - 4s - loss: 0.3021 - accuracy: 0.9071 - val_loss: 0.0982 - val_accuracy: 0.9703
 */
export function fit(model: tf.LayersModel, x: TensorData, y: TensorData, options?: FitOptions): Promise<History>;
export function fit(model: tf.LayersModel, x: BatchStream, options?: FitOptions): Promise<History>;
export async function fit(
  model: tf.LayersModel,
  x: TensorData | BatchStream,
  ...rest: [TensorData, FitOptions?] | [FitOptions?]
): Promise<History> {
  const [y, options = {}] = labelsAndOptions<FitOptions>(x, rest);
  checkOptions('fit', options, optionKinds);
  const {epochs = 1, shuffle = true, verbose = 1, callbacks, engine: choice = 'auto'} = options;
  const {seed = Math.floor(Math.random() * 2 ** 32)} = options;
  const compiled = compiledModel('fit', model);
  if (busy.has(compiled.container)) throw new Error('fit: this model is being trained already; await the first fit');
  const data = trainingData(compiled, x, y, options);
  busy.add(compiled.container);
  const reporter = reporterFor(verbose);
  const interrupt = new Interrupt();
  let engine: Engine | undefined;
  try {
    engine = new Engine({caller: 'fit', choice, container: compiled.container, compiled, seed});
    return await trainEpochs({
      ...data,
      model,
      compiled,
      epochs,
      shuffled: shuffle ? data.examples : undefined,
      random: seededRandom(seed),
      engine,
      callbacks: new Callbacks(callbacks),
      reporter,
      interrupt,
    });
  } finally {
    engine?.dispose();
    reporter.end();
    interrupt.close();
    data.dispose();
    busy.delete(compiled.container);
  }
}

const optionKinds: Kinds<FitOptions> = {
  batchSize: count,
  epochs: count,
  validationSplit: {
    expected: 'at least 0 and below 1',
    fits: (value) => typeof value === 'number' && value >= 0 && value < 1,
    help: '0.2 keeps the last fifth for validation',
  },
  validationData: anything,
  shuffle: trueOrFalse,
  seed: wholeNumber,
  verbose: oneOf(0, 1, 2),
  callbacks: callbackKind,
  engine: oneOf('auto', 'graph', 'eager'),
};

/** The models being trained: two runs at once would pull the same weights apart. */
const busy = new WeakSet<tf.LayersModel>();

interface TrainingData {
  train: Batches;
  validation: Batches | undefined;
  /** How many examples to train on; undefined for a stream. */
  examples: number | undefined;
  dispose(): void;
}

function trainingData(
  compiled: CompiledModel,
  x: TensorData | BatchStream,
  y: TensorData | undefined,
  {batchSize = 32, validationSplit = 0, validationData}: FitOptions,
): TrainingData {
  const data = labelledData('fit', compiled, x, y, batchSize);
  if (validationData !== undefined) {
    const held = heldOut(compiled, validationData, batchSize, () => {
      data.dispose();
    });
    return {
      train: data.batches(),
      validation: held.batches(),
      examples: data.examples,
      dispose: () => {
        data.dispose();
        held.dispose();
      },
    };
  }
  const dispose = () => {
    data.dispose();
  };
  if (validationSplit === 0) return {train: data.batches(), validation: undefined, examples: data.examples, dispose};
  if (data.examples === undefined) {
    throw new Error('fit: validationSplit needs all the examples in memory, but x is a stream; pass validationData');
  }
  const cut = Math.floor(data.examples * (1 - validationSplit));
  if (cut === 0) {
    dispose();
    throw new Error(
      `fit: validationSplit ${validationSplit} leaves none of the ${data.examples} examples to learn from`,
    );
  }
  return {train: data.batches(0, cut), validation: data.batches(cut), examples: cut, dispose};
}

/** The validation data, checked: an error says that they are meant. @param release Frees what was prepared before. */
function heldOut(
  compiled: CompiledModel,
  given: NonNullable<FitOptions['validationData']>,
  batchSize: number,
  release: () => void,
): Prepared {
  const caller = 'fit: validationData';
  try {
    if (isStream(given as BatchStream | TensorData))
      return labelledData(caller, compiled, given as BatchStream, undefined, batchSize);
    check('fit', 'validationData', given, {
      expected: '[x, y], or a stream of {xs, ys}',
      fits: (value) => Array.isArray(value) && value.length === 2,
    });
    const [x, y] = given as [TensorData, TensorData];
    return labelledData(caller, compiled, x, y, batchSize);
  } catch (error) {
    release();
    throw error;
  }
}
