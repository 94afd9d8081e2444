import {describe} from '../../arguments/describe';
import {CallError} from '../../arguments/publicCall';
import {ImageSet} from '../../data/imageSet';
import {inOrder} from '../../data/reordered';
import {tf} from '../../tfjs/tensorflow';
import {type Batch, type Batches, isStream, StreamedBatches, TensorBatches, tensorsIn} from './batches';
import {checkInputs, checkPairs, checkTargets} from './check';
import type {CompiledModel} from '../compiled';
import {fits, printShape} from './hints';
import {picturesOf, targetsOf} from './imageSets';
import type {BatchStream, Examples, SampleWeight, StreamBatch, TensorData} from '../types';
import {checkWeights} from './weights';

/** Data that has been checked. */
export interface Prepared {
  /** How many examples there are; undefined for a stream. */
  examples: number | undefined;
  /** Batches of the examples from `start` up to `end`; of a stream, always all. */
  readonly batches: (start?: number, end?: number) => Batches;
  /** Frees what the checks have made; the caller's tensors stay. */
  readonly dispose: () => void;
}

/** What `fit` and `evaluate` are given to look at. */
export interface Labelled {
  x: Examples;
  y?: TensorData | undefined;
  sampleWeight?: SampleWeight | undefined;
}

/**
 * Inputs with labels, from tensors or from a stream of {xs, ys}.
 *
 * @param batchSize 32 when left out
 */
export function labelledData(
  compiled: CompiledModel,
  {x, y, sampleWeight}: Labelled,
  batchSize: number | undefined,
): Prepared {
  // Tidied: checks that fail leave nothing behind.
  const check = (inputs: () => TensorData, targets: () => TensorData, given = sampleWeight): Batch =>
    tf.tidy(() => {
      const xs = checkInputs(compiled.container, inputs());
      const ys = checkTargets(compiled, targets());
      checkPairs(xs, ys);
      return {xs, ys, weights: checkWeights(compiled, ys, given), size: xs[0]!.shape[0]};
    });
  const checkSet = (set: ImageSet, labels?: TensorData): Batch =>
    check(
      () => picturesOf(set, compiled.container),
      () => labels ?? targetsOf(set, compiled),
    );
  if (isStream(x)) {
    if (sampleWeight !== undefined) {
      throw new CallError('x is a stream, whose batches bring their weights along: {xs, ys, sampleWeight}');
    }
    if (batchSize !== undefined) throw new CallError(OWN_BATCHES);
    return streamed(x, (batch) => {
      if (batch instanceof ImageSet) return checkSet(batch);
      if (!isPair(batch)) throw new CallError(`every batch of a stream must be {xs, ys}, got ${describe(batch)}`);
      const more = Object.keys(batch).filter((name) => !['xs', 'ys', 'sampleWeight'].includes(name));
      if (more.length > 0) {
        throw new CallError(
          `a batch of the stream has ${more.join(', ')}, expected {xs, ys} or {xs, ys, sampleWeight}; leave it out`,
        );
      }
      checkBatched(batch.xs, compiled.container);
      return check(
        () => batch.xs,
        () => batch.ys,
        batch.sampleWeight,
      );
    });
  }
  if (!(x instanceof ImageSet) && y === undefined) {
    tf.tidy(() => checkInputs(compiled.container, x));
    throw new CallError('x is a tensor, so y must be the labels; got nothing');
  }
  const batch =
    x instanceof ImageSet
      ? checkSet(x, y)
      : check(
          () => x,
          () => y!,
        );
  return inMemory(batch, [x, y, sampleWeight], batchSizeOf(compiled.container, batchSize));
}

