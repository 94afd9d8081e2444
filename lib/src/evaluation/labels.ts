import {check} from '../arguments/check';
import {describe} from '../arguments/describe';
import {isArrayLike} from '../arguments/kinds';

/** Checks two lists of class numbers that belong together and returns how many classes they name. */
export function countClasses(who: string, actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  for (const [argument, labels] of Object.entries({actual, predicted})) {
    check(who, argument, labels, {
      expected: 'a list of class numbers',
      fits: isArrayLike,
      help: 'of a tensor, await tensor.data() gives one',
    });
  }
  if (actual.length !== predicted.length) {
    throw new Error(
      `${who}: ${actual.length} actual labels but ${predicted.length} predicted ones; both must be of the same images`,
    );
  }
  if (actual.length === 0) throw new Error(`${who}: there are no labels; expected at least one`);
  return Math.max(largestClass(who, 'actual', actual), largestClass(who, 'predicted', predicted)) + 1;
}

const MOST_CLASSES = 65_536;

function largestClass(who: string, argument: string, labels: ArrayLike<number>): number {
  let largest = -1;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= MOST_CLASSES) {
      throw new Error(
        `${who}: expected class numbers 0, 1, 2, …, got ${describe(label)} in ${argument} at ${i}; ` +
          'turn probabilities into class numbers with predictions.argMax(-1).dataSync()',
      );
    }
    largest = Math.max(largest, label);
  }
  return largest;
}
