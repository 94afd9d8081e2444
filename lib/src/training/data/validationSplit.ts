import {CallError} from '../../arguments/publicCall';

/**
 * How many of the examples are left to learn from when the last share is kept aside, as Keras counts them.
 *
 * @throws CallError when none is left, or none kept aside.
 */
export function countBeforeSplit(examples: number, validationSplit: number): number {
  const count = Math.floor(examples * (1 - validationSplit));
  if (count === 0) {
    throw new CallError(`validationSplit ${validationSplit} leaves none of the ${examples} examples to learn from`);
  }
  // A share so small that 1 less it is 1.
  if (count === examples) {
    throw new CallError(
      `validationSplit ${validationSplit} keeps none of the ${examples} examples aside; leave it out`,
    );
  }
  return count;
}
