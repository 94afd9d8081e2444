import {describe} from '../../arguments/describe';
import {tf} from '../../tfjs/tensorflow';
import {type Batch, type Batches, isStream, StreamedBatches, TensorBatches} from '../loop/batches';
import {checkInputs, checkPairs, checkTargets} from './check';
import type {CompiledModel} from '../compiled';
import type {BatchStream, StreamBatch, TensorData} from '../types';

/** Data that has been checked. */
export interface Prepared {
  /** How many examples there are; undefined for a stream. */
  examples: number | undefined;
  /** Batches of the examples from `start` up to `end`; of a stream, always all. */
  batches(start?: number, end?: number): Batches;
  /** Frees what the checks have made; the caller's tensors stay. */
  dispose(): void;
}

/** Inputs with labels, from tensors or from a stream of {xs, ys}. */
export function labelledData(
  caller: string,
  compiled: CompiledModel,
  x: TensorData | BatchStream,
  y: TensorData | undefined,
  batchSize: number,
): Prepared {
  // Tidied: checks that fail leave nothing behind.
  const check = (inputs: TensorData, targets: TensorData): Batch =>
    tf.tidy(() => {
      const xs = checkInputs(caller, compiled.container, inputs);
      const ys = checkTargets(caller, compiled, targets);
      checkPairs(caller, xs, ys);
      return {xs, ys, weights: [], size: xs[0]!.shape[0]};
    });
  if (isStream(x)) {
    return streamed(caller, x, (batch) => {
      if (!isPair(batch))
        throw new Error(`${caller}: every batch of a stream must be {xs, ys}, got ${describe(batch)}`);
      const more = Object.keys(batch).filter((name) => name !== 'xs' && name !== 'ys');
      if (more.length > 0) {
        throw new Error(
          `${caller}: a batch of the stream has ${more.join(', ')}, expected {xs, ys} alone; leave it out`,
        );
      }
      return check(batch.xs, batch.ys);
    });
  }
  if (y === undefined) throw new Error(`${caller}: x is a tensor, so y must be the labels; got nothing`);
  return inMemory(check(x, y), [x, y], batchSize);
}

/** Inputs alone, for prediction; a stream may bring {xs, ys}, {xs}, or the inputs themselves. */
export function inputData(
  caller: string,
  container: tf.LayersModel,
  x: TensorData | BatchStream | AsyncIterable<TensorData>,
  batchSize: number,
): Prepared {
  const check = (inputs: TensorData): Batch =>
    tf.tidy(() => {
      const xs = checkInputs(caller, container, inputs);
      checkPairs(caller, xs, []);
      return {xs, ys: [], weights: [], size: xs[0]!.shape[0]};
    });
  if (isStream(x)) {
    return streamed(caller, x, (batch) => check(hasInputs(batch) ? batch.xs : (batch as TensorData)));
  }
  return inMemory(check(x), [x], batchSize);
}

function inMemory({xs, ys, weights, size}: Batch, given: TensorData[], batchSize: number): Prepared {
  return {
    examples: size,
    batches: (start = 0, end = size) => new TensorBatches(xs, ys, weights, batchSize, start, end),
    dispose: () => {
      disposeBut(given.flatMap(tensorsIn), [...xs, ...ys, ...weights]);
    },
  };
}

function streamed(
  caller: string,
  stream: BatchStream | AsyncIterable<TensorData>,
  check: (batch: unknown) => Batch,
): Prepared {
  const batches = new StreamedBatches(caller, stream, (given) => {
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
  for (const tensor of tensors) if (!kept.includes(tensor)) tensor.dispose();
}

function tensorsIn(data: unknown): tf.Tensor[] {
  if (data instanceof tf.Tensor) return [data as tf.Tensor];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(tensorsIn) : [];
}

function hasInputs(batch: unknown): batch is {xs: TensorData} {
  return typeof batch === 'object' && batch !== null && !(batch instanceof tf.Tensor) && 'xs' in batch;
}

function isPair(batch: unknown): batch is StreamBatch {
  return hasInputs(batch) && 'ys' in batch;
}
