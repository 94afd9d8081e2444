// Intersection over union, counted over the epoch: of all places that have a class by the label or by the output, the share that
// has it by both. Source: Keras, metrics/iou_metrics.py.
import {tf} from '../tfjs/tensorflow';
import {ratio} from './mean';
import type {Metric} from './metric';

/** Which classes, and how labels and outputs say them. */
export interface OverlapOptions {
  classes: number;
  /** The classes whose mean it is: all where it isn't said. */
  targets?: readonly number[];
  /** Labels of this class count nothing. */
  ignoreClass?: number;
  labelsAsNumbers: boolean;
  outputsAsNumbers: boolean;
  /** Outputs from here on are class 1. */
  threshold?: number;
  axis?: number;
}

export function meanOverlap(options: OverlapOptions): Metric {
  const {classes, targets, ignoreClass, threshold, axis = -1} = options;
  const numbers = (x: tf.Tensor, isNumber: boolean) =>
    (isNumber ? x : x.argMax(axis < 0 ? axis + x.rank : axis)).toInt().flatten();
  return {
    anyLabels: options.labelsAsNumbers !== options.outputsAsNumbers,
    size: classes ** 2,
    count(yTrue, {values}) {
      const labels = numbers(yTrue, options.labelsAsNumbers);
      const outputs = numbers(
        threshold === undefined ? values : values.greaterEqual(threshold),
        options.outputsAsNumbers,
      );
      const counted = ignoreClass === undefined ? tf.onesLike(labels) : labels.notEqual(ignoreClass).toInt();
      const places = labels.mul(classes).add(outputs).mul<tf.Tensor1D>(counted);
      return tf.unsortedSegmentSum(counted.toFloat(), places.toInt(), classes ** 2);
    },
    result(counts) {
      const at = (label: number, output: number) => counts[label * classes + output]!;
      const all = Array.from({length: classes}, (_, i) => i);
      const sum = (numbersOf: (other: number) => number) => all.reduce((total, other) => total + numbersOf(other), 0);
      const shares = (targets ?? all).flatMap((i) => {
        const either = sum((other) => at(i, other)) + sum((other) => at(other, i)) - at(i, i);
        return either === 0 ? [] : [at(i, i) / either];
      });
      return ratio(
        shares.reduce((total, share) => total + share, 0),
        shares.length,
      );
    },
  };
}
