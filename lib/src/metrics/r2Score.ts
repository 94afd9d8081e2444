import {tf} from '../tfjs/tensorflow';
import type {Metric} from './metric';

/**
 * The share of the labels' variance that the model explains, the mean over `columns` outputs. As Keras's R2Score counts
 * it: from sums, so that labels far from 0 cost digits.
 */
export function r2Score(columns: number): Metric {
  return {
    size: 3 * columns + 1,
    count(yTrue, {values}) {
      const y = yTrue.toFloat().reshape([-1, columns]);
      const missed = y.sub(values.reshape([-1, columns]));
      const sums = [y, y.square(), missed.square()].map((each) => each.sum(0));
      return tf.concat([...sums, tf.tensor1d([y.shape[0]])]);
    },
    result(counts) {
      const n = counts.at(-1)!;
      const scores = Array.from({length: columns}, (_, i) => {
        const [sum, squares, missed] = [counts[i]!, counts[columns + i]!, counts[2 * columns + i]!];
        const score = 1 - missed / (squares - (sum * sum) / n);
        return Math.abs(score) === Infinity ? 0 : score;
      });
      return scores.reduce((total, score) => total + score, 0) / columns;
    },
  };
}
