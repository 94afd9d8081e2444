import type {Hdf5Array} from '../../files/hdf5';
import {setWeight, type Weight} from '../../tfjs/layers';
import {checked} from '../values';

/** An array of a file and the weight that it is for. */
export interface Assignment {
  weight: Weight;
  array: Hdf5Array;
  /** Where the array lies in the file. */
  path: string;
}

/**
 * Gives weights the values of a file's arrays, to the bit. All are checked before the first changes.
 *
 * @throws Error that names the array whose shape or type is another
 */
export function assignAll(assignments: readonly Assignment[]): void {
  const values = assignments.map(({weight, array, path}) => checked(array, weight.shape as number[], path));
  assignments.forEach(({weight}, i) => {
    setWeight(weight, values[i]!);
  });
}

/** Whether an array has the shape of its weight. */
export function fits({weight, array}: Assignment): boolean {
  return weight.shape.length === array.shape.length && weight.shape.every((length, i) => length === array.shape[i]);
}
