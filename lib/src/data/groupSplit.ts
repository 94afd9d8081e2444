import {CallError} from '../arguments/publicCall';
import type {Shares} from './shares';
import type {Parts} from './split';

interface Group {
  positions: number[];
  /** How many of each class. */
  counts: number[];
}

type Part = keyof Parts;

/**
 * Deals whole groups out to the parts: the largest first, each to the part whose classes it brings nearest to their shares.
 * So does scikit-learn's StratifiedGroupKFold, for parts of equal size. Groups of equal size go in the order of the lot.
 *
 * @throws CallError when there are fewer groups than parts
 */
export function byGroups(
  labels: readonly number[],
  groups: readonly string[],
  {validation, test}: Shares,
  shuffled: (positions: number[]) => number[],
): Parts {
  const shares = {train: 1 - validation - test, validation, test};
  // Rounding may leave a train of 1e-17.
  const used = (Object.keys(shares) as Part[]).filter((part) => shares[part] > 1e-9);
  const found = groupsOf(labels, groups);
  if (found.length < used.length) {
    throw new CallError(
      `${used.join(', ')} need a group each, but there ${found.length === 1 ? 'is only 1' : `are only ${found.length}`}; ` +
        'group must return the same text for the pictures that belong together, and another for others',
    );
  }
  const lot = shuffled([...found.keys()]).map((i) => found[i]!);
  const largestFirst = lot.sort((a, b) => b.positions.length - a.positions.length);
  const totals = found[0]!.counts.map((_, label) => sum(found.map(({counts}) => counts[label]!)));
  const dealt = {train: [], validation: [], test: []} as Record<Part, Group[]>;
  const filled = {train: totals.map(() => 0), validation: totals.map(() => 0), test: totals.map(() => 0)};
  largestFirst.forEach((group, i) => {
    const empty = used.filter((part) => dealt[part].length === 0);
    // The last groups go where there is none yet: no part stays empty.
    const open = largestFirst.length - i <= empty.length ? empty : used;
    const cost = (part: Part) =>
      sum(
        group.counts.map((count, label) => {
          const missing = shares[part] * totals[label]! - filled[part][label]!;
          return ((missing - count) ** 2 - missing ** 2) / Math.max(totals[label]!, 1) ** 2;
        }),
      );
    const best = open.reduce((best, part) => (cost(part) < cost(best) ? part : best));
    dealt[best].push(group);
    group.counts.forEach((count, label) => (filled[best][label]! += count));
  });
  const positionsOf = (part: Part) => dealt[part].flatMap(({positions}) => positions);
  return {train: positionsOf('train'), validation: positionsOf('validation'), test: positionsOf('test')};
}

function groupsOf(labels: readonly number[], groups: readonly string[]): Group[] {
  const classes = labels.reduce((most, label) => Math.max(most, label), -1) + 1;
  const found = new Map<string, Group>();
  groups.forEach((name, i) => {
    const group = found.get(name) ?? {positions: [], counts: new Array<number>(classes).fill(0)};
    found.set(name, group);
    group.positions.push(i);
    group.counts[labels[i]!]!++;
  });
  return [...found.values()];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
