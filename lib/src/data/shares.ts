import {share} from '../arguments/kinds';
import {CallError} from '../arguments/publicCall';
import type {Kind} from '../arguments/schema';

/** Which share of the examples goes where, from 0 to 1; the rest is to train on. */
export interface Shares {
  validation: number;
  test: number;
}

/** What is kept for the test where nothing is said. */
const TEST_SHARE = 0.2;

const NAMES = ['validation', 'test'] as const;

/** Shares as readers write them: either may be left out. */
export const sharesKind: Kind = {
  expected: 'shares from 0 to 1 such as {validation: 0.1, test: 0.2}, together at most 1',
  fits: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([name, each]) => (NAMES as readonly string[]).includes(name) && (each === undefined || share.fits(each)),
    ) &&
    Object.values(value as Record<keyof Shares, number | undefined>).reduce<number>(
      (sum, each) => sum + (each ?? 0),
      0,
    ) <= 1,
};

/**
 * The shares to draw from the training part, all of them said: nothing for a part that is there.
 *
 * @param split as readers write it; 0 asks for nothing, whether the part is there or not
 * @param there for each part that is there a sentence that says so: `the folder has a test part`
 * @throws CallError when a share is asked for of a part that is there, or when the share that nobody has said leaves nothing to
 *   train on
 */
export function sharesToDraw(
  split: Partial<Shares> = {},
  there: Partial<Record<keyof Shares, string | undefined>>,
): Shares {
  for (const part of NAMES) {
    if (there[part] !== undefined && (split[part] ?? 0) > 0) {
      throw new CallError(`${there[part]}, so none is drawn; leave split.${part} out`);
    }
  }
  const {validation = 0, test} = split;
  if (there.test !== undefined || test !== undefined) return {validation, test: test ?? 0};
  if (validation + TEST_SHARE >= 1) {
    throw new CallError(
      `split: ${validation} for validation and ${TEST_SHARE} for the test, where nothing is said, leave nothing to train on; ` +
        'write both, as {validation: 0.1, test: 0.2}',
    );
  }
  return {validation, test: TEST_SHARE};
}
