import {largestClass} from '../arguments/classNumbers';
import {isArrayLike} from '../arguments/kinds';
import {CallError} from '../arguments/publicCall';
import {checkArguments, type Kind} from '../arguments/schema';

const classNumbers: Kind = {
  expected: 'a list of class numbers',
  fits: isArrayLike,
  help: 'of a tensor, await tensor.data() gives one',
};

/** Checks two lists of class numbers that belong together and returns how many classes they name. */
export function countClasses(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  checkArguments({actual, predicted}, {actual: classNumbers, predicted: classNumbers});
  if (actual.length !== predicted.length) {
    throw new CallError(
      `${actual.length} actual labels but ${predicted.length} predicted ones; both must be of the same images`,
    );
  }
  if (actual.length === 0) throw new CallError(`there are no labels; expected at least one`);
  return Math.max(largestClass('actual', actual), largestClass('predicted', predicted)) + 1;
}
