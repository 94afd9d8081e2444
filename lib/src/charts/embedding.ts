import {largestClass} from '../arguments/classNumbers';
import {isTensor} from '../arguments/describe';
import {numbers, text, texts} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind, optional, optionsOf} from '../arguments/schema';
import type {Figure} from './figure';
import {nameTags, type Place, scaleOf} from './nameTags';
import {sideLabels} from './sideLabels';
import {baseLayout, classColours, colours, plain} from './theme';

/** Points of a plane: [x, y] each, or a tensor [n, 2]. */
export type PlanePoints = readonly ArrayLike<number>[] | {readonly shape: number[]; dataSync(): ArrayLike<number>};

export interface EmbeddingOptions {
  /** The true class of each point, from 0. */
  labels: ArrayLike<number>;
  /** What class 0, 1, 2, … is called. Default: its number. */
  classNames?: readonly string[];
  /** The class that each point was taken for: mistakes are drawn large, with a dark edge; where they are few and the names short, "4→9" stands beside each that has room for it. */
  predicted?: ArrayLike<number>;
  /** What the hover text calls each point, such as its index in the test set. Default: its position among the points. */
  indices?: ArrayLike<number>;
  /** What is seen. Default: how many points of how many classes. */
  title?: string;
  /** What lies across and upwards. */
  axes?: readonly [x: string, y: string];
}

/** So many mistakes have room for what was taken for what, when the names are short. */
const MOST_LABELLED = 30;
const LONGEST_LABEL = 2;
const MARGIN = {l: 60, r: 130, t: 56, b: 56};
const HEIGHT = 560;
const MISTAKE_SIZE = 12;
const EDGE = {width: 1.2, color: colours.ink};

/** Plotly's shapes in turn, so that neighbours differ also without their colours. */
const SYMBOLS = [
  'circle',
  'square',
  'diamond',
  'triangle-up',
  'cross',
  'triangle-down',
  'x',
  'star',
  'pentagon',
  'hexagram',
];

/**
 * Images as points of a plane, coloured by class, with the name of each class beside its middle: what lies close together
 * looks alike to the network. Hovering over a point tells which image it is; a click in the legend hides a class.
 *
 * @param points [x, y] for each image, or a tensor [n, 2].
 * @param options The classes, and what else is known of the images.
 * @returns A figure for `show` or `figureToPng`.
 * @throws Error when points, labels, predictions and indices differ in number, labels or predictions are no
 *   class numbers from 0, or there are more than 10 classes.
 *
 * @example
 * show(embeddingChart(plane, {labels: test.labels, predicted, classNames}));
 */
export function embeddingChart(points: PlanePoints, options: EmbeddingOptions): Figure {
  return publicCall('embeddingChart', () => {
    checkArguments({points, options}, {points: pointsKind, options: embeddingOptions});
    return draw(placesOf(points), options);
  });
}

const pointsKind: Kind = {
  expected: 'a list of points [x, y], or a tensor [n, 2]',
  fits: (value) => Array.isArray(value) || (isTensor(value) && !value.isDisposed),
};

const embeddingOptions = optionsOf<EmbeddingOptions>({
  labels: numbers,
  classNames: optional(texts),
  predicted: optional(numbers),
  indices: optional(numbers),
  title: optional(text),
  axes: optional({
    expected: 'two texts, [x, y]',
    fits: (value) => texts.fits(value) && (value as string[]).length === 2,
  }),
});

