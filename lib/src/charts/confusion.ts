import {isArrayLike, texts} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind} from '../arguments/schema';
import {leftOut, worstClasses, type ConfusionCell} from '../tables/worstClasses';
import type {Figure} from './figure';
import {baseLayout, colours, grouped, percent, plain} from './theme';

/** Counts of what was taken for what: a ConfusionMatrix, or any object of its form. */
export interface ConfusionLike {
  readonly classNames: readonly string[];
  /** `counts[actual][predicted]`: a row for each actual class, a column for each predicted one. */
  readonly counts: readonly (readonly number[])[];
}

/** The same with only the pairs of classes that occur, which is all there is of thousands of classes. */
export interface ConfusionCells {
  readonly classNames: readonly string[];
  readonly cells: readonly ConfusionCell[];
}

/** Above so many classes the cells are too small for numbers. */
const MOST_LABELLED = 25;
/** Above so many they are too small to be seen: then the worst are drawn. */
const MOST_SHOWN = 100;

/**
 * The confusion matrix as a heat map, counts in the cells. Colour is the share of the row, that is of all images of the
 * class: blue on the diagonal, where the prediction is right, orange for mistakes, on a scale of their own, since even
 * a bad mistake is a small share. Hovering over a cell says it in words: "7 taken for 2: 17 of 1,028". Of more than 100
 * classes those with the most mistakes are drawn, and the axis says so.
 *
 * @param table what `confusionMatrix` returns, or class names with counts
 * @returns a figure, which `show` draws
 * @throws Error when the counts aren't a square with a row for each class name.
 *
 * @example
 * show(confusionChart(confusionMatrix(test.labels, predicted, {classNames})));
 */
export function confusionChart(table: ConfusionLike | ConfusionCells): Figure {
  return publicCall('confusionChart', () => {
    checkArguments({table}, {table: confusionKind});
    return draw(select(table));
  });
}

/** What is drawn of a matrix: some of its classes. */
interface Selection {
  classNames: readonly string[];
  counts: readonly (readonly number[])[];
  /** How many images are of each of these classes, whatever they were taken for. */
  rowTotals: readonly number[];
  /** Of the whole matrix. */
  total: number;
  right: number;
  /** How many classes the whole matrix has. */
  classes: number;
}

function select(table: ConfusionLike | ConfusionCells): Selection {
  const {classNames} = table;
  const cells = cellsOf(table);
  const classes = worstClasses(cells, classNames.length, MOST_SHOWN);
  const places = new Map(classes.map((number, place) => [number, place]));
  const counts = classes.map(() => new Array<number>(classes.length).fill(0));
  const rowTotals = new Array<number>(classes.length).fill(0);
  let [total, right] = [0, 0];
  for (const {actual, predicted, count} of cells) {
    total += count;
    if (actual === predicted) right += count;
    const [row, column] = [places.get(actual), places.get(predicted)];
    if (row === undefined) continue;
    rowTotals[row]! += count;
    if (column !== undefined) counts[row]![column] = count;
  }
  return {classNames: classes.map((i) => classNames[i]!), counts, rowTotals, total, right, classes: classNames.length};
}

function cellsOf(table: ConfusionLike | ConfusionCells): readonly ConfusionCell[] {
  if ('cells' in table) return table.cells;
  const size = table.classNames.length;
  if (table.counts.length !== size || table.counts.some((row) => row.length !== size)) {
    const lengths = table.counts.slice(0, 8).map((row) => row.length);
    throw new CallError(
      `${size} class names need ${size} rows of ${size} counts, got rows of [${lengths.join(', ')}` +
        `${table.counts.length > lengths.length ? ', …' : ''}]`,
    );
  }
  return table.counts.flatMap((row, actual) =>
    Array.from(row).flatMap((count, predicted) => (count > 0 ? {actual, predicted, count} : [])),
  );
}

