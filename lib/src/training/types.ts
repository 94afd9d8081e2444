import type {ImageSet} from '../data/imageSet';
import type {Logs} from '../progress/format';
import type {tf} from '../tfjs/tensorflow';

/**
 * What `fit` and `evaluate` look at: tensors, with the targets beside them in y; or pictures with their labels; or a
 * stream of batches.
 */
export type Examples = TensorData | ImageSet | BatchStream;

/** Tensors for a model's inputs or outputs: one, a list in the model's order, or an object by the layers' names. */
export type TensorData = tf.Tensor | tf.Tensor[] | Record<string, tf.Tensor>;

/** One batch of a stream. Its tensors are disposed once the batch has been used, but for those kept by `tf.keep`. */
export interface StreamBatch {
  xs: TensorData;
  ys: TensorData;
  /** How much each example counts in the loss, as the option of `fit`. */
  sampleWeight?: TensorData;
}

/**
 * How much each example counts in the loss, 1 being as much as usual: n numbers, or a tensor [n]; for a model that puts
 * out several values an example, such as one for each step, also a number for each of these. With several outputs a
 * tensor for each, as targets are given, or one for all.
 */
export type SampleWeight = TensorData | ArrayLike<number>;

/**
 * Batches that come one after the other: data that needn't fit in memory, such as `imageFolder.stream` gives. Walked through
 * once an epoch. A batch that is an ImageSet is taken as `fit` takes a whole one.
 */
export type BatchStream = tf.data.Dataset<tf.TensorContainer> | AsyncIterable<StreamBatch | ImageSet>;

export type {Logs};

/**
 * Called while a model trains; every method is optional and may return a promise, which `fit` awaits.
 * An object literal, a `tf.CustomCallback` and `tf.callbacks.earlyStopping(…)` all fit.
 */
export interface FitCallback {
  onTrainBegin?(logs?: Logs): void | Promise<void>;
  onTrainEnd?(logs?: Logs): void | Promise<void>;
  /** Epochs count from 0. */
  onEpochBegin?(epoch: number, logs?: Logs): void | Promise<void>;
  /** `logs` has the epoch's means: loss, accuracy, and val_loss, val_accuracy when there is validation data. */
  onEpochEnd?(epoch: number, logs?: Logs): void | Promise<void>;
  /** Batches count from 0 in every epoch. `logs` is {batch, size}. */
  onBatchBegin?(batch: number, logs?: Logs): void | Promise<void>;
  /** `logs` has batch, size, and this batch's loss and metrics. */
  onBatchEnd?(batch: number, logs?: Logs): void | Promise<void>;
  setModel?(model: tf.LayersModel): void;
  setParams?(params: Record<string, number | string | boolean | number[] | string[] | boolean[]>): void;
}