function draw(places: [x: number, y: number][], options: EmbeddingOptions): Figure {
  const {labels, predicted, indices} = options;
  checkLengths(places, {labels, predicted, indices});
  const known = largestClass('labels', labels) + 1;
  if (predicted !== undefined) largestClass('predicted', predicted);
  const {classNames = Array.from({length: known}, (_, i) => String(i)), axes = ['', '']} = options;
  if (classNames.length < known || classNames.length > classColours.length) {
    throw new CallError(
      `class ${known - 1} occurs, and there are ${classNames.length} class names; ` +
        `expected a name for each class, and ${classColours.length} at most`,
    );
  }
  const isMistake = (i: number): boolean => predicted !== undefined && predicted[i] !== labels[i];
  const all = Array.from(places.keys());
  const traces = classNames.map((name, label) => {
    const members = all.filter((i) => labels[i] === label && !isMistake(i));
    // Pale by colour, not by opacity, whose mixtures would make the static render three times as large.
    const marker = {color: pale(classColours[label]!), symbol: SYMBOLS[label]!, size: 8};
    return {...trace(members, marker), name: plain(name)};
  });
  const mistakes = all.filter(isMistake);
  const title = options.title ?? `${places.length} images of ${classNames.length} classes`;
  const layout = baseLayout({title: plain(title), width: 760, height: HEIGHT});
  const area: Place = [(layout.width as number) - MARGIN.l - MARGIN.r, HEIGHT - MARGIN.t - MARGIN.b];
  const toPixels = scaleOf(places, area);
  const labelled = mistakes.length <= MOST_LABELLED && classNames.every((name) => name.length <= LONGEST_LABEL);
  const sides = labelled ? sideLabels(mistakes.map((i) => toPixels(places[i]!)), places.map(toPixels), area) : []; // prettier-ignore
  const data = [
    ...traces.filter(({x}) => x.length > 0),
    ...(mistakes.length > 0 ? [drawMistakes(), mistakesInLegend()] : []),
  ];
  Object.assign(layout, {
    margin: MARGIN,
    hovermode: 'closest',
    xaxis: axis(axes[0]),
    yaxis: axis(axes[1]),
    legend: {itemsizing: 'constant', tracegroupgap: 0, title: {text: 'true class'}},
    ...nameTags(
      // The median, which stragglers don't move.
      traces.filter(({x}) => x.length > 0).map(({x, y, name}) => ({name, at: [median(x), median(y)]})),
      places,
      area,
      sides.flatMap((label) => (label ? [label.at] : [])),
    ),
  });
  return {data, layout};

  function drawMistakes() {
    const taken = mistakes.map((i) => [nameOf(labels[i]!), nameOf(predicted![i]!)] as const);
    const marker = {
      color: mistakes.map((i) => classColours[labels[i]!]!),
      symbol: mistakes.map((i) => SYMBOLS[labels[i]!]!),
      size: MISTAKE_SIZE,
      line: EDGE,
    };
    return {
      ...trace(mistakes, marker),
      name: inLegend(),
      legendgroup: 'mistakes',
      showlegend: false,
      hovertext: taken.map(([actual, answer]) => `${actual} taken for ${answer}`),
      hovertemplate: '%{hovertext}, number %{customdata}<extra></extra>',
      ...(labelled && {
        mode: 'markers+text',
        text: taken.map(([actual, answer], i) => (sides[i] ? `${actual}→${answer}` : '')),
        textposition: sides.map((label) => label?.side ?? 'middle right'),
        textfont: {size: 11},
      }),
    };
  }

  /** A ring of its own: the legend would show the first mistake, which looks like the mark of its class. */
  function mistakesInLegend() {
    const marker = {color: colours.paper, symbol: 'circle', size: MISTAKE_SIZE, line: EDGE};
    return {...trace([], marker), x: [null], y: [null], name: inLegend(), legendgroup: 'mistakes', hoverinfo: 'skip'};
  }

  function inLegend(): string {
    return `mistakes (${mistakes.length})`;
  }

  function trace(members: number[], marker: object) {
    return {
      type: 'scatter',
      mode: 'markers',
      x: members.map((i) => rounded(places[i]![0])),
      y: members.map((i) => rounded(places[i]![1])),
      customdata: members.map((i) => indices?.[i] ?? i),
      marker,
      // A class says its name once, not at every point: notebooks stay smaller.
      hovertemplate: '%{fullData.name}, number %{customdata}<extra></extra>',
    };
  }

  function nameOf(label: number): string {
    return plain(classNames[label] ?? String(label));
  }
}

function placesOf(points: PlanePoints): [x: number, y: number][] {
  const wrong = (what: string) => new CallError(`expected points [x, y] or a tensor [n, 2], got ${what}`);
  if ('dataSync' in points) {
    if (points.shape.length !== 2 || points.shape[1] !== 2) throw wrong(`shape [${points.shape.join(', ')}]`);
    const values = points.dataSync();
    return Array.from({length: points.shape[0]!}, (_, i) => [values[2 * i]!, values[2 * i + 1]!]);
  }
  return points.map((point) => {
    if (point.length !== 2) throw wrong(`a point of ${point.length} numbers`);
    return [point[0]!, point[1]!];
  });
}

function checkLengths(places: unknown[], others: Record<string, ArrayLike<number> | undefined>): void {
  if (places.length === 0) throw new CallError('there is no point to draw');
  for (const [name, values] of Object.entries(others)) {
    if (values && values.length !== places.length) {
      throw new CallError(`${places.length} points need as many ${name}, got ${values.length}`);
    }
  }
}

function axis(title: string): object {
  return {title: {text: plain(title)}, gridcolor: colours.grid, zeroline: false, ticklabelstandoff: 4};
}

/** Halfway to white. */
function pale(colour: string): string {
  const parts = [1, 3, 5].map((start) => (parseInt(colour.slice(start, start + 2), 16) + 255) >> 1);
  return `rgb(${parts.join(', ')})`;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Finer than any screen shows; longer numbers would only make notebooks larger. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
