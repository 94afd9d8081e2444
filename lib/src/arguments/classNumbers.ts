import {describe} from './describe';
import {CallError} from './publicCall';

const MOST_CLASSES = 65_536;

/** @throws CallError for what is no class number. @returns the largest, or -1 where there is none */
export function largestClass(argument: string, labels: ArrayLike<number>): number {
  let largest = -1;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (Number.isInteger(label) && label >= MOST_CLASSES) {
      throw new CallError(
        `expected class numbers 0, 1, 2, …, up to ${MOST_CLASSES - 1}, got ${label} in ${argument} at ${i}; number the classes ` +
          'that there are from 0',
      );
    }
    if (!Number.isInteger(label) || label < 0) {
      throw new CallError(
        `expected class numbers 0, 1, 2, …, got ${describe(label)} in ${argument} at ${i}; ` +
          'turn probabilities into class numbers with predictions.argMax(-1).dataSync()',
      );
    }
    largest = Math.max(largest, label);
  }
  return largest;
}
