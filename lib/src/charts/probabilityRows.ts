import {isTensor} from '../arguments/describe';
import {isArrayLike, numbers} from '../arguments/kinds';
import {CallError} from '../arguments/publicCall';
import type {Kind} from '../arguments/schema';

/** A probability for each class, from 0 to 1: of one image, of several, or a tensor [n, classes] as predict returns it. */
export type Probabilities =
  ArrayLike<number> | readonly ArrayLike<number>[] | {readonly shape: number[]; dataSync(): ArrayLike<number>};

export const probabilitiesKind: Kind = {
  expected: 'a list of probabilities, a list of such lists, or the tensor that predict returns',
  fits: (value) => {
    if (isTensor(value)) return !value.isDisposed && (value.shape.length === 1 || value.shape.length === 2);
    return numbers.fits(value) || (isArrayLike(value) && Array.prototype.every.call(value, numbers.fits));
  },
};

/**
 * The probabilities of each image as a list.
 *
 * @throws CallError for no image, and for what is no probability.
 */
export function rowsOf(probabilities: Probabilities): number[][] {
  const rows = read(probabilities);
  if (rows.length === 0 || rows[0]!.length === 0)
    throw new CallError('probabilities hold no image; expected one at least');
  // Rounding may take one a little beyond.
  const strange = rows.flat().find((value) => !(value >= 0 && value <= 1.001));
  if (strange !== undefined) {
    throw new CallError(
      `probabilities must lie between 0 and 1, got ${strange}; the model's last layer needs softmax or sigmoid`,
    );
  }
  return rows;
}

function read(probabilities: Probabilities): number[][] {
  if ('dataSync' in probabilities) {
    const classes = probabilities.shape.at(-1) ?? 1;
    const values = Array.from(probabilities.dataSync());
    return Array.from({length: values.length / classes}, (_, i) => values.slice(i * classes, (i + 1) * classes));
  }
  const rows = Array.from(probabilities as ArrayLike<number | ArrayLike<number>>);
  return typeof rows[0] === 'number' ? [rows as number[]] : rows.map((row) => Array.from(row as ArrayLike<number>));
}
