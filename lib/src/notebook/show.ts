import {inspect} from 'node:util';
import {CallError, publicCall} from '../arguments/publicCall';
import {displayOf, textBundle} from './displays';
import {type Bundle, findKernel, type LiveDisplay, ownDisplay} from './kernel';

/**
 * Shows anything in the notebook, below the cell that calls it: figures as charts, pictures as pictures, tables as
 * tables, models as the table of their layers, tensors by shape and values, text as it is, and whatever else as Node
 * prints it. A class of yours says how its things look by a method `[Symbol.for('Jupyter.display')]()` that returns a text for
 * each MIME type, as in `{'text/html': '<b>leaf</b>'}`. A cell may show several things, one below the other. What stands in a cell's last line shows itself so, too.
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
  const own = ownDisplay(value);
  if (own === undefined) kernel.display(bundleOf(value));
  else void showOwn(kernel.live(), value, own);
  // Nothing, or the value would stand a second time below what was shown.
  return undefined;
}

/** What a class says of itself may come later; its place is kept. */
async function showOwn(place: LiveDisplay, value: unknown, own: ReturnType<typeof ownDisplay>): Promise<void> {
  const text = {'text/plain': textOf(value)};
  if (own instanceof Promise) place.update({data: text, metadata: {}});
  place.update({data: {...text, ...(own instanceof Promise ? await own : own)}, metadata: {}});
}

/** A value in the forms that viewers can choose from. */
export function bundleOf(value: unknown): Bundle {
  return publicCall('show', () => {
    if (value instanceof Promise) throw new CallError('got a promise of something to show; write show(await …)');
    return displayOf(value) ?? textBundle(textOf(value));
  });
}

/** Things that know how to print themselves do so. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value))
    return inspect(value);
  const print = (value as {toString?: () => string}).toString;
  return print && print !== Object.prototype.toString ? print.call(value) : inspect(value);
}
