// The area under a curve as Keras counts it: labels and outputs are put into the gaps between thresholds, and the curve is
// drawn from the sums. Sources: keras/src/metrics/confusion_metrics.py, AUC; metrics_utils.py.
import {tf} from '../tfjs/tensorflow';
import type {Prediction} from '../losses/loss';
import {ratio} from './mean';
import type {Metric} from './metric';

/** Which curve, and how its area is measured. */
export interface AucOptions {
  /** Found yeses against false alarms (ROC), or precision against recall (PR). Default 'ROC'. */
  curve?: 'ROC' | 'PR';
  /** Between two thresholds: their mean, the smaller or the larger. Default 'interpolation'. */
  summationMethod?: 'interpolation' | 'minoring' | 'majoring';
  /** How many thresholds there are from 0 to 1. Default 200, at least 2. */
  numThresholds?: number;
  /** The area of each output by itself, and their mean. Default false: all outputs in one curve. */
  multiLabel?: boolean;
  /** Whether the model puts out numbers of any size rather than probabilities. Default false. */
  fromLogits?: boolean;
}

/** For one curve: at each threshold, how many count as yes that are one, and that are none; in all, and that are none. */
export interface Counts {
  found: number[];
  alarms: number[];
  yeses: number;
  noes: number;
}

/** In which gap between thresholds that lie evenly from 0 to 1 each value is: above threshold i are gap i and all further. */
export function evenGaps(values: tf.Tensor, numThresholds: number): tf.Tensor {
  return values.clipByValue(0, 1).mul(numThresholds - 1).ceil().sub(1).relu(); // prettier-ignore
}

/** The same for thresholds of any kind, in order; one below 0 and one above 1 are added. */
function gapsBetween(values: tf.Tensor, thresholds: readonly number[]): tf.Tensor {
  const all = tf.tensor1d([-1e-7, ...thresholds, 1 + 1e-7]);
  return values.expandDims(-1).greater(all).toFloat().sum(-1).sub(1).relu(); // prettier-ignore
}

/** How many yeses, then how many noes are in each gap. */
export function inGaps(yTrue: tf.Tensor, values: tf.Tensor, gap: tf.Tensor, gaps: number): tf.Tensor {
  const y = yTrue.toBool().toFloat().reshape(values.shape).flatten();
  const counted = (each: tf.Tensor) => tf.unsortedSegmentSum(each, gap.flatten<tf.Tensor1D>().toInt(), gaps);
  return tf.concat([counted(y), counted(tf.sub(1, y))]);
}

/**
 * @param columns How many outputs there are, of which `multiLabel` makes a curve each.
 * @param own Thresholds between 0 and 1, where they don't lie evenly; their number is that of `options`, less two.
 */
export function aucMetric(options: AucOptions, columns: number, own?: readonly number[]): Metric {
  const {curve = 'ROC', summationMethod = 'interpolation', numThresholds = 200} = options;
  const curves = options.multiLabel ? columns : 1;
  const gaps = curves * numThresholds;
  return {
    size: 2 * gaps,
    count(yTrue, prediction) {
      const values = probabilities(prediction, options.fromLogits);
      const gap = own ? gapsBetween(values, own) : evenGaps(values, numThresholds);
      return inGaps(yTrue, values, curves === 1 ? gap : gap.add(tf.range(0, curves).mul(numThresholds)), gaps);
    },
    result(counts) {
      const areas = Array.from({length: curves}, (_, i) => {
        const [from, to] = [i * numThresholds, (i + 1) * numThresholds];
        const counted = countsAt(counts.slice(from, to), counts.slice(gaps + from, gaps + to));
        if (curve === 'PR' && summationMethod === 'interpolation') return interpolatedPrecision(counted);
        return area(curve === 'ROC' ? rocPoints(counted) : precisionPoints(counted), summationMethod);
      });
      return areas.reduce((sum, each) => sum + each, 0) / curves;
    },
  };
}

function probabilities({values}: Prediction, fromLogits = false): tf.Tensor {
  return fromLogits ? values.sigmoid() : values;
}

/** From how many are in each gap, how many are above each threshold. */
export function countsAt(yesInGaps: number[], noInGaps: number[]): Counts {
  const fromHere = (gaps: number[]) => {
    const sums = [...gaps];
    for (let i = sums.length - 2; i >= 0; i--) sums[i]! += sums[i + 1]!;
    return sums;
  };
  const [found, alarms] = [fromHere(yesInGaps), fromHere(noInGaps)];
  // Above the last threshold, which is greater than 1, lies nothing.
  return {found: [...found.slice(0, -1), 0], alarms: [...alarms.slice(0, -1), 0], yeses: found[0]!, noes: alarms[0]!};
}

type Points = (readonly [x: number, y: number])[];

function rocPoints({found, alarms, yeses, noes}: Counts): Points {
  return found.map((each, i) => [ratio(alarms[i]!, noes), ratio(each, yeses)] as const);
}

function precisionPoints({found, alarms, yeses}: Counts): Points {
  return found.map((each, i) => [ratio(each, yeses), ratio(each, each + alarms[i]!)] as const);
}

function area(points: Points, method: NonNullable<AucOptions['summationMethod']>): number {
  const height = {
    interpolation: (a: number, b: number) => (a + b) / 2,
    minoring: Math.min,
    majoring: Math.max,
  }[method];
  return points.slice(1).reduce((sum, [x, y], i) => sum + (points[i]![0] - x) * height(points[i]![1], y), 0);
}

/** Davis & Goadrich: between two thresholds true and false alarms grow in proportion, so that precision bends. */
function interpolatedPrecision({found, alarms, yeses}: Counts): number {
  const saidYes = found.map((each, i) => each + alarms[i]!);
  return found.slice(1).reduce((sum, next, i) => {
    const gained = found[i]! - next;
    const slope = ratio(gained, Math.max(saidYes[i]! - saidYes[i + 1]!, 0));
    const intercept = next - slope * saidYes[i + 1]!;
    const growth = saidYes[i]! > 0 && saidYes[i + 1]! > 0 ? saidYes[i]! / saidYes[i + 1]! : 1;
    return sum + ratio(slope * (gained + intercept * Math.log(growth)), yeses);
  }, 0);
}
