import {inspect} from 'node:util';
import {texts} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {alignColumns} from '../tables/columns';
import {header, htmlTable, type HtmlCell} from '../tables/htmlTable';
import {grouped, percent} from '../tables/numbers';
import {leftOut, worstClasses, type ConfusionCell} from '../tables/worstClasses';
import {countClasses} from './labels';

/** Of more classes a table shows the worst: so many rows can still be looked over. */
const MOST_SHOWN = 50;
/** Of more classes there is no array of all counts: it would take over a gigabyte. */
const MOST_DENSE = 8192;

/**
 * How often each class was taken for each: rows are the true classes, columns the predicted ones.
 * It prints itself as R's `table()` does; of more than 50 classes it shows those with the most mistakes.
 */
export class ConfusionMatrix {
  /** What the classes are called. */
  readonly classNames: string[];
  /** The pairs of classes that occur, row by row: of thousands of classes these are few. */
  readonly cells: readonly ConfusionCell[];
  /** How many images were counted. */
  readonly total: number;
  private readonly right: Float64Array;
  private readonly rowTotals: Float64Array;
  private readonly columnTotals: Float64Array;
  private dense: number[][] | undefined;

  constructor(classNames: string[], cells: readonly ConfusionCell[]) {
    this.classNames = classNames;
    this.cells = cells;
    this.right = new Float64Array(classNames.length);
    this.rowTotals = new Float64Array(classNames.length);
    this.columnTotals = new Float64Array(classNames.length);
    for (const {actual, predicted, count} of cells) {
      this.rowTotals[actual]! += count;
      this.columnTotals[predicted]! += count;
      if (actual === predicted) this.right[actual]! += count;
    }
    this.total = sum(this.rowTotals);
  }

  /**
   * `counts[a][p]`: how many images of class a were predicted as class p.
   *
   * @throws Error for more than 8,192 classes: `cells` has the pairs that occur.
   */
  get counts(): number[][] {
    return publicCall('ConfusionMatrix.counts', () => {
      const {length} = this.classNames;
      if (length > MOST_DENSE) {
        const gigabytes = ((8 * length ** 2) / 1e9).toFixed(1);
        throw new CallError(`${length} × ${length} counts would take ${gigabytes} GB; cells has the pairs that occur`);
      }
      this.dense ??= this.between([...this.classNames.keys()]);
      return this.dense;
    });
  }

  /** The share of images predicted correctly, 0 to 1. */
  get accuracy(): number {
    return sum(this.right) / this.total;
  }

  /** For each class: of the images predicted as it, the share that is it, 0 to 1; NaN when there is none. */
  get precision(): number[] {
    return Array.from(this.right, (count, i) => count / this.columnTotals[i]!);
  }

  /** For each class: of the images that are it, the share predicted as it, 0 to 1; NaN when there is none. */
  get recall(): number[] {
    return Array.from(this.right, (count, i) => count / this.rowTotals[i]!);
  }

  /** For each class: how many images are of it. */
  get images(): number[] {
    return [...this.rowTotals];
  }

  /** The table as R prints it: `actual` down, `predicted` across. */
  toString(): string {
    const shown = this.shown();
    const names = shown.map((i) => this.classNames[i]!);
    const rows = this.between(shown).map((row, i) => [names[i]!, ...row.map(String)]);
    const text = alignColumns([['actual', ...names], ...rows]);
    const indent = text.indexOf('actual') + 'actual'.length + 1;
    const rest = this.isWhole(shown) ? '' : `\n${leftOut(this.classNames.length, shown.length)}`;
    return `${' '.repeat(indent)}predicted\n${text}${rest}`;
  }

  /** Lets `console.log(matrix)` and a cell's last line print the table. */
  [inspect.custom](): string {
    return this.toString();
  }

