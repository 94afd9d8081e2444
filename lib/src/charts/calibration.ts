import {numbers, text} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {calibrationGroups, type CalibrationGroup} from './calibrationGroups';
import type {Figure} from './figure';
import {type Probabilities, probabilitiesKind, rowsOf} from './probabilityRows';
import {baseLayout, colours, grouped, plain} from './theme';

export interface CalibrationOptions {
  /** The groups' limits, rising, from 0 to 1. Default: ten groups of equal width. */
  edges?: ArrayLike<number>;
  /** What is seen. Default: "Calibration". */
  title?: string;
}

const TENTHS = Array.from({length: 11}, (_, i) => i / 10);

/**
 * Whether a probability of 0.9 means nine of ten: the answers in groups by their probability, the mean of what they say
 * against the share that is right, with its 95 % interval. On the dotted diagonal the two agree (the network is *calibrated*);
 * below it, the network is surer than it is right. Beside each point stands how many answers it holds. It is known as a
 * *reliability diagram* (C. Guo et al., On calibration of modern neural networks, ICML 2017).
 *
 * @param labels The true class numbers, one an image.
 * @param probabilities Numbers from 0 to 1, of the same images: the tensor [n, classes] that `predict` returns, or lists. A
 *   single column, as of a sigmoid, is the probability of class 1 against class 0.
 * @param options The groups' limits, and a title.
 * @returns A figure for `show` or `figureToPng`.
 * @throws Error when labels and probabilities differ in number, a label is no class, or the limits don't rise from 0 to 1.
 *
 * @example
 * show(calibrationChart(test.labels, await predict(model, x), {edges: [0, 0.7, 0.9, 0.99, 1]}));
 */
export function calibrationChart(
  labels: ArrayLike<number>,
  probabilities: Probabilities,
  options: CalibrationOptions = {},
): Figure {
  return publicCall('calibrationChart', () => {
    checkArguments(
      {labels, probabilities, options},
      {labels: numbers, probabilities: probabilitiesKind, options: calibrationOptions},
    );
    const rows = rowsOf(probabilities);
    const edges = Array.from(options.edges ?? TENTHS);
    checkNumbers(labels, rows, edges);
    return draw(calibrationGroups(labels, rows, edges), options.title ?? 'Calibration');
  });
}

const calibrationOptions = optionsOf<CalibrationOptions>({edges: optional(numbers), title: optional(text)});

function checkNumbers(labels: ArrayLike<number>, rows: number[][], edges: number[]): void {
  if (labels.length !== rows.length) {
    throw new CallError(`${labels.length} labels but probabilities of ${rows.length} images; both must be of the same`);
  }
  const classes = Math.max(rows[0]!.length, 2);
  const unknown = Array.from(labels).find((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (unknown !== undefined) {
    throw new CallError(`labels must be class numbers from 0 to ${classes - 1}, got ${unknown}`);
  }
  const rise = edges.every((edge, i) => i === 0 || edge > edges[i - 1]!);
  if (edges.length < 2 || !rise || edges[0] !== 0 || edges.at(-1) !== 1) {
    throw new CallError(`edges must rise from 0 to 1, such as [0, 0.7, 0.9, 1], got [${edges.join(', ')}]`);
  }
}

function draw(groups: CalibrationGroup[], title: string): Figure {
  const least = Math.min(...groups.flatMap(({says, interval}) => [says, interval[0]]));
  const lowest = Math.max(0, Math.floor(10 * least - 0.2) / 10);
  const range = [lowest, 1 + (1 - lowest) / 25];
  const dtick = lowest < 0.5 ? 0.2 : 0.1;
  const axis = {range, dtick, gridcolor: colours.grid, zeroline: false, constrain: 'domain', ticklabelstandoff: 4};
  const layout = baseLayout({title: plain(title), width: 480, height: 440});
  Object.assign(layout, {
    margin: {l: 64, r: 24, t: 56, b: 56},
    showlegend: false,
    xaxis: {...axis, title: {text: 'how probable the answers are, mean'}},
    yaxis: {...axis, title: {text: 'share that is right'}, scaleanchor: 'x'},
  });
  const diagonal = {
    type: 'scatter',
    mode: 'lines',
    x: [lowest, 1],
    y: [lowest, 1],
    line: {color: colours.faint, width: 1, dash: 'dot'},
    hoverinfo: 'skip',
  };
  const points = {
    type: 'scatter',
    mode: 'lines+markers+text',
    x: groups.map(({says}) => says),
    y: groups.map(({right}) => right),
    error_y: {
      type: 'data',
      symmetric: false,
      array: groups.map(({right, interval}) => interval[1] - right),
      arrayminus: groups.map(({right, interval}) => right - interval[0]),
      color: colours.blue,
      thickness: 1,
    },
    line: {color: colours.blue, width: 1},
    marker: {color: colours.blue, size: 8},
    text: groups.map(({images}) => grouped(images)),
    // The last two may be close together, and the last has no room on its right.
    textposition: groups.map((_, g) => (g === groups.length - 1 ? 'top left' : 'bottom right')),
    cliponaxis: false,
    hovertemplate: '%{text} images: %{x:.3f} probable, %{y:.3f} right<extra></extra>',
  };
  return {data: [diagonal, points], layout};
}
