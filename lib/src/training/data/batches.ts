import {CallError} from '../../arguments/publicCall';
import {tf} from '../../tfjs/tensorflow';
import {ImageSet} from '../../data/imageSet';
import type {BatchStream, TensorData} from '../types';

/** What a step looks at. */
export interface StepData {
  xs: tf.Tensor[];
  ys: tf.Tensor[];
  /** How much each example counts in the loss, one tensor an output; none where all count alike. */
  weights: tf.Tensor[];
}

/** One batch in the model's order; no labels for prediction. */
export interface Batch extends StepData {
  /** How many examples. */
  size: number;
}

/** Where a pass takes its batches from. */
export interface Batches {
  /** How many batches a pass has; undefined until a stream's first pass has counted them. */
  readonly count: number | undefined;
  /** Whether they come from the caller's code, which runs between them. */
  readonly streamed: boolean;
  /** All of them, one tensor an output, where they are in memory. */
  readonly labels?: readonly tf.Tensor[] | undefined;
  /** Walks through all batches once, for whoever then disposes each. @param order Of the examples, where it can be chosen. */
  pass(order?: Int32Array): AsyncIterable<Batch>;
}

/** Examples in memory, from row `start` up to row `end` of each tensor: a window, not a copy. */
export class TensorBatches implements Batches {
  readonly streamed = false;
  readonly count: number;

  constructor(
    private readonly xs: tf.Tensor[],
    private readonly ys: tf.Tensor[],
    private readonly weights: tf.Tensor[],
    private readonly batchSize: number,
    private readonly start: number,
    private readonly end: number,
  ) {
    this.count = Math.ceil((end - start) / batchSize);
  }

  get labels(): readonly tf.Tensor[] {
    return this.ys;
  }

  // Asynchronous only to look like a stream.
  // eslint-disable-next-line @typescript-eslint/require-await
  async *pass(order?: Int32Array): AsyncIterable<Batch> {
    for (let from = this.start; from < this.end; from += this.batchSize) {
      if ([...this.xs, ...this.ys, ...this.weights].some((tensor) => tensor.isDisposed)) {
        throw new CallError(
          'a tensor of x, y or sampleWeight was disposed before its last batch; dispose it after the await',
        );
      }
      const size = Math.min(this.batchSize, this.end - from);
      const rows = order?.slice(from - this.start, from - this.start + size);
      yield tf.tidy(() => {
        const indices = rows && tf.tensor1d(rows, 'int32');
        const take = (tensor: tf.Tensor) => (indices ? tf.gather(tensor, indices) : tf.slice(tensor, from, size));
        return {xs: this.xs.map(take), ys: this.ys.map(take), weights: this.weights.map(take), size};
      });
    }
  }
}

/** Batches from a tf.data.Dataset or an async iterable; while one is worked on, the next is on its way. */
export class StreamedBatches implements Batches {
  readonly streamed = true;
  count: number | undefined;

  constructor(
    private readonly stream: BatchStream | AsyncIterable<unknown>,
    /** Checks a batch and puts it into the model's order. */
    private readonly prepare: (batch: unknown) => Batch,
  ) {}

  async *pass(): AsyncIterable<Batch> {
    const iterator = await iterate(this.stream);
    let count = 0;
    let finished = false;
    // An iterator of the user's own may give its result without a promise.
    const next = async () => iterator.next();
    let coming = next();
    try {
      for (;;) {
        const {value, done} = await coming;
        if (done === true) break;
        coming = next();
        // Awaited in the next round; without this, a failure before then would count as unhandled.
        coming.catch(() => undefined);
        count++;
        if (tensorsIn(value).some((tensor) => tensor.isDisposed)) throw new CallError(USED);
        yield this.prepare(value);
      }
      finished = true;
    } finally {
      if (!finished) await abandon(iterator, coming);
    }
    if (count === 0) {
      throw new CallError(
        this.count === undefined
          ? 'the stream has no batches; expected at least one {xs, ys}'
          : `the stream has run dry after one pass; give something that can be walked through once an epoch, such as a tf.data.Dataset or an object with [Symbol.asyncIterator]`,
      );
    }
    this.count = count;
  }
}

const USED =
  'the stream gives tensors that are disposed: each is freed once its batch has been used; give new ones every time, or keep them with tf.keep';

interface StreamIterator {
  next(): Promise<IteratorResult<unknown, unknown>>;
  return?(): Promise<unknown>;
}

async function iterate(stream: BatchStream | AsyncIterable<unknown>): Promise<StreamIterator> {
  return Symbol.asyncIterator in stream ? (stream[Symbol.asyncIterator]() as StreamIterator) : await stream.iterator();
}

/** Left early: the batch that was on its way has no one else to free it. */
async function abandon(iterator: StreamIterator, coming: Promise<IteratorResult<unknown, unknown>>): Promise<void> {
  await coming.then(
    ({value, done}) => {
      if (done !== true) release(value);
    },
    () => undefined,
  );
  await iterator.return?.();
}

/** Frees the tensors of a batch; those that their owner keeps by `tf.keep` stay. */
export function release(batch: unknown): void {
  for (const tensor of tensorsIn(batch)) if (!tensor.kept) tensor.dispose();
}

export function tensorsIn(data: unknown): tf.Tensor[] {
  if (data instanceof ImageSet) return [];
  if (data instanceof tf.Tensor) return [data as tf.Tensor];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(tensorsIn) : [];
}

/** Whether `data` comes in batches rather than as tensors. */
export function isStream<T>(
  data: TensorData | ImageSet | BatchStream | AsyncIterable<T>,
): data is BatchStream | AsyncIterable<T> {
  // What came may be anything: this is asked first of all.
  if (typeof (data as unknown) !== 'object' || (data as unknown) === null) return false;
  if (data instanceof tf.Tensor || Array.isArray(data)) return false;
  const {[Symbol.asyncIterator]: asynchronous, iterator} = data as Record<PropertyKey, unknown>;
  return typeof asynchronous === 'function' || typeof iterator === 'function';
}
