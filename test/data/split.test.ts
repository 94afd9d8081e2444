import {describe, expect, test} from '@jest/globals';
import fc from 'fast-check';
import {split} from '../../lib/src/data/split';

describe('split(labels, shares, seed)', () => {
  test('divides every example once, each class by its share, and never leaves a side without a class of several', () => {
    const labels = fc.array(fc.nat(3), {maxLength: 60});
    fc.assert(
      fc.property(labels, fc.double({min: 0.01, max: 0.99, noNaN: true}), fc.nat(), (labels, share, seed) => {
        const {train, test} = split(labels, {validation: 0, test: share}, seed);
        expect([...train, ...test].sort((a, b) => a - b)).toEqual(labels.map((_, i) => i));
        for (const label of new Set(labels)) {
          const size = labels.filter((each) => each === label).length;
          const tested = test.filter((i) => labels[i] === label).length;
          expect(Math.abs(tested - share * size)).toBeLessThanOrEqual(1);
          if (size > 1) expect(tested > 0 && tested < size).toBe(true);
        }
      }),
    );
  });

  test('gives the same for the same seed, and another for another', () => {
    const labels = Array.from({length: 100}, (_, i) => i % 2);
    expect(split(labels, {validation: 0, test: 0.2}, 7)).toEqual(split(labels, {validation: 0, test: 0.2}, 7));
    expect(split(labels, {validation: 0, test: 0.2}, 7)).not.toEqual(split(labels, {validation: 0, test: 0.2}, 8));
  });

  test('mixes the classes, so that the last part of the training examples has all of them', () => {
    const labels = Array.from({length: 300}, (_, i) => Math.floor(i / 100));
    const {train} = split(labels, {validation: 0, test: 0.2}, 1);
    expect(new Set(train.slice(-48).map((i) => labels[i])).size).toBe(3);
  });

  test('gives all to one side for a share of 0 or 1', () => {
    expect(split([0, 0, 1], {validation: 0, test: 0}, 1).test).toEqual([]);
    expect(split([0, 0, 1], {validation: 0, test: 1}, 1).train).toEqual([]);
  });

  test('takes a large set in its stride', () => {
    const start = performance.now();
    expect(split(new Array<number>(100_000).fill(0), {validation: 0, test: 0.2}, 1).test).toHaveLength(20_000);
    // Some 30 ms; in time that grows with the square of the size it would be 20 s.
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