function draw({classNames, counts, rowTotals, total, right, classes}: Selection): Figure {
  const size = classNames.length;
  const shares = counts.map((row, i) => row.map((count) => (rowTotals[i]! > 0 ? count / rowTotals[i]! : 0)));
  const worst = largest(shares.flatMap((row, i) => row.filter((_, j) => j !== i)));

  const cells = (keep: (i: number, j: number) => boolean, colour: string, name: string, highest: number): object => ({
    type: 'heatmap',
    name,
    z: shares.map((row, i) => row.map((share, j) => (keep(i, j) ? share : null))),
    text: counts.map((row, i) => row.map((count, j) => (keep(i, j) ? grouped(count) : ''))),
    customdata: counts.map((row, i) =>
      row.map((count, j) => inWords(plain(classNames[i]!), plain(classNames[j]!), count, rowTotals[i]!, i === j)),
    ),
    texttemplate: size <= MOST_LABELLED ? '%{text}' : undefined,
    hovertemplate: '%{customdata}<extra></extra>',
    hoverongaps: false,
    zmin: 0,
    zmax: highest,
    colorscale: [
      [0, '#ffffff'],
      [1, colour],
    ],
    xgap: 1,
    ygap: 1,
  });
  // Cells of a fixed size, and room on each side for what stands there, in screen pixels.
  const side = Math.min(Math.max(size * 44, 240), 640);
  const labels = 7 * Math.min(largest(classNames.map((name) => name.length)), 20);
  const margin = {l: 60 + labels, r: 190, t: 56, b: 70};
  const bar = (title: string, gap: number): object => ({
    title: {text: title, side: 'right', font: {size: 12}},
    tickformat: '.2~p',
    thickness: 12,
    outlinewidth: 0,
    x: 1 + gap / side,
    xpad: 0,
  });
  const data = [
    {...cells((i, j) => i === j, colours.blue, 'right', 1), colorbar: bar('right: share of the row', 20)},
    {
      ...cells((i, j) => i !== j, colours.orange, 'mistakes', worst > 0 ? worst : 1),
      colorbar: bar('mistakes: share of the row', 105),
      showscale: worst > 0,
    },
  ];
  const rest = size < classes ? `: ${leftOut(classes, size)}` : '';
  const layout = baseLayout({
    title: `What was taken for what: ${percent(total > 0 ? right / total : 0)} of ${grouped(total)} images right`,
    width: margin.l + side + margin.r,
    height: margin.t + side + margin.b,
  });
  Object.assign(layout, {
    margin,
    plot_bgcolor: colours.grid,
    xaxis: {...classAxis(`predicted${rest}`, classNames), side: 'bottom'},
    yaxis: {...classAxis('actual', classNames), autorange: 'reversed'},
  });
  return {data, layout};
}

const confusionKind: Kind = {
  expected: 'what confusionMatrix(actual, predicted) returns, or {classNames, counts}',
  fits: (value) => {
    const table = Object(value) as Partial<ConfusionLike & ConfusionCells>;
    if (!texts.fits(table.classNames) || table.classNames!.length === 0) return false;
    return 'cells' in table ? Array.isArray(table.cells) : isArrayLike(table.counts) && areCounts(table.counts);
  },
};

function areCounts(rows: ArrayLike<unknown>): boolean {
  const isCount = (count: unknown) => Number.isFinite(count) && (count as number) >= 0;
  return Array.prototype.every.call(rows, (row) => isArrayLike(row) && Array.prototype.every.call(row, isCount));
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function inWords(actual: string, predicted: string, count: number, total: number, right: boolean): string {
  const what = right ? `${actual} recognised` : `${actual} taken for ${predicted}`;
  return `${what}: ${grouped(count)} of ${grouped(total)}`;
}

/** Positions with names: as plain values, "7" would become the number 7 and equal names one class. */
function classAxis(title: string, classNames: readonly string[]): object {
  return {
    // From the labels, however long they are.
    title: {text: title, standoff: 12},
    tickvals: classNames.map((_, i) => i),
    ticktext: classNames.map(plain),
    ticklabelstandoff: 4,
    showgrid: false,
    zeroline: false,
    ticks: '',
    automargin: true,
  };
}
