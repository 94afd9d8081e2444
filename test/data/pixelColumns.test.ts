import {expect, test} from '@jest/globals';
import {inOrder} from '../../lib/src/data/pixelColumns';

const taken = (headers: string) => {
  const names = headers.split(' ');
  return inOrder([...names.keys()], names)
    .map((i) => names[i])
    .join(' ');
};

test.each([
  ['numbers that were sorted as text', 'p0 p1 p10 p2', 'p0 p1 p2 p10'],
  ['rows and columns, sorted as text', '1x1 1x10 1x2 2x1', '1x1 1x2 1x10 2x1'],
  ['all reds first', 'r0 r1 g0 g1 b0 b1', 'r0 g0 b0 r1 g1 b1'],
  ['colours behind the number, in words', '0_blue 1_blue 0_green 1_green 0_red 1_red', '0_red 0_green 0_blue 1_red 1_green 1_blue'],
  ['planes of which the second number counts the rows', 'R1x1 R2x1 R1x2 G1x1 G2x1 G1x2 B1x1 B2x1 B1x2', 'R1x1 G1x1 B1x1 R2x1 G2x1 B2x1 R1x2 G1x2 B1x2'],
])('%s are brought into the order of the picture', (_, headers, wanted) => {
  expect(taken(headers)).toBe(wanted);
}); // prettier-ignore

test.each([
  ['the second number counts the rows', '1x1 2x1 1x2 2x2'],
  ['the colours of a pixel stand together', 'r0 g0 b0 r1 g1 b1'],
  ['r and c are row and column', 'r0c0 r0c1 r1c0 r1c1'],
  ['there is a colour too few', 'r0 r1 g0 g1'],
  ['the headers are words', 'left middle right'],
])('columns stay as they stand where %s', (_, headers) => {
  expect(taken(headers)).toBe(headers);
});
