import {text} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import type {Figure} from './figure';
import {kindsOfNumbers, layoutOfRows} from './kindRows';
import {colours, plain} from './theme';

export interface StripOptions {
  /** What is seen. Default: how many kinds there are. */
  title?: string;
  /** What the numbers say, with their unit; stands below the axis. Default: nothing. */
  measure?: string;
}

/** Of a row's height. */
const SPREAD = 0.6;
/** Its multiples, less what is whole of them, lie evenly from 0 to 1 however many they are, and never in a pattern. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * Numbers of several kinds, a row for each kind and a dot for each number, with a line at their mean: how far they spread, and
 * how far the kinds lie apart. R calls it `stripchart`. Only a dot's place from left to right has a meaning; up and down
 * they are scattered, so that equal numbers don't hide each other. A line stands at 0, where the numbers reach it.
 *
 * @param values the numbers of each kind; as many of each as there are, at least one.
 * @param options What they are.
 * @returns A figure for `show` or `figureToPng`.
 * @throws Error when there is no kind, or one without a number.
 *
 * @example
 * show(stripChart({control: [4.2, 5.1, 4.8], treated: [5.9, 6.3]}, {measure: 'weight in g'}));
 */
export function stripChart(values: Readonly<Record<string, readonly number[]>>, options: StripOptions = {}): Figure {
  return publicCall('stripChart', () => {
    checkArguments({values, options}, {values: kindsOfNumbers, options: stripOptions});
    return draw(Object.entries(values), options);
  });
}

const stripOptions = optionsOf<StripOptions>({title: optional(text), measure: optional(text)});

function draw(kinds: [name: string, values: readonly number[]][], options: StripOptions): Figure {
  if (kinds.length === 0) throw new CallError('expected at least one kind, got none');
  const empty = kinds.find(([, values]) => values.length === 0);
  if (empty !== undefined) throw new CallError(`${empty[0]} has no numbers; expected at least one of each kind`);
  const {title = `Numbers of ${kinds.length} kinds`, measure = ''} = options;
  const names = kinds.map(([name]) => name);
  const dots = kinds.map(([name, values], row) => ({
    type: 'scatter',
    mode: 'markers',
    x: Array.from(values),
    y: Array.from(values, (_, i) => row + SPREAD * (((i + 1) * GOLDEN_RATIO) % 1) - SPREAD / 2),
    marker: {size: 6, color: colours.blue, opacity: 0.55},
    hovertemplate: `${plain(name)}: %{x}<extra></extra>`,
  }));
  const means = {
    type: 'scatter',
    mode: 'markers',
    x: kinds.map(([, values]) => values.reduce((sum, value) => sum + value, 0) / values.length),
    y: kinds.map((_, row) => row),
    marker: {symbol: 'line-ns', size: 34, line: {width: 2.5, color: colours.ink}},
    hovertemplate: 'mean: %{x}<extra></extra>',
  };
  const layout = layoutOfRows(names, {title, measure});
  Object.assign(layout, {showlegend: false});
  Object.assign(layout.xaxis as object, {zeroline: true, zerolinecolor: colours.faint});
  return {data: [...dots, means], layout};
}
