import {share} from '../arguments/kinds';
import type {Kind} from '../arguments/schema';

/** Which share of the examples goes where, from 0 to 1; the rest is to train on. */
export interface Shares {
  validation: number;
  test: number;
}

/** What is kept for the test where nothing is said. */
export const TEST_SHARE = 0.2;

const NAMES = ['validation', 'test'];

/** Shares as readers write them: either may be left out. */
export const sharesKind: Kind = {
  expected: 'shares from 0 to 1 such as {validation: 0.1, test: 0.2}, together at most 1',
  fits: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([name, each]) => NAMES.includes(name) && (each === undefined || share.fits(each))) &&
    Object.values(value as Record<string, number>).reduce((sum, each) => sum + each, 0) <= 1,
};
