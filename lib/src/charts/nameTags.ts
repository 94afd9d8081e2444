import {colours} from './theme';

/** A place in screen pixels. */
export type Place = readonly [x: number, y: number];

/** How far from a label's middle a point has to be, with a little air, and two labels from one another. */
const HALF: Place = [16, 17];
const WHOLE: Place = [32, 34];
/** As far for the middle of a text such as "4→9", which is wider. */
const TO_TEXT: Place = [24, 17];
const RADII = [0, 30, 45, 60, 75, 90, 110, 130, 150, 180];
/** A label is at most 180 pixels away, so these lie closer than a text is high. */
const STEPS = Array.from({length: 13}, (_, i) => i / 12);
const DIRECTIONS = Array.from({length: 16}, (_, i) => (i / 16) * 2 * Math.PI - Math.PI / 2);

/** A name, and what it names: [x, y] in the units of the points. */
export interface Named {
  name: string;
  at: Place;
}

/**
 * Labels of places among points, each beside its place where no point lies under it, with a line that leads there. The
 * nearest free spot is taken whose line crosses no text; where there is none the one with the fewest points and crossings.
 *
 * @param named what is named, in the units of the points
 * @param points all that is drawn
 * @param area screen pixels of the plot
 * @param texts what else no label may lie on, in screen pixels
 * @returns Plotly's annotations, shifted from x and y by pixels, and its shapes: the lines. (An annotation's own arrow can't be
 *   drawn without a browser.)
 */
export function nameTags(
  named: readonly Named[],
  points: readonly Place[],
  area: Place,
  texts: readonly Place[] = [],
): {annotations: object[]; shapes: object[]} {
  const toPixels = scaleOf(points, area);
  const drawn = points.map(toPixels);
  const taken: Place[] = [];
  const shifts = named.map(({at}) => {
    const middle = toPixels(at);
    const spot = freeSpot(middle, {points: drawn, texts, taken, area});
    taken.push(spot);
    // Upwards is positive.
    return [Math.round(spot[0] - middle[0]), Math.round(middle[1] - spot[1])] as const;
  });
  return {
    annotations: named.map(({name, at: [x, y]}, i) => ({
      text: `<b>${name}</b>`,
      x,
      y,
      xshift: shifts[i]![0],
      yshift: shifts[i]![1],
      showarrow: false,
      font: {size: 16, color: colours.ink},
      bgcolor: colours.paper,
      bordercolor: colours.faint,
      borderpad: 2,
    })),
    shapes: named.map(({at: [x, y]}, i) => ({
      type: 'line',
      xsizemode: 'pixel',
      ysizemode: 'pixel',
      xanchor: x,
      yanchor: y,
      x0: 0,
      y0: 0,
      x1: shifts[i]![0],
      y1: shifts[i]![1],
      line: {width: 1, color: colours.ink},
    })),
  };
}

/** As Plotly's own axes do: from the smallest to the largest value, with a twentieth of the range on either side. */
export function scaleOf(points: readonly Place[], area: Place): (place: Place) => Place {
  const axis = (i: 0 | 1) => {
    const values = points.map((point) => point[i]);
    const low = values.reduce((a, b) => Math.min(a, b));
    const range = values.reduce((a, b) => Math.max(a, b)) - low || 1;
    return (value: number) => ((value - low) / range + 0.05) / 1.1;
  };
  const [across, up] = [axis(0), axis(1)];
  return ([x, y]) => [across(x) * area[0], (1 - up(y)) * area[1]];
}

interface Surroundings {
  points: readonly Place[];
  texts: readonly Place[];
  /** Spots of other labels. */
  taken: readonly Place[];
  area: Place;
}

function freeSpot(middle: Place, {points, texts, taken, area}: Surroundings): Place {
  let best: {spot: Place; under: number} | undefined;
  for (const radius of RADII) {
    for (const direction of DIRECTIONS) {
      const spot = [middle[0] + radius * Math.cos(direction), middle[1] + radius * Math.sin(direction)] as const;
      if (!isInside(spot, area) || taken.some((other) => isNear(spot, other, WHOLE))) continue;
      const covered = points.filter((point) => isNear(spot, point, HALF)).length;
      const touched = texts.filter((text) => isNear(spot, text, TO_TEXT) || isCrossed(text, middle, spot)).length;
      const under = covered + touched;
      if (under === 0) return spot;
      if (best === undefined || under < best.under) best = {spot, under};
    }
  }
  return best?.spot ?? middle;
}

/** Whether the line from one place to another runs through a text. */
function isCrossed(text: Place, from: Place, to: Place): boolean {
  return STEPS.some((step) =>
    isNear(text, [from[0] + step * (to[0] - from[0]), from[1] + step * (to[1] - from[1])], HALF),
  );
}

function isNear(a: Place, b: Place, [across, up]: Place): boolean {
  return Math.abs(a[0] - b[0]) < across && Math.abs(a[1] - b[1]) < up;
}

function isInside([x, y]: Place, [width, height]: Place): boolean {
  return x >= HALF[0] && x <= width - HALF[0] && y >= HALF[1] && y <= height - HALF[1];
}
