import {check} from '../arguments/check';
import {isArrayLike, texts} from '../arguments/kinds';
import type {Figure} from './figure';
import {baseLayout, colours, grouped, percent, plain} from './theme';

/** Counts of what was taken for what: a ConfusionTable, or any object of its form. */
export interface ConfusionLike {
  readonly classNames: readonly string[];
  /** `counts[actual][predicted]`: a row for each actual class, a column for each predicted one. */
  readonly counts: readonly (readonly number[])[];
}

/** Above so many classes the cells are too small for numbers. */
const MOST_LABELLED = 25;

/**
 * The confusion table as a heat map, counts in the cells. Colour is the share of the row, that is of all images of the
 * class: blue on the diagonal, where the prediction is right, orange for mistakes, on a scale of their own, since even
 * a bad mistake is a small share. Hovering over a cell says it in words: "7 taken for 2: 17 of 1,028".
 *
 * @throws Error when the counts aren't a square with a row for each class name.
 *
 * @example
 * show(confusionChart(confusionTable(test.labels, predicted, {classNames})));
 */
export function confusionChart(table: ConfusionLike): Figure {
  check('confusionChart', 'table', table, {
    expected: 'what confusionTable(actual, predicted) returns, or {classNames, counts}',
    fits: isConfusion,
  });
  const {classNames, counts} = table;
  const size = classNames.length;
  if (counts.length !== size || counts.some((row) => row.length !== size)) {
    throw new Error(
      `confusionChart: ${size} class names need ${size} rows of ${size} counts, ` +
        `got rows of [${counts.map((row) => row.length).join(', ')}]`,
    );
  }
  const rowTotals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const total = rowTotals.reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, i) => sum + row[i]!, 0);
  const shares = counts.map((row, i) => row.map((count) => (rowTotals[i]! > 0 ? count / rowTotals[i]! : 0)));
  const worst = Math.max(...shares.flatMap((row, i) => row.filter((_, j) => j !== i)), 0);

  const cells = (keep: (i: number, j: number) => boolean, colour: string, name: string, highest: number): object => ({
    type: 'heatmap',
    name,
    z: shares.map((row, i) => row.map((share, j) => (keep(i, j) ? share : null))),
    text: counts.map((row, i) => row.map((count, j) => (keep(i, j) && count > 0 ? grouped(count) : ''))),
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
  const labels = 7 * Math.min(Math.max(...classNames.map((name) => name.length)), 20);
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
  const layout = baseLayout({
    title: `What was taken for what: ${percent(total > 0 ? right / total : 0)} of ${grouped(total)} images right`,
    width: margin.l + side + margin.r,
    height: margin.t + side + margin.b,
  });
  Object.assign(layout, {
    margin,
    plot_bgcolor: colours.grid,
    xaxis: {...classAxis('predicted', classNames), side: 'bottom'},
    yaxis: {...classAxis('actual', classNames), autorange: 'reversed'},
  });
  return {data, layout};
}

function isConfusion(value: unknown): boolean {
  const {classNames, counts} = (value ?? {}) as {classNames?: unknown; counts?: unknown};
  const isCount = (count: unknown) => Number.isFinite(count) && (count as number) >= 0;
  const areCounts = (row: unknown) => isArrayLike(row) && Array.prototype.every.call(row, isCount);
  return (
    texts.fits(classNames) && (classNames as string[]).length > 0 && Array.isArray(counts) && counts.every(areCounts)
  );
}

function inWords(actual: string, predicted: string, count: number, total: number, right: boolean): string {
  const what = right ? `${actual} recognised` : `${actual} taken for ${predicted}`;
  return `${what}: ${grouped(count)} of ${grouped(total)}`;
}

/** Positions with names: as plain values, "7" would become the number 7 and equal names one class. */
function classAxis(title: string, classNames: readonly string[]): object {
  return {
    title: {text: title},
    tickvals: classNames.map((_, i) => i),
    ticktext: classNames.map(plain),
    ticklabelstandoff: 4,
    showgrid: false,
    zeroline: false,
    ticks: '',
    automargin: true,
  };
}