  /**
   * The table as `show` puts it into the notebook: the right answers on blue, the mistakes on orange, the stronger the
   * larger their share of the row. The colours are veils, so that the page's own text is read on them, light or dark.
   */
  toHTML(): string {
    const shown = this.shown();
    const names = shown.map((i) => this.classNames[i]!);
    const counts = this.between(shown);
    const shares = counts.map((row, i) => row.map((count) => count / Math.max(this.rowTotals[shown[i]!]!, 1)));
    const worst = shares.reduce(
      (worst, row, i) => row.reduce((w, share, j) => (i === j ? w : Math.max(w, share)), worst),
      0,
    );
    const cell = (count: number, i: number, j: number): HtmlCell => {
      if (i === j) return {text: String(count), style: `background-color: rgba(${RIGHT}, 0.3)`};
      if (count === 0) return {text: '0', style: 'opacity: 0.5'};
      const veil = 0.1 + 0.5 * (shares[i]![j]! / worst);
      return {text: String(count), style: `background-color: rgba(${WRONG}, ${veil.toFixed(2)})`};
    };
    const rest = this.isWhole(shown) ? '' : `; ${leftOut(this.classNames.length, shown.length)}`;
    return htmlTable({
      caption: `Actual classes down, predicted ones across: ${percent(this.accuracy)} of ${grouped(this.total)} right${rest}`,
      head: [
        [
          {text: 'actual', header: 'col', rows: 2},
          {text: 'predicted', header: 'colgroup', columns: names.length},
        ],
        names.map(header('col')),
      ],
      body: counts.map((row, i) => [header('row')(names[i]!), ...row.map((count, j) => cell(count, i, j))]),
    });
  }

  private shown(): number[] {
    return worstClasses(this.cells, this.classNames.length, MOST_SHOWN);
  }

  private isWhole(shown: readonly number[]): boolean {
    return shown.length === this.classNames.length;
  }

  /** The counts of these classes alone. */
  private between(classes: readonly number[]): number[][] {
    const places = new Map(classes.map((number, place) => [number, place]));
    const counts = classes.map(() => new Array<number>(classes.length).fill(0));
    for (const {actual, predicted, count} of this.cells) {
      const [row, column] = [places.get(actual), places.get(predicted)];
      if (row !== undefined && column !== undefined) counts[row]![column] = count;
    }
    return counts;
  }
}

/** The charts' blue and orange, as red, green, blue. */
const RIGHT = '0, 114, 178';
const WRONG = '213, 94, 0';

/** Options of {@link confusionMatrix}. */
export interface ConfusionMatrixOptions {
  /** What the classes are called; their numbers when left out. */
  classNames?: string[];
}

/**
 * Counts how often each class was predicted for each true class.
 *
 * @param actual the true class numbers, one an image, such as `test.labels`
 * @param predicted the predicted class numbers, in the same order
 * @param options what the classes are called
 * @returns the counts, which print themselves as a table
 * @throws Error when the two differ in length or hold something else than class numbers from 0 to 65,535
 * @example
 * const matrix = confusionMatrix(test.labels, predicted);
 * matrix.counts[7][2]; // how many 7s were taken for 2s
 */
export function confusionMatrix(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: ConfusionMatrixOptions = {},
): ConfusionMatrix {
  return publicCall('confusionMatrix', () => {
    checkArguments({options}, {options: matrixOptions});
    const found = countClasses(actual, predicted);
    const {classNames = Array.from({length: found}, (_, i) => String(i))} = options;
    if (classNames.length < found) {
      throw new CallError(`class ${found - 1} occurs but there are only ${classNames.length} classNames`);
    }
    return new ConfusionMatrix(classNames, countPairs(actual, predicted, found));
  });
}

const matrixOptions = optionsOf<ConfusionMatrixOptions>({classNames: optional(texts)});

/** Row by row. */
function countPairs(actual: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): ConfusionCell[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < actual.length; i++) {
    const pair = actual[i]! * classes + predicted[i]!;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return sorted.map(([pair, count]) => ({actual: Math.floor(pair / classes), predicted: pair % classes, count}));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** @deprecated An earlier name: use `confusionMatrix`. */
export const confusionTable = confusionMatrix;
/** @deprecated An earlier name: use `ConfusionMatrix`. */
export type ConfusionTable = ConfusionMatrix;
