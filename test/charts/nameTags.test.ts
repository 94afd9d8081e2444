import {expect, test} from '@jest/globals';
import {nameTags, type Place} from '../../lib/src/charts/nameTags';

const AREA: Place = [440, 440];
/** Points from 0 to 400 are so many pixels, with a margin of 20. */
const CORNERS: Place[] = [
  [0, 0],
  [400, 400],
];
const MIDDLE: Place = [200, 200];

/** Points all around the middle, so that the only spots nearby lie straight above it. */
const crowd = [30, 45, 60, 75].flatMap((radius) =>
  Array.from({length: 15}, (_, i): Place => {
    const angle = ((i + 1) / 16) * 2 * Math.PI + Math.PI / 2;
    return [MIDDLE[0] + radius * Math.cos(angle), MIDDLE[1] + radius * Math.sin(angle)];
  }),
);

const tag = (texts: Place[]) => {
  const {annotations, shapes} = nameTags([{name: 'a', at: MIDDLE}], [...CORNERS, MIDDLE, ...crowd], AREA, texts);
  expect(annotations).toHaveLength(1);
  return shapes[0] as {x1: number; y1: number};
};

test('a label goes to the nearest free spot, and its line leads there', () => {
  expect(tag([])).toMatchObject({x1: 0, y1: 45});
});

test('the line to a label runs through no text that stands between', () => {
  // In pixels from the top: 20 above the middle.
  const {x1, y1} = tag([[220, 200]]);
  expect(Math.abs(x1)).toBeGreaterThan(20);
  expect(Math.hypot(x1, y1)).toBeGreaterThan(45);
});

test('a label covers no text, which is wider than a point', () => {
  // 20 pixels to the right of where the label would stand.
  const {x1, y1} = tag([[240, 175]]);
  expect([x1, y1]).not.toEqual([0, 45]);
});
