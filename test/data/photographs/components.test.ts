import {expect, test} from '@jest/globals';
import {largestComponents} from '../../../lib/src/data/photographs/components';

test('largestComponents() drops specks, and keeps components that are not much smaller than the largest', () => {
  // A ring of 10 that touches at corners, a bar of 2, a speck of 1 where a tenth of 11 is more; nothing joins at the edge.
  const before = ['.###....', '#...#..#', '#...#...', '.###..##', '...#....'];
  const after = before.map((row, y) => (y === 1 ? '#...#...' : row));
  const pixels = (rows: string[]) => Uint8Array.from(rows.join(''), (letter) => Number(letter === '#'));
  expect(largestComponents({pixels: pixels(before), shape: [1, 5, 8]}).pixels).toEqual(pixels(after));
});
