import {anything, numbers, texts} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {picture} from '../pictures/picture';
import {stackOf, type Images} from '../pictures/images';
import type {Figure} from './figure';
import {type Probabilities, probabilitiesKind, rowsOf} from './probabilityRows';
import {baseLayout, colours, percent, plain} from './theme';

export interface ProbabilityOptions {
  /** What class 0, 1, 2, … is called. Default: its number. */
  classNames?: readonly string[];
  /** The images themselves, to stand beside their bars, in the same order. */
  images?: Images;
  /** The class that each image really shows: mistakes get another colour, and the right answer its own. */
  actual?: ArrayLike<number>;
}

/** Sizes of one image's part of the chart, and of all beside each other, in screen pixels. */
const PICTURE = 84;
const BARS = 124;
const BAR_HEIGHT = 17;
const HEADING = 34;
/** Three images of ten classes fit. */
const WIDEST = 900;
const MOST_IMAGES = 12;

interface Cell {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * How sure the network is: a bar for each class beside the image, the most probable one in blue, or in orange where it
 * is wrong; then the right answer is green.
 *
 * @param probabilities Numbers from 0 to 1, one a class: a list for one image, a list of lists, or the tensor that `predict`
 *   returns.
 * @param options The images, and the classes' names and truth.
 * @returns A figure for `show` or `figureToPng`.
 * @throws Error when images, probabilities and class names differ in number, or there are more than 12 images.
 *
 * @example
 * const few = test.select([7, 8, 9]);
 * const probabilities = await predict(model, few.tensor().expandDims(-1).div(255));
 * show(probabilityChart(probabilities, {classNames, images: few, actual: few.labels}));
 */
export function probabilityChart(probabilities: Probabilities, options: ProbabilityOptions = {}): Figure {
  return publicCall('probabilityChart', () => {
    checkArguments({probabilities, options}, {probabilities: probabilitiesKind, options: probabilityOptions});
    const rows = rowsOf(probabilities);
    if (rows.length > MOST_IMAGES) {
      throw new CallError(`draws 1 to ${MOST_IMAGES} images at once, got ${rows.length}; select the ones to look at`);
    }
    const {classNames = rows[0]!.map((_, i) => String(i))} = options;
    checkNumbers(rows, options, classNames);
    return draw(rows, classNames, options);
  });
}

const probabilityOptions = optionsOf<ProbabilityOptions>({
  classNames: optional(texts),
  images: optional(anything),
  actual: optional(numbers),
});

function draw(rows: number[][], classNames: readonly string[], {images, actual}: ProbabilityOptions): Figure {
  const labels = 14 + 7 * Math.min(Math.max(...classNames.map((name) => name.length)), 16);
  const cell = {
    width: (images ? PICTURE + 8 : 0) + labels + BARS + 60,
    height: HEADING + Math.max(classNames.length * BAR_HEIGHT, images ? PICTURE : 0) + 32,
  };
  const columns = Math.min(rows.length, Math.max(1, Math.floor(WIDEST / cell.width)));
  const margin = {l: 18, r: 8, t: 52, b: 12};
  const inner = {width: columns * cell.width, height: Math.ceil(rows.length / columns) * cell.height};
  const layout = baseLayout({
    title: rows.length === 1 ? 'How probable each class is' : 'How probable each class is, image by image',
    width: margin.l + inner.width + margin.r,
    height: margin.t + inner.height + margin.b,
  });
  const area = {width: (layout.width as number) - margin.l - margin.r, height: inner.height};
  const annotations: object[] = [];
  const pictures: object[] = [];
  Object.assign(layout, {margin, annotations, images: pictures, showlegend: false, bargap: 0.25});

  const data = rows.map((row, i) => {
    const place = {left: (i % columns) * cell.width, top: Math.floor(i / columns) * cell.height};
    const bars = {
      left: place.left + (images ? PICTURE + 8 : 0) + labels,
      top: place.top + HEADING,
      width: BARS + 46,
      height: classNames.length * BAR_HEIGHT,
    };
    const id = i === 0 ? '' : String(i + 1);
    layout[`xaxis${id}`] = probabilityAxis(domain(bars, area), `y${id}`);
    layout[`yaxis${id}`] = classAxis(domain(bars, area), `x${id}`, classNames);
    annotations.push(heading({...place, left: bars.left}, area, headingText(row, classNames, actual?.[i])));
    if (images) pictures.push(imageAt({left: bars.left - labels, top: bars.top}, area, images, i));
    return {...barTrace(row, classNames, actual?.[i]), xaxis: `x${id}`, yaxis: `y${id}`};
  });
  return {data, layout};
}

function checkNumbers(rows: number[][], {images, actual}: ProbabilityOptions, classNames: readonly string[]): void {
  const wrong = rows.find((row) => row.length !== classNames.length);
  if (wrong) {
    throw new CallError(`${classNames.length} class names need as many probabilities an image, got ${wrong.length}`);
  }
  if (actual && actual.length !== rows.length) {
    throw new CallError(`${rows.length} images need as many actual classes, got ${actual.length}`);
  }
  const unknown = Array.from(actual ?? []).find((label) => !(label in classNames));
  if (unknown !== undefined) {
    throw new CallError(`actual holds class ${unknown} but there are classes 0 to ${classNames.length - 1} only`);
  }
  const pictures = images === undefined ? rows.length : stackOf(images).count;
  if (pictures !== rows.length) {
    throw new CallError(
      `${rows.length} rows of probabilities need as many images, got ${pictures}; images.select(indices) picks them`,
    );
  }
}

function mostProbable(row: number[]): number {
  return row.indexOf(Math.max(...row));
}

function barTrace(row: number[], classNames: readonly string[], actual: number | undefined): Record<string, unknown> {
  const first = mostProbable(row);
  const colourOf = (i: number): string => {
    if (i === first) return actual === undefined || actual === first ? colours.blue : colours.orange;
    return i === actual ? colours.green : '#b3b3b3';
  };
  return {
    type: 'bar',
    orientation: 'h',
    x: row,
    y: row.map((_, i) => i),
    marker: {color: row.map((_, i) => colourOf(i))},
    text: row.map((p) => (p >= 0.005 ? percent(p, p < 0.1 ? 1 : 0) : '')),
    textposition: 'outside',
    cliponaxis: false,
    customdata: row.map((p, i) => `${plain(classNames[i]!)}: ${percent(p, 2)}`),
    hovertemplate: '%{customdata}<extra></extra>',
  };
}

function headingText(row: number[], classNames: readonly string[], actual: number | undefined): string {
  const first = mostProbable(row);
  const said = `<b>${plain(classNames[first]!)}</b>`;
  if (actual === undefined) return said;
  return actual === first ? `${said}, right` : `${said}, but it is ${plain(classNames[actual] ?? String(actual))}`;
}

/** From screen pixels, counted from the upper left, to Plotly's shares, counted from the lower left. */
function domain(box: Cell, area: {width: number; height: number}): {x: number[]; y: number[]} {
  return {
    x: [box.left / area.width, (box.left + box.width) / area.width],
    y: [1 - (box.top + box.height) / area.height, 1 - box.top / area.height].map((share) => Math.max(share, 0)),
  };
}

function heading(place: {left: number; top: number}, area: {width: number; height: number}, text: string): object {
  return {
    text,
    xref: 'paper',
    yref: 'paper',
    x: place.left / area.width,
    y: 1 - (place.top + HEADING - 8) / area.height,
    xanchor: 'left',
    yanchor: 'bottom',
    showarrow: false,
    font: {size: 13},
  };
}

function imageAt(
  place: {left: number; top: number},
  area: {width: number; height: number},
  images: Images,
  index: number,
): object {
  const {png} = picture(images, [index]);
  return {
    source: `data:image/png;base64,${png.toString('base64')}`,
    xref: 'paper',
    yref: 'paper',
    x: place.left / area.width,
    y: 1 - place.top / area.height,
    sizex: PICTURE / area.width,
    sizey: PICTURE / area.height,
    // Close to its bars, also where a page stretches the chart to its own width.
    xanchor: 'right',
    yanchor: 'top',
  };
}

function probabilityAxis({x}: {x: number[]}, anchor: string): object {
  return {
    domain: x,
    anchor,
    // Room behind 100 % for the number at the end of the bar.
    range: [0, 1.35],
    tickvals: [0, 0.5, 1],
    ticktext: ['0', '50', '100 %'],
    gridcolor: colours.grid,
    zeroline: false,
    fixedrange: true,
  };
}

function classAxis({y}: {y: number[]}, anchor: string, classNames: readonly string[]): object {
  return {
    domain: y,
    anchor,
    tickvals: classNames.map((_, i) => i),
    ticktext: classNames.map(plain),
    ticklabelstandoff: 4,
    autorange: 'reversed',
    showgrid: false,
    zeroline: false,
    fixedrange: true,
  };
}
