import {text} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import type {Figure} from './figure';
import {kindsOfNumbers, layoutOfRows} from './kindRows';
import {classColours, plain} from './theme';

export interface RunsOptions {
  /** What is seen. Default: how many runs of how many kinds. */
  title?: string;
  /** What the numbers say, with their unit; stands below the axis. Default: nothing. */
  measure?: string;
  /** What one run is called, in front of its number. Default: "seed". */
  run?: string;
}

/** For the legend. */
const RIGHT = 110;
/** Of a row's height: runs of one kind stand a little below one another, so that equal numbers don't hide each other. */
const SPREAD = 0.5;
/** The opacity of a line, as the last two digits of its colour. The marks are what is read, the lines only lead from one to the next. */
const FAINT = '99';
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
 * Within a row the first run stands highest; only its place from left to right has a meaning.
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
    checkArguments({runs, options}, {runs: kindsOfNumbers, options: runsOptions});
    return draw(Object.entries(runs), options);
  });
}

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
  const offset = (i: number) => (count === 1 ? 0 : SPREAD * (i / (count - 1) - 0.5));
  const data = Array.from({length: count}, (_, i) => ({
    type: 'scatter',
    mode: 'lines+markers',
    name: `${plain(run)} ${i + 1}`,
    x: kinds.map(([, values]) => values[i]),
    y: kinds.map((_, row) => row + offset(i)),
    customdata: rows,
    line: {width: 1, color: `${classColours[i]}${FAINT}`},
    marker: {size: 9, symbol: SYMBOLS[i], color: classColours[i]},
    hovertemplate: `%{customdata}, ${plain(run)} ${i + 1}: %{x}<extra></extra>`,
  }));
  const names = kinds.map(([name]) => name);
  return {data, layout: layoutOfRows(names, {title, measure, right: RIGHT})};
}
