import {type TensorData, tf} from 'convlab';

/** A model with its data, after one of the programs of tensorflow/tfjs-examples. */
export interface Example {
  /** The same model each time, compiled, but for its weights. */
  model: () => tf.LayersModel;
  x: TensorData;
  y: TensorData;
  batchSize: number;
  epochs?: number;
  validationSplit?: number;
  /** What fit does otherwise than model.fit, on purpose: the values of the history that differ, and why. */
  differs?: {values: RegExp; because: string};
}

/** Picks a number for a test that takes a second, or for a program as it is, to measure. */
export type Size = (small: number, real: number) => number;

export const small: Size = (value) => value;
export const real: Size = (_small, value) => value;

/** Numbers from `from` to `to` that are the same in every run. */
export function numbers(shape: number[], seed = 1, from = 0, to = 1): tf.Tensor {
  return tf.randomUniform(shape, from, to, 'float32', seed);
}

/** Whole numbers from 0 up to `below`, the same in every run. */
export function whole(shape: number[], below: number, seed = 1): tf.Tensor {
  return tf.tidy(() => numbers(shape, seed, 0, below).floor().cast('int32'));
}

/** Random classes, one-hot. */
export function classes(n: number, count: number, seed = 1): tf.Tensor {
  return tf.tidy(() => tf.oneHot(whole([n], count, seed), count).toFloat());
}

/** Random one-hot letters of texts: [n, length, letters]. */
export function texts(n: number, length: number, letters: number, seed = 1): tf.Tensor {
  return tf.tidy(() => tf.oneHot(whole([n, length], letters, seed), letters).toFloat());
}

/** Weights that are the same in every run, about as large as a layer begins with. */
export function setStartingWeights(model: tf.LayersModel): void {
  tf.tidy(() => {
    const start = ({shape}: tf.Tensor, i: number) => {
      const spread =
        shape.length < 2 ? 0.1 : Math.sqrt(6 / (shape.slice(0, -1).reduce((a, b) => a * b) + shape.at(-1)!));
      // A moving variance mustn't be negative.
      return numbers(shape, i + 1, shape.length < 2 ? 0.01 : -spread, spread);
    };
    model.setWeights(model.getWeights().map(start));
  });
}
