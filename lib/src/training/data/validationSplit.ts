import {CallError} from '../../arguments/publicCall';

/**
 * How many of the examples are left to learn from when the last share is kept aside, as Keras counts them.
 *
 * @throws CallError when none is left.
 */
export function countBeforeSplit(examples: number, validationSplit: number): number {
  const count = Math.floor(examples * (1 - validationSplit));
  if (count === 0) {
    throw new CallError(`validationSplit ${validationSplit} leaves none of the ${examples} examples to learn from`);
  }
  return count;
}
