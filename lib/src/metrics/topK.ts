import {tf} from '../tfjs/tensorflow';
import type {Values} from '../losses/loss';

/** How often fewer than k outputs are larger than the one of the label's largest. */
export const inTopK =
  (k: number): Values =>
  (yTrue, prediction) =>
    sparseInTopK(k)(yTrue.argMax(-1), prediction);

/** How often fewer than k outputs are larger than the one at the class number. */
export const sparseInTopK =
  (k: number): Values =>
  (yTrue, {values}) => {
    const numbers = yTrue.reshape(values.shape.slice(0, -1)).toInt();
    const ofLabel = values.mul(tf.oneHot(numbers, values.shape.at(-1)!).toFloat()).sum(-1, true);
    return values.greater(ofLabel).toFloat().sum(-1).less(k).toFloat();
  };
