import {CallError, forArgument, publicCall} from '../arguments/publicCall';
import {checkArgument, checkArguments, type Kind} from '../arguments/schema';
import {ImageSet} from '../data/imageSet';
import {ImageStream} from '../data/imageStream';
import {seededRandom} from '../random';
import {modelKind} from '../tfjs/model';
import type {tf} from '../tfjs/tensorflow';
import {Callbacks} from './callbacks/callbacks';
import {type CompiledModel, compiledModel} from './compiled';
import {AugmentedExamples} from './data/augmentedExamples';
import {labelledData, type Prepared} from './data/data';
import {checkClassWeight} from './data/weights';
import {targetsAndOptions} from './data/targetsAndOptions';
import {countBeforeSplit} from './data/validationSplit';
import {type FitOptions, fitOptions} from './fitOptions';
import type {History} from './history';
import {type Batches, isStream} from './data/batches';
import {BOTH, ClassWeighted} from './loop/classWeighted';
import {type Own, withRun} from './loop/run';
import {trainEpochs} from './loop/trainer';
import type {BatchStream, Examples, SampleWeight, TensorData} from './types';

/**
 * Trains a model: shows it the examples batch by batch, and after each batch moves its weights a little to where the
 * loss is smaller.
 *
 * The words: a *batch* is the handful of examples looked at before the weights move; an *epoch* is one walk through
 * all of them; the *loss* says how wrong the model is, smaller is better, and is what training lowers; a *metric*, such
 * as accuracy, says it in terms a person cares about. A part of the examples that the model never learns from, the
 * *validation* data, tells after each epoch whether it has learnt something that holds beyond what it has seen:
 * when `val_loss` rises while `loss` still falls, the model is memorising its examples (overfitting).
 *
 * The model changes in place. Ask for `model.stopTraining = true` in a callback to end after the current batch.
 * The notebook's stop button, Ctrl-C and `interruptTraining()` do so too: the weights keep what they have learnt, and
 * the history has the epochs that were finished.
 *
 * @param model A `tf.Sequential` or `tf.LayersModel` after `model.compile({optimizer, loss, metrics})`.
 * @param x The inputs, [n, …] in the shape that the first layer takes, finite numbers, best scaled to [0, 1]. For
 *   several inputs a list or an object by name. Or an ImageSet, which brings its labels along: its pictures go in with
 *   the values that they have, 0 to 255 for 8 bits, and nothing scales them but the model: begin it with
 *   `tf.layers.rescaling({scale: 1 / 255, inputShape})`. Or a stream of batches: a `tf.data.Dataset` or an async
 *   iterable of {xs, ys}, whose tensors are disposed after use, but for those kept by `tf.keep`.
 * @param y The labels, as many as x: one-hot [n, classes] for categoricalCrossentropy, class numbers [n] for
 *   sparseCategoricalCrossentropy, the wanted outputs for any other loss. Left out after an ImageSet or a stream: the
 *   labels of a set become one-hot where the loss compares columns.
 * @param options How to train.
 * @returns Loss and metrics after each epoch, under Keras's names.
 * @throws Error for a model that isn't compiled, for shapes that don't fit it, for NaN, and for options out of range.
 *
 * @example
 * model.compile({optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
 * const history = await fit(model, images, tf.oneHot(labels, 10), {epochs: 8, batchSize: 128, validationSplit: 0.2});
 * // Epoch 1/8
 * // 375/375 - 4s - loss: 0.3021 - accuracy: 0.9071 - val_loss: 0.0982 - val_accuracy: 0.9703
 */
export function fit(
  model: tf.LayersModel,
  x: TensorData | ImageSet,
  y: TensorData,
  options?: FitOptions,
): Promise<History>;
export function fit(model: tf.LayersModel, x: ImageSet | BatchStream, options?: FitOptions): Promise<History>;
export function fit(
  model: tf.LayersModel,
  x: Examples,
  ...rest: [TensorData, FitOptions?] | [FitOptions?]
): Promise<History> {
  return publicCall('fit', async () => {
    const [y, options = {}] = targetsAndOptions<FitOptions>(x, rest);
    checkArguments({model, options}, {model: modelKind, options: fitOptions});
    const compiled = compiledModel(model);
    const {container} = compiled;
    if (busy.has(container)) throw new CallError('this model is being trained already; await the first fit');
    busy.add(container);
    try {
      return await train(model, compiled, x, y, options);
    } finally {
      busy.delete(container);
    }
  });
}

