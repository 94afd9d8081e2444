import {inspect} from 'node:util';
import {displayOf, textBundle} from './displays';
import {findKernel, type Bundle} from './kernel';

/**
 * Shows anything in the notebook, below the cell that calls it: figures as charts, pictures as pictures, tables as
 * tables, models as the table of their layers, tensors by shape and values, text as it is, and whatever else as Node
 * prints it. A cell may show several things, one below the other. What stands in a cell's last line shows itself so, too.
 *
 * Outside a notebook it returns what it was given, so that code which shows also runs as a program.
 *
 * @param value What to show.
 * @returns The value outside a notebook, undefined in one.
 * @throws Error for a promise: it has to be awaited first.
 * @example
 * show(picture(train, 5));
 * show(historyChart(history));
 */
export function show<T>(value: T): T | undefined {
  const kernel = findKernel();
  if (!kernel) return value;
  kernel.display(bundleOf(value));
  // Nothing, or the value would stand a second time below what was shown.
  return undefined;
}

/** A value in the forms that viewers can choose from. */
export function bundleOf(value: unknown): Bundle {
  if (value instanceof Promise) throw new Error('show: got a promise of something to show; write show(await …)');
  return displayOf(value) ?? textBundle(textOf(value));
}

/** Things that know how to print themselves do so. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return inspect(value);
  const print = (value as {toString?: () => string}).toString;
  return print && print !== Object.prototype.toString ? print.call(value) : inspect(value);
}
