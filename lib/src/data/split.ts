import {seededRandom, shuffledIndices} from '../random';
import {byGroups} from './groupSplit';
import type {Shares} from './shares';

/** Positions of examples. */
export interface Parts {
  train: number[];
  validation: number[];
  test: number[];
}

/**
 * Divides examples into those to train on, to validate and to test with: of each class the same share, and all in an order
 * drawn by lot, as training that keeps back the last part for validation must meet all classes there.
 *
 * @param labels the class of each example
 * @param shares of each class; a class of several gives at least one to every part that has a share
 * @param seed the same seed gives the same division
 * @param groups the group of each example, if there are any: then whole groups are dealt out, none is divided, and the
 *   shares of the classes are as near as groups allow
 * @throws CallError when there are fewer groups than parts
 */
export function split(
  labels: readonly number[],
  shares: Readonly<Shares>,
  seed: number,
  groups?: readonly string[],
): Parts {
  const random = seededRandom(seed);
  const shuffled = (positions: number[]) => [...shuffledIndices(positions.length, random)].map((i) => positions[i]!);
  const parts = groups ? byGroups(labels, groups, shares, shuffled) : byClasses(labels, shares, shuffled);
  // In this order, so that a set without validation is divided as if there were no such thing.
  const train = shuffled(parts.train);
  const test = shuffled(parts.test);
  return {train, test, validation: shuffled(parts.validation)};
}

function byClasses(
  labels: readonly number[],
  shares: Readonly<Shares>,
  shuffled: (positions: number[]) => number[],
): Parts {
  const classes = new Map<number, number[]>();
  labels.forEach((label, i) => {
    const positions = classes.get(label);
    if (positions) positions.push(i);
    else classes.set(label, [i]);
  });
  const parts: Parts = {train: [], validation: [], test: []};
  for (const positions of classes.values()) {
    const drawn = shuffled(positions);
    const {test, validation} = countsOf(drawn.length, shares);
    parts.test.push(...drawn.slice(0, test));
    parts.validation.push(...drawn.slice(test, test + validation));
    parts.train.push(...drawn.slice(test + validation));
  }
  return parts;
}

/** How many of a class go to the test and to validation: of several at least one, and one stays to train on. */
function countsOf(size: number, shares: Readonly<Shares>): {test: number; validation: number} {
  const test = countOf(size, shares.test, size - 1);
  const kept = shares.test + shares.validation < 1 ? 1 : 0;
  return {test, validation: countOf(size, shares.validation, size - test - kept)};
}

function countOf(size: number, share: number, most: number): number {
  if (share === 0 || share === 1 || size < 2) return Math.round(size * share);
  return Math.min(Math.max(Math.round(size * share), 1), most);
}
