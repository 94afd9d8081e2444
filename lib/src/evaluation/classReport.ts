import {check} from '../arguments/check';
import {alignColumns} from './columns';
import {ConfusionTable} from './confusionTable';

/**
 * Precision, recall and their harmonic mean (F1) for each class, as a text table with the number of images.
 *
 * @example
 * console.log(classReport(confusionTable(test.labels, predicted)));
 */
export function classReport(table: ConfusionTable): string {
  check('classReport', 'table', table, {
    expected: 'what confusionTable(actual, predicted) returns',
    fits: (value) => value instanceof ConfusionTable,
  });
  const {classNames, counts, precision, recall} = table;
  const rows = classNames.map((name, i) => {
    const p = precision[i]!;
    const r = recall[i]!;
    const images = counts[i]!.reduce((total, count) => total + count, 0);
    return [name, share(p), share(r), share((2 * p * r) / (p + r)), String(images)];
  });
  return alignColumns([
    ['class', 'precision', 'recall', 'F1', 'images'],
    ...rows,
    ['all', '', share(table.accuracy), '', String(table.total)],
  ]);
}

function share(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(3);
}