const ALL_FROZEN =
  'the model has no weights to train, as all its layers are frozen; set trainable = true on some of them and compile again';

/** The models being trained: two runs at once would pull the same weights apart. */
const busy = new WeakSet<tf.LayersModel>();

function train(
  model: tf.LayersModel,
  compiled: CompiledModel,
  x: Examples,
  y: TensorData | undefined,
  options: FitOptions,
): Promise<History> {
  const {epochs = 1, initialEpoch = 0, shuffle = true, verbose = 1, callbacks, engine = 'auto'} = options;
  const {seed = Math.floor(Math.random() * 2 ** 32)} = options;
  // As in Keras: batch normalization may still measure, and whoever froze everything by mistake is told.
  if (model.trainableWeights.length === 0) console.warn(`fit: ${ALL_FROZEN}`);
  return withRun(
    {
      engine: {caller: 'fit', choice: engine, container: compiled.container, compiled, seed},
      verbose,
      data: (own) => trainingData(compiled, x, y, options, own),
    },
    ({data, ...run}) =>
      trainEpochs({
        ...run,
        ...data,
        model,
        compiled,
        epochs,
        initialEpoch,
        shuffled: shuffle ? data.examples : undefined,
        random: seededRandom(seed),
        callbacks: new Callbacks(callbacks),
      }),
  );
}

interface TrainingData {
  train: Batches;
  validation: Batches | undefined;
  /** How many examples to train on; undefined for a stream. */
  examples: number | undefined;
}

function trainingData(
  compiled: CompiledModel,
  x: Examples,
  y: TensorData | undefined,
  {batchSize, validationSplit = 0, validationData, classWeight, sampleWeight}: FitOptions,
  own: Own,
): TrainingData {
  if (classWeight !== undefined) {
    if (sampleWeight !== undefined) throw new CallError(BOTH);
    checkClassWeight(compiled, classWeight);
  }
  const weighted = (train: Batches) =>
    classWeight === undefined
      ? train
      : new ClassWeighted(train, classWeight, x instanceof ImageStream ? x.labels : undefined);
  // Beside a stream it can be meant for what is validated.
  const isHeldOut =
    isStream(x) && (validationSplit > 0 || (validationData !== undefined && !isBatched(validationData)));
  const {examples, batches} = own(labelledData(compiled, {x, y, sampleWeight}, isHeldOut ? undefined : batchSize));
  if (validationData !== undefined) {
    const held = own(heldOut(compiled, validationData, isBatched(validationData) ? undefined : batchSize));
    return {train: weighted(batches()), validation: held.batches(), examples};
  }
  if (validationSplit === 0) return {train: weighted(batches()), validation: undefined, examples};
  if (examples === undefined) {
    if (!(x instanceof AugmentedExamples)) {
      throw new CallError('validationSplit needs all the examples in memory, but x is a stream; pass validationData');
    }
    const {train, rest} = own(x.split(countBeforeSplit(x.length, validationSplit)));
    const held = own(heldOut(compiled, rest, batchSize));
    const changed = own(labelledData(compiled, {x: train as BatchStream}, undefined));
    return {train: weighted(changed.batches()), validation: held.batches(), examples: undefined};
  }
  const cut = countBeforeSplit(examples, validationSplit);
  return {train: weighted(batches(0, cut)), validation: batches(cut), examples: cut};
}

function heldOut(
  compiled: CompiledModel,
  given: NonNullable<FitOptions['validationData']>,
  batchSize: number | undefined,
): Prepared {
  const whole = given instanceof ImageSet || isBatched(given);
  if (!whole) checkArgument('validationData', given, pair);
  const [x, y, sampleWeight] = whole ? [given as ImageSet | BatchStream] : (given as ValidationPair);
  return forArgument('validationData', () => labelledData(compiled, {x, y, sampleWeight}, batchSize));
}

function isBatched(given: NonNullable<FitOptions['validationData']>): boolean {
  return isStream(given as BatchStream | TensorData);
}

type ValidationPair = [x: TensorData | ImageSet, y: TensorData, sampleWeight?: SampleWeight];

const pair: Kind = {
  expected: '[x, y], [x, y, sampleWeight], an ImageSet, or a stream of {xs, ys}',
  fits: (value) => Array.isArray(value) && (value.length === 2 || value.length === 3),
};
