import {describe, expect, test} from '@jest/globals';
import {sharesKind, sharesToDraw} from '../../lib/src/data/shares';

describe('sharesToDraw(split, there)', () => {
  test('completes what is said, and draws nothing of a part that is there', () => {
    expect(sharesToDraw(undefined, {})).toEqual({validation: 0, test: 0.2});
    expect(sharesToDraw({validation: 0.1, test: undefined}, {})).toEqual({validation: 0.1, test: 0.2});
    expect(sharesToDraw({validation: 0.1}, {test: 'it is there'})).toEqual({validation: 0.1, test: 0});
    expect(sharesToDraw({validation: 0, test: 0}, {validation: 'it is there', test: 'it is there'})).toEqual({
      validation: 0,
      test: 0,
    });
  });

  test.each(['validation', 'test'] as const)('refuses a share for %s where it is there', (part) => {
    expect(() => sharesToDraw({[part]: 0.1}, {[part]: 'the folder has one'})).toThrow(
      `the folder has one, so none is drawn; leave split.${part} out`,
    );
  });

  test('nothing is left to train on only where the reader has said so', () => {
    expect(() => sharesToDraw({validation: 0.8}, {})).toThrow(
      /^split: 0.8 for validation and 0.2 for the test, where nothing is said, leave nothing to train on; write both/,
    );
    expect(sharesToDraw({validation: 0.8}, {test: 'it is there'})).toEqual({validation: 0.8, test: 0});
    expect(sharesToDraw({validation: 0.8, test: 0.2}, {})).toEqual({validation: 0.8, test: 0.2});
  });
});

test('a share that is undefined is one that is left out', () => {
  expect(sharesKind.fits({validation: 0.1, test: undefined})).toBe(true);
  expect(sharesKind.fits({validation: 0.9, test: 0.2})).toBe(false);
});
