import {ImageSet} from '../../data/imageSet';
import {Reordered} from '../../data/reordered';
import {shuffledIndices} from '../../random';
import {tf} from '../../tfjs/tensorflow';
import type {StreamBatch} from '../types';

/** Examples in memory: images with their labels beside them, or in a set. */
export type Source = ImageSet | {x: tf.Tensor; y: tf.Tensor};

/**
 * Batches of examples in memory, each pass in a new order and changed anew: a stream for `fit`. The examples themselves stay
 * as they are, so that `fit`'s `validationSplit` can keep the last of them aside, unchanged.
 */
export class AugmentedExamples<Batch extends StreamBatch | ImageSet> extends Reordered<Batch> {
  constructor(
    private readonly source: Source,
    /** How many of them there are, counted from the first. */
    readonly length: number,
    private readonly batchSize: number,
    private readonly random: () => number,
    /** The examples at these positions, changed. */
    private readonly batch: (positions: Int32Array) => Batch,
  ) {
    super();
  }

  /** One pass through all examples. */
  [Symbol.asyncIterator](): AsyncGenerator<Batch, void> {
    return this.pass(shuffledIndices(this.length, this.random));
  }

  /** One pass from the first example to the last. */
  inOrder(): AsyncGenerator<Batch, void> {
    return this.pass(Int32Array.from({length: this.length}, (_, i) => i));
  }

  // Asynchronous only because streams are.
  // eslint-disable-next-line @typescript-eslint/require-await
  private async *pass(order: Int32Array): AsyncGenerator<Batch, void> {
    for (let from = 0; from < this.length; from += this.batchSize) {
      yield this.batch(order.subarray(from, from + this.batchSize));
    }
  }

  /**
   * Keeps the examples from position `at` on aside.
   *
   * @param at How many to go on changing.
   * @returns Those, and the others as they are: copies until they are disposed.
   */
  split(at: number): {train: AugmentedExamples<Batch>; rest: ImageSet | [tf.Tensor, tf.Tensor]; dispose: () => void} {
    const {source, length, batchSize, random, batch} = this;
    const train = new AugmentedExamples(source, at, batchSize, random, batch);
    if (source instanceof ImageSet) {
      const rest = source.select(Int32Array.from({length: length - at}, (_, i) => at + i));
      return {train, rest, dispose: () => undefined};
    }
    const rest: [tf.Tensor, tf.Tensor] = [source.x.slice(at, length - at), source.y.slice(at, length - at)];
    return {
      train,
      rest,
      dispose: () => {
        tf.dispose(rest);
      },
    };
  }
}
