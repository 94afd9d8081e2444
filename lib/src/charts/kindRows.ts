/** What charts have in common that draw numbers of several kinds, a row for each kind. */
import {numbers} from '../arguments/kinds';
import type {Kind} from '../arguments/schema';
import type {Figure} from './figure';
import {baseLayout, colours, plain} from './theme';

export const kindsOfNumbers: Kind = {
  expected: "an object with a list of numbers for each kind, such as {'dropout': [24, 25], 'none': [31, 28]}",
  fits: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(numbers.fits),
};

const ROW = 52;
const MARGIN = {l: 170, r: 30, t: 56, b: 56};

/** The first kind stands on top, at 0 on the vertical axis, the next at 1; what the numbers say stands below. */
export function layoutOfRows(
  names: readonly string[],
  {title, measure, right = MARGIN.r}: {title: string; measure: string; right?: number},
): Figure['layout'] {
  return {
    ...baseLayout({title: plain(title), width: 700, height: MARGIN.t + MARGIN.b + ROW * names.length}),
    margin: {...MARGIN, r: right},
    xaxis: {title: {text: plain(measure)}, gridcolor: colours.grid, zeroline: false, ticklabelstandoff: 4},
    yaxis: {
      range: [names.length - 0.5, -0.5],
      tickvals: names.map((_, row) => row),
      ticktext: names.map(plain),
      gridcolor: colours.grid,
      zeroline: false,
      ticklabelstandoff: 8,
    },
  };
}
