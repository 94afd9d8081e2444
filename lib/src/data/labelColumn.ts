// Which column of a table of pixels has the classes, where no header says it: the first, as most tables have it, or the last.

/** How the table is to be read, and what to tell of it. */
export interface LabelPlace {
  isLast: boolean;
  note?: string;
}

/** More classes than this are pixels' values, unless the other column is no better. */
const MANY = 64;

/**
 * Tells by the values: classes are whole numbers from 0 or 1 without large gaps, and more than one; a pixel in a corner is
 * the same in all pictures, or has many values.
 *
 * @param first the first column, as it is written
 * @param last the values of the last one
 */
export function labelPlace(first: readonly string[], last: readonly number[]): LabelPlace {
  const firsts = new Set(first);
  const lasts = new Set(last);
  const [isFirst, isLast] = [looksLikeClasses([...firsts].map(Number)), looksLikeClasses([...lasts])];
  if (first.some((written) => Number.isNaN(Number(written)))) return {isLast: false};
  if (isFirst && !isLast && firsts.size <= MANY) return {isLast: false};
  if (isLast && lasts.size <= MANY && (!isFirst || firsts.size > MANY)) {
    return {
      isLast: true,
      note:
        `no header says which column has the classes: the last one is taken, with its ${lasts.size} whole numbers, and ` +
        `not the first, with ${firsts.size} value${firsts.size === 1 ? '' : 's'}; ${OTHERWISE}`,
    };
  }
  return {isLast: false, note: `no header says which column has the classes: the first one is taken; ${OTHERWISE}`};
}

const OTHERWISE = 'if that is wrong, pass the right one as label: its number, counted from 0.';

/** Gaps there may be: sign language has no J. */
function looksLikeClasses(values: readonly number[]): boolean {
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  return (
    values.length > 1 &&
    values.every((value) => Number.isInteger(value) && value >= 0) &&
    (values.includes(0) || values.includes(1)) &&
    high < 2 * values.length
  );
}
