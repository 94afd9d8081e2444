import {expect, test} from '@jest/globals';
import {withRowNames} from '../../lib/src/data/rowNames';

test('a header that is a cell shorter than all rows gets an empty one for the rows’ names', () => {
  expect(
    withRowNames(
      ['file', 'label'],
      [
        ['1', 'a.png', 'cat'],
        ['2', 'b.png', 'dog'],
      ],
    ),
  ).toEqual(['', 'file', 'label']);
});

test.each([
  ['rows of its length', [['a.png', 'cat']]],
  [
    'rows of which some are longer',
    [
      ['1', 'a.png', 'cat'],
      ['b.png', 'dog'],
    ],
  ],
  ['rows that end in a separator', [['a.png', 'cat', '']]],
  ['no rows', []],
])('a header with %s stays', (_, rows) => {
  expect(withRowNames(['file', 'label'], rows)).toEqual(['file', 'label']);
});
