import {inspect} from 'node:util';
import {checkOptions} from '../arguments/check';
import {texts} from '../arguments/kinds';
import {alignColumns} from '../tables/columns';
import {header, htmlTable, type HtmlCell} from '../tables/htmlTable';
import {grouped, percent} from '../tables/numbers';
import {countClasses} from './labels';

/**
 * How often each class was taken for each: rows are the true classes, columns the predicted ones.
 * It prints itself as R's `table()` does.
 */
export class ConfusionTable {
  /** What the classes are called. */
  readonly classNames: string[];
  /** `counts[a][p]`: how many images of class a were predicted as class p. */
  readonly counts: number[][];

  constructor(classNames: string[], counts: number[][]) {
    this.classNames = classNames;
    this.counts = counts;
  }

  /** How many images were counted. */
  get total(): number {
    return sum(this.counts.map(sum));
  }

  /** The share of images predicted rightly, 0 to 1. */
  get accuracy(): number {
    return sum(this.counts.map((row, i) => row[i]!)) / this.total;
  }

  /** For each class: of the images predicted as it, the share that is it, 0 to 1; NaN when there is none. */
  get precision(): number[] {
    return this.counts.map((row, i) => row[i]! / sum(this.counts.map((other) => other[i]!)));
  }

  /** For each class: of the images that are it, the share predicted as it, 0 to 1; NaN when there is none. */
  get recall(): number[] {
    return this.counts.map((row, i) => row[i]! / sum(row));
  }

  /** The table as R prints it: `actual` down, `predicted` across. */
  toString(): string {
    const rows = this.counts.map((row, i) => [this.classNames[i]!, ...row.map(String)]);
    const text = alignColumns([['actual', ...this.classNames], ...rows]);
    const indent = text.indexOf('actual') + 'actual'.length + 1;
    return `${' '.repeat(indent)}predicted\n${text}`;
  }

  /** Lets `console.log(table)` and a cell's last line print the table. */
  [inspect.custom](): string {
    return this.toString();
  }

  /**
   * The table as `show` puts it into the notebook: the right answers on blue, the mistakes on orange, the stronger the
   * larger their share of the row. The colours are veils, so that the page's own text is read on them, light or dark.
   */
  toHTML(): string {
    const shares = this.counts.map((row) => row.map((count) => count / Math.max(sum(row), 1)));
    const worst = Math.max(...shares.flatMap((row, i) => row.filter((_, j) => j !== i)));
    const cell = (count: number, i: number, j: number): HtmlCell => {
      if (i === j) return {text: String(count), style: `background-color: rgba(${RIGHT}, 0.3)`};
      if (count === 0) return {text: '0', style: 'opacity: 0.5'};
      const veil = 0.1 + 0.5 * (shares[i]![j]! / worst);
      return {text: String(count), style: `background-color: rgba(${WRONG}, ${veil.toFixed(2)})`};
    };
    return htmlTable({
      caption: `Actual classes down, predicted ones across: ${percent(this.accuracy)} of ${grouped(this.total)} right`,
      head: [
        [
          {text: 'actual', header: 'col', rows: 2},
          {text: 'predicted', header: 'colgroup', columns: this.classNames.length},
        ],
        this.classNames.map(header('col')),
      ],
      body: this.counts.map((row, i) => [
        header('row')(this.classNames[i]!),
        ...row.map((count, j) => cell(count, i, j)),
      ]),
    });
  }
}

/** The charts' blue and orange, as red, green, blue. */
const RIGHT = '0, 114, 178';
const WRONG = '213, 94, 0';

/**
 * Counts how often each class was predicted for each true class.
 *
 * @param actual the true class numbers, one an image, such as `test.labels`
 * @param predicted the predicted class numbers, in the same order
 * @throws Error when the two differ in length or hold something else than class numbers
 * @example
 * const table = confusionTable(test.labels, predicted);
 * table.counts[7][2]; // how many 7s were taken for 2s
 */
export function confusionTable(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: {classNames?: string[]} = {},
): ConfusionTable {
  checkOptions<{classNames?: string[]}>('confusionTable', options, {classNames: texts});
  const found = countClasses('confusionTable', actual, predicted);
  const {classNames = Array.from({length: found}, (_, i) => String(i))} = options;
  if (classNames.length < found) {
    throw new Error(`confusionTable: class ${found - 1} occurs but there are only ${classNames.length} classNames`);
  }
  const counts = classNames.map(() => classNames.map(() => 0));
  for (let i = 0; i < actual.length; i++) counts[actual[i]!]![predicted[i]!]!++;
  return new ConfusionTable(classNames, counts);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
