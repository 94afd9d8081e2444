// What a model reaches of one measure where it reaches a given value of another, at the best of many thresholds.
// Source: keras/src/metrics/confusion_metrics.py, SensitivitySpecificityBase.
import {tf} from '../tfjs/tensorflow';
import {countsAt, evenGaps, inGaps, type Counts} from './auc';
import {ratio} from './mean';
import type {Metric} from './metric';

type Measure = (counts: Counts, i: number) => number;

const recall: Measure = ({found, yeses}, i) => ratio(found[i]!, yeses);
const precision: Measure = ({found, alarms}, i) => ratio(found[i]!, found[i]! + alarms[i]!);
const specificity: Measure = ({alarms, noes}, i) => ratio(noes - alarms[i]!, noes);

/** What is reached, and what has to be: by Keras's class. */
export const POINTS: Readonly<Record<string, readonly [reached: Measure, given: Measure, option: string]>> = {
  PrecisionAtRecall: [precision, recall, 'recall'],
  RecallAtPrecision: [recall, precision, 'precision'],
  SensitivityAtSpecificity: [recall, specificity, 'specificity'],
  SpecificityAtSensitivity: [specificity, recall, 'sensitivity'],
};

/** How a point is chosen. */
export interface PointOptions {
  /** What the other measure has to reach. */
  value: number;
  /** How many thresholds there are from 0 to 1. Default 200. */
  numThresholds?: number;
  /** The outputs and labels of this class alone. */
  classId?: number;
}

/** @param className one of POINTS */
export function operatingPoint(className: string, {value, numThresholds = 200, classId}: PointOptions): Metric {
  const [reached, given] = POINTS[className]!;
  return {
    size: 2 * numThresholds,
    count(yTrue, {values}) {
      const of = (each: tf.Tensor) =>
        classId === undefined ? each : each.gather(tf.tensor1d([classId], 'int32'), each.rank - 1);
      return inGaps(of(yTrue), of(values), evenGaps(of(values), numThresholds), numThresholds);
    },
    result(counts) {
      const counted = countsAt(counts.slice(0, numThresholds), counts.slice(numThresholds));
      const fitting = counted.found.map((_, i) => (given(counted, i) >= value ? reached(counted, i) : 0));
      return Math.max(0, ...fitting);
    },
  };
}
