import {grouped} from './numbers';

/** How often a class was taken for another, or was right: only pairs that occur. */
export interface ConfusionCell {
  readonly actual: number;
  readonly predicted: number;
  readonly count: number;
}

/**
 * The classes with the most mistakes, those of which were missed and those wrongly found, in the order of their numbers; of
 * classes with equally many the first ones.
 *
 * @param classes how many classes there are
 * @param most how many of them to give
 */
export function worstClasses(cells: Iterable<ConfusionCell>, classes: number, most: number): number[] {
  const mistakes = new Float64Array(classes);
  for (const {actual, predicted, count} of cells) {
    if (actual === predicted) continue;
    mistakes[actual]! += count;
    mistakes[predicted]! += count;
  }
  const ranked = Array.from(mistakes.keys()).sort((a, b) => mistakes[b]! - mistakes[a]! || a - b);
  return ranked.slice(0, most).sort((a, b) => a - b);
}

/** What is shown of more classes than fit, in words. */
export function leftOut(classes: number, shown: number): string {
  return `the ${shown} classes with the most mistakes; ${grouped(classes - shown)} others are left out`;
}
