import {inspect} from 'node:util';
import {publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind} from '../arguments/schema';
import {alignColumns} from '../tables/columns';
import {header, htmlTable} from '../tables/htmlTable';
import {leftOut, worstClasses, type ConfusionCell} from '../tables/worstClasses';
import {ConfusionMatrix} from './confusionMatrix';

/** Of more classes a table shows the worst: so many rows can still be looked over. */
const MOST_SHOWN = 50;
const COLUMNS = ['class', 'precision', 'recall', 'F1', 'images'];

/** Precision, recall and F1 of each class, in the order of the classes. It prints itself as a table, of more than 50 classes as one of those with the most mistakes. */
export class ClassificationReport {
  /** What the classes are called. */
  readonly classNames: readonly string[];
  /** Of the images predicted as the class, the share that is it, 0 to 1; NaN when there is none. */
  readonly precision: readonly number[];
  /** Of the images that are the class, the share predicted as it, 0 to 1; NaN when there is none. */
  readonly recall: readonly number[];
  /**
   * The harmonic mean of the two, 0 to 1, as scikit-learn counts it, 2 TP / (2 TP + FP + FN): 0 for a class that is there and
   * that was never predicted; NaN for one that neither was there nor was predicted.
   */
  readonly f1: readonly number[];
  /** How many images are of the class. */
  readonly images: readonly number[];
  /** The share of all images predicted correctly, 0 to 1. */
  readonly accuracy: number;

  /** The classes that are shown. */
  private readonly shown: readonly number[];

  constructor({classNames, cells, images, precision, recall, accuracy}: ConfusionMatrix) {
    this.shown = worstClasses(cells, classNames.length, MOST_SHOWN);
    this.classNames = classNames;
    this.precision = precision;
    this.recall = recall;
    this.f1 = f1Of(cells, classNames.length);
    this.images = images;
    this.accuracy = accuracy;
  }

  /** The table as text that lines up. */
  toString(): string {
    const rest = this.rest();
    return alignColumns([COLUMNS, ...this.rows(), this.lastRow()]) + (rest && `\n${rest}`);
  }

  /** Lets `console.log(report)` and a cell's last line print the table. */
  [inspect.custom](): string {
    return this.toString();
  }

  /** The table as `show` puts it into the notebook. */
  toHTML(): string {
    const row = ([name, ...numbers]: string[]) => [header('row')(name!), ...numbers];
    return htmlTable({
      caption: ['How well each class is found', this.rest()].filter((text) => text !== '').join('; '),
      head: [COLUMNS.map(header('col'))],
      body: this.rows().map(row),
      foot: [row(this.lastRow())],
    });
  }

  private rows(): string[][] {
    return this.shown.map((i) => [
      this.classNames[i]!,
      ...[this.precision, this.recall, this.f1].map((values) => share(values[i]!)),
      String(this.images[i]),
    ]);
  }

  private rest(): string {
    const {shown, classNames} = this;
    return shown.length === classNames.length ? '' : leftOut(classNames.length, shown.length);
  }

  private lastRow(): string[] {
    return ['all', '', share(this.accuracy), '', String(sum(this.images))];
  }
}

/**
 * Precision, recall and their harmonic mean (F1) for each class, with the number of images.
 *
 * @param matrix what was taken for what
 * @returns the numbers, which print themselves as a table
 * @throws Error for anything else than a confusion matrix
 * @example
 * show(classificationReport(confusionMatrix(test.labels, predicted)));
 */
export function classificationReport(matrix: ConfusionMatrix): ClassificationReport {
  return publicCall('classificationReport', () => {
    checkArguments({matrix}, {matrix: matrixKind});
    return new ClassificationReport(matrix);
  });
}

const matrixKind: Kind = {
  expected: 'what confusionMatrix(actual, predicted) returns',
  fits: (value) => value instanceof ConfusionMatrix,
};

function f1Of(cells: readonly ConfusionCell[], classes: number): number[] {
  const right = new Float64Array(classes);
  // Each image once as what it is and once as what it was taken for: 2 TP + FP + FN.
  const all = new Float64Array(classes);
  for (const {actual, predicted, count} of cells) {
    if (actual === predicted) right[actual]! += count;
    all[actual]! += count;
    all[predicted]! += count;
  }
  return Array.from(right, (count, i) => (2 * count) / all[i]!);
}

function share(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(3);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** @deprecated An earlier name: use `classificationReport`. */
export const classReport = classificationReport;
/** @deprecated An earlier name: use `ClassificationReport`. */
export type ClassReport = ClassificationReport;