/** Inputs alone, for prediction, in their order; a stream may bring {xs, ys}, {xs}, or the inputs themselves. */
export function inputData(
  container: tf.LayersModel,
  x: TensorData | ImageSet | BatchStream | AsyncIterable<TensorData>,
  batchSize: number | undefined,
): Prepared {
  const check = (inputs: () => TensorData): Batch =>
    tf.tidy(() => {
      const xs = checkInputs(container, inputs());
      checkPairs(xs, []);
      return {xs, ys: [], weights: [], size: xs[0]!.shape[0]};
    });
  if (isStream(x)) {
    if (batchSize !== undefined) throw new CallError(OWN_BATCHES);
    return streamed(inOrder(x), (batch) =>
      check(() => {
        if (batch instanceof ImageSet) return picturesOf(batch, container);
        const inputs = hasInputs(batch) ? batch.xs : (batch as TensorData);
        checkBatched(inputs, container);
        return inputs;
      }),
    );
  }
  return inMemory(
    check(() => (x instanceof ImageSet ? picturesOf(x, container) : x)),
    [x],
    batchSizeOf(container, batchSize),
  );
}

interface BatchSize {
  batchSize: number;
  /** Of a model with a layer that keeps a state for each example of a batch: every batch has just as many. */
  fixed: boolean;
}

/** What was given, or what the model asks for, or Keras's 32. */
function batchSizeOf({inputs, stateful}: tf.LayersModel, given: number | undefined): BatchSize {
  const own = stateful ? (inputs[0]!.shape[0] ?? undefined) : undefined;
  if (own !== undefined && given !== undefined && given !== own) {
    throw new CallError(`batchSize is ${given} but the model takes batches of exactly ${own}; leave batchSize out`);
  }
  return {batchSize: own ?? given ?? 32, fixed: own !== undefined};
}

/** @param given What the caller passed: its tensors stay. */
function inMemory({xs, ys, weights, size}: Batch, given: unknown[], {batchSize, fixed}: BatchSize): Prepared {
  return {
    examples: size,
    batches: (start = 0, end = size) => {
      const rest = fixed ? (end - start) % batchSize : 0;
      if (rest > 0) {
        throw new CallError(
          `x has ${end - start} examples${end - start < size ? ` of ${size} here` : ''} but the model takes batches of ` +
            `exactly ${batchSize}; leave out ${rest}, or build it without stateful`,
        );
      }
      return new TensorBatches(xs, ys, weights, batchSize, start, end);
    },
    dispose: () => {
      disposeBut(given.flatMap(tensorsIn), [...xs, ...ys, ...weights]);
    },
  };
}

const OWN_BATCHES = 'batchSize is for examples in memory; a stream brings batches of its own, so leave it out';

/** @throws CallError when a stream gives one example after the other. */
function checkBatched(x: TensorData, {inputs}: tf.LayersModel): void {
  const expected = inputs[0]!.shape;
  if (inputs.length > 1 || !(x instanceof tf.Tensor) || !fits([1, ...x.shape], expected)) return;
  throw new CallError(
    `the stream gives single examples, x of shape ${printShape(x.shape)}, but the model takes batches, ` +
      `${printShape(expected)}; of a tf.data.Dataset dataset.batch(32) makes them`,
  );
}

function streamed(stream: BatchStream | AsyncIterable<unknown>, check: (batch: unknown) => Batch): Prepared {
  const batches = new StreamedBatches(stream, (given) => {
    let batch: Batch | undefined;
    try {
      batch = check(given);
      return batch;
    } finally {
      // What the batch doesn't use, and everything of one that failed.
      disposeBut(batch ? [...batch.xs, ...batch.ys, ...batch.weights] : [], tensorsIn(given));
    }
  });
  return {examples: undefined, batches: () => batches, dispose: () => undefined};
}

/** Frees `tensors`, but for those that are `kept`. */
function disposeBut(kept: tf.Tensor[], tensors: tf.Tensor[]): void {
  for (const tensor of tensors) if (!kept.includes(tensor) && !tensor.kept) tensor.dispose();
}

function hasInputs(batch: unknown): batch is {xs: TensorData} {
  return typeof batch === 'object' && batch !== null && !(batch instanceof tf.Tensor) && 'xs' in batch;
}

function isPair(batch: unknown): batch is StreamBatch {
  return hasInputs(batch) && 'ys' in batch;
}
