import {inspect} from 'node:util';
import {check} from '../arguments/check';
import {alignColumns} from '../tables/columns';
import {header, htmlTable} from '../tables/htmlTable';
import {ConfusionTable} from './confusionTable';

const COLUMNS = ['class', 'precision', 'recall', 'F1', 'images'];

/** Precision, recall and F1 of each class, in the order of the classes. It prints itself as a table. */
export class ClassReport {
  /** What the classes are called. */
  readonly classNames: readonly string[];
  /** Of the images predicted as the class, the share that is it, 0 to 1; NaN when there is none. */
  readonly precision: readonly number[];
  /** Of the images that are the class, the share predicted as it, 0 to 1; NaN when there is none. */
  readonly recall: readonly number[];
  /** The harmonic mean of the two, 0 to 1; NaN when one of them is, or both are 0. */
  readonly f1: readonly number[];
  /** How many images are of the class. */
  readonly images: readonly number[];
  /** The share of all images predicted rightly, 0 to 1. */
  readonly accuracy: number;

  constructor({classNames, counts, precision, recall, accuracy}: ConfusionTable) {
    this.classNames = classNames;
    this.precision = precision;
    this.recall = recall;
    this.f1 = precision.map((p, i) => (2 * p * recall[i]!) / (p + recall[i]!));
    this.images = counts.map(sum);
    this.accuracy = accuracy;
  }

  /** The table as text that lines up. */
  toString(): string {
    return alignColumns([COLUMNS, ...this.rows(), this.lastRow()]);
  }

  /** Lets `console.log(report)` and a cell's last line print the table. */
  [inspect.custom](): string {
    return this.toString();
  }

  /** The table as `show` puts it into the notebook. */
  toHTML(): string {
    const row = ([name, ...numbers]: string[]) => [header('row')(name!), ...numbers];
    return htmlTable({
      caption: 'How well each class is found',
      head: [COLUMNS.map(header('col'))],
      body: this.rows().map(row),
      foot: [row(this.lastRow())],
    });
  }

  private rows(): string[][] {
    return this.classNames.map((name, i) => [
      name,
      ...[this.precision, this.recall, this.f1].map((values) => share(values[i]!)),
      String(this.images[i]),
    ]);
  }

  private lastRow(): string[] {
    return ['all', '', share(this.accuracy), '', String(sum(this.images))];
  }
}

/**
 * Precision, recall and their harmonic mean (F1) for each class, with the number of images.
 *
 * @example
 * show(classReport(confusionTable(test.labels, predicted)));
 */
export function classReport(table: ConfusionTable): ClassReport {
  check('classReport', 'table', table, {
    expected: 'what confusionTable(actual, predicted) returns',
    fits: (value) => value instanceof ConfusionTable,
  });
  return new ClassReport(table);
}

function share(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(3);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
