import type {Place} from './nameTags';

/** Where Plotly writes a mark's text. */
export type Side = 'middle right' | 'middle left' | 'top center' | 'bottom center';

/** What three characters of 11 pixels take, and a mark of 12 with its edge. */
const LABEL = {width: 30, height: 14};
const MARK = 8;
const SIDES: readonly (readonly [side: Side, x: number, y: number])[] = [
  ['middle right', MARK + LABEL.width / 2, 0],
  ['middle left', -MARK - LABEL.width / 2, 0],
  ['top center', 0, -MARK - LABEL.height / 2],
  ['bottom center', 0, MARK + LABEL.height / 2],
];

/**
 * On which side of each mark a short label lies on no other label and no other mark that has one; of several the side with the
 * fewest points under it.
 *
 * @param marks those with labels, in screen pixels
 * @param points all that is drawn, in screen pixels
 * @param area screen pixels of the plot
 * @returns The side and the label's middle for each mark, or nothing where all sides are taken.
 */
export function sideLabels(
  marks: readonly Place[],
  points: readonly Place[],
  [width, height]: Place,
): ({side: Side; at: Place} | undefined)[] {
  const taken: Place[] = [];
  return marks.map((mark) => {
    const free = SIDES.map(([side, x, y]) => ({side, at: [mark[0] + x, mark[1] + y] as const})).filter(
      ({at}) =>
        at[0] - LABEL.width / 2 >= 0 &&
        at[0] + LABEL.width / 2 <= width &&
        at[1] - LABEL.height / 2 >= 0 &&
        at[1] + LABEL.height / 2 <= height &&
        !taken.some((other) => overlap(at, other, LABEL.width, LABEL.height)) &&
        !marks.some((other) => other !== mark && overlap(at, other, LABEL.width / 2 + MARK, LABEL.height / 2 + MARK)),
    );
    const under = ({at}: {at: Place}) =>
      points.filter((point) => overlap(at, point, LABEL.width / 2, LABEL.height / 2)).length;
    const best = free.reduce<(typeof free)[number] | undefined>(
      (sofar, spot) => (sofar === undefined || under(spot) < under(sofar) ? spot : sofar),
      undefined,
    );
    if (best) taken.push(best.at);
    return best;
  });
}

function overlap(a: Place, b: Place, width: number, height: number): boolean {
  return Math.abs(a[0] - b[0]) < width && Math.abs(a[1] - b[1]) < height;
}
