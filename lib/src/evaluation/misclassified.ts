import {wholeNumber} from '../arguments/kinds';
import {publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {countClasses} from './labels';

/**
 * The positions of the images that were predicted wrongly, as R's `which()` finds them, but from 0.
 *
 * @param actual the true class numbers, one an image
 * @param predicted the predicted class numbers, in the same order
 * @param options only those of this `actual` class, or taken for this `predicted` class, or both
 * @returns The positions, in rising order.
 * @throws Error when the two differ in length or hold something else than class numbers
 * @example
 * misclassified(test.labels, predicted, {actual: 7, predicted: 2}); // the 7s taken for 2s
 */
export function misclassified(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: {actual?: number; predicted?: number} = {},
): number[] {
  return publicCall('misclassified', () => {
    checkArguments({options}, {options: classes});
    countClasses(actual, predicted);
    const found: number[] = [];
    for (let i = 0; i < actual.length; i++) {
      if (actual[i] === predicted[i]) continue;
      if (options.actual !== undefined && actual[i] !== options.actual) continue;
      if (options.predicted !== undefined && predicted[i] !== options.predicted) continue;
      found.push(i);
    }
    return found;
  });
}

const classes = optionsOf<{actual?: number; predicted?: number}>({
  actual: optional(wholeNumber),
  predicted: optional(wholeNumber),
});
