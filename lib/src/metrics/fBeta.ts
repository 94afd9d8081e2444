import {tf} from '../tfjs/tensorflow';
import type {Metric} from './metric';

/** How precision and recall are brought together. */
export interface FBetaOptions {
  /** Over the classes: of all counts together, of the classes' scores, or of these by how many labels each has. */
  average: 'micro' | 'macro' | 'weighted';
  /** How much more recall counts. Default 1. */
  beta?: number;
  /** An output above this is a yes; without it the largest output is. */
  threshold?: number;
}

const EPSILON = 1e-7;

/** Keras's FBetaScore, and F1Score: metrics/f_score_metrics.py. Of labels [n, columns]. */
export function fBeta({average, beta = 1, threshold}: FBetaOptions, columns: number): Metric {
  return {
    size: 3 * columns,
    count(yTrue, {values}) {
      const y = yTrue.toFloat();
      const largest = () => values.greaterEqual(values.max(-1, true)).logicalAnd(values.abs().greater(1e-9));
      const yes = (threshold === undefined ? largest() : values.greater(threshold)).toFloat();
      return tf.concat([yes.mul(y), yes, y].map((each) => each.reshape([-1, columns]).sum(0)));
    },
    result(counts) {
      const [both, yes, labels] = [0, 1, 2].map((part) => counts.slice(part * columns, (part + 1) * columns)) as [number[], number[], number[]]; // prettier-ignore
      if (average === 'micro') return score(sum(both), sum(yes), sum(labels));
      const scores = both.map((each, i) => score(each, yes[i]!, labels[i]!));
      if (average === 'macro') return sum(scores) / columns;
      return sum(scores.map((each, i) => (each * labels[i]!) / (sum(labels) + EPSILON)));
    },
  };

  function score(both: number, yes: number, labels: number): number {
    const [precision, recall] = [both / (yes + EPSILON), both / (labels + EPSILON)];
    return ((1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall + EPSILON);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
