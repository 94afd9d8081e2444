import {numbers, text} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind, optional, optionsOf} from '../arguments/schema';
import type {Figure} from './figure';
import {baseLayout, classColours, colours, plain} from './theme';

export interface RunsOptions {
  /** What is seen. Default: how many runs of how many kinds. */
  title?: string;
  /** What the numbers say, with their unit; stands below the axis. Default: nothing. */
  measure?: string;
  /** What one run is called, in front of its number. Default: "seed". */
  run?: string;
}

const MARGIN = {l: 170, r: 110, t: 56, b: 56};
const ROW = 44;
/** Plotly's shapes in turn, so that runs differ also without their colours. */
const SYMBOLS = [
  'circle',
  'square',
  'diamond',
  'cross',
  'x',
  'triangle-up',
  'triangle-down',
  'star',
  'pentagon',
  'hexagram',
];

/**
 * Several trainings of several kinds of network: a row for each kind, a mark for each run, and a line that joins the runs that
 * belong together, such as those of one seed. Where every line leans to the same side between two rows, every run says so.
 *
 * @param runs the numbers of each kind, run by run, in the same order for each.
 * @param options What they are.
 * @returns A figure for `show` or `figureToPng`.
 * @throws Error when kinds have different numbers of runs, there is none, or there are more than 10.
 *
 * @example
 * show(runsChart({'no dropout': [31, 28, 35], 'dropout': [24, 25, 22]}, {measure: 'mistakes'}));
 */
export function runsChart(runs: Readonly<Record<string, readonly number[]>>, options: RunsOptions = {}): Figure {
  return publicCall('runsChart', () => {
    checkArguments({runs, options}, {runs: runsKind, options: runsOptions});
    return draw(Object.entries(runs), options);
  });
}

const runsKind: Kind = {
  expected: "an object with a list of numbers for each kind, such as {'dropout': [24, 25], 'none': [31, 28]}",
  fits: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(numbers.fits),
};

const runsOptions = optionsOf<RunsOptions>({title: optional(text), measure: optional(text), run: optional(text)});

function draw(kinds: [name: string, values: readonly number[]][], options: RunsOptions): Figure {
  const count = kinds[0]?.[1].length ?? 0;
  for (const [name, values] of kinds) {
    if (values.length !== count) {
      throw new CallError(
        `${name} has ${values.length} runs, and ${kinds[0]![0]} has ${count}; expected as many of each`,
      );
    }
  }
  if (count < 1 || count > SYMBOLS.length) {
    throw new CallError(`expected 1 to ${SYMBOLS.length} runs of each kind, got ${count}`);
  }
  const {title = `${count} runs of each of ${kinds.length}`, measure = '', run = 'seed'} = options;
  const rows = kinds.map(([name]) => plain(name));
  const data = Array.from({length: count}, (_, i) => ({
    type: 'scatter',
    mode: 'lines+markers',
    name: `${plain(run)} ${i + 1}`,
    x: kinds.map(([, values]) => values[i]),
    y: rows,
    line: {width: 1, color: classColours[i]},
    marker: {size: 9, symbol: SYMBOLS[i], color: classColours[i]},
    hovertemplate: `%{y}, ${plain(run)} ${i + 1}: %{x}<extra></extra>`,
  }));
  const layout = baseLayout({title: plain(title), width: 700, height: MARGIN.t + MARGIN.b + ROW * kinds.length});
  Object.assign(layout, {
    margin: MARGIN,
    xaxis: {title: {text: plain(measure)}, gridcolor: colours.grid, zeroline: false, ticklabelstandoff: 4},
    yaxis: {autorange: 'reversed', gridcolor: colours.grid, ticklabelstandoff: 8},
  });
  return {data, layout};
}
