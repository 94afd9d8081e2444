import {inspect} from 'node:util';
import {isFigure} from '../charts/figure';
import {escapeHtml} from '../html';
import {Picture} from '../pictures/picture';
import {tf} from '../tfjs/tensorflow';
import {summarize} from '../training/report/modelSummary';
import {figureBundle} from './figureOutput';
import {findKernel, type Bundle} from './kernel';

/**
 * Shows anything in the notebook, below the cell that calls it: figures as charts, pictures as pictures, tables as
 * tables, models as the table of their layers, text as it is, and whatever else as Node prints it. A cell may show several things, one below the other.
 *
 * Outside a notebook it returns what it was given, so that code which shows also runs as a program.
 *
 * @example
 * show(picture(train, 5));
 * show(historyChart(history));
 */
export function show<T>(value: T): T | undefined {
  const kernel = findKernel();
  if (!kernel) return value;
  kernel.display(bundleOf(value));
  // Nothing, or tslab would print the value below what was shown.
  return undefined;
}

/** A value in the forms that viewers can choose from. */
export function bundleOf(value: unknown): Bundle {
  if (value instanceof Promise) throw new Error('show: got a promise of something to show; write show(await …)');
  if (value instanceof Picture) return pictureBundle(value);
  if (isFigure(value)) return figureBundle(value);
  if (value instanceof tf.LayersModel) return bundleOf(summarize(value));
  const text = textOf(value);
  const html = hasHtml(value) ? value.toHTML() : preformatted(text);
  return {data: {'text/html': html, 'text/plain': text}, metadata: {}};
}

function pictureBundle({png, width, height, alt}: Picture): Bundle {
  return {
    data: {'image/png': png.toString('base64'), 'text/plain': alt},
    metadata: {'image/png': {width, height}},
  };
}

function hasHtml(value: unknown): value is {toHTML(): string} {
  return typeof (value as {toHTML?: unknown} | null | undefined)?.toHTML === 'function';
}

/** Things that know how to print themselves do so: tables, tensors. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return inspect(value);
  const print = (value as {toString?: () => string}).toString;
  return print && print !== Object.prototype.toString ? print.call(value) : inspect(value);
}

/** Columns stay lined up, however wide: the output scrolls instead of breaking lines. */
function preformatted(text: string): string {
  return `<pre style="margin: 0; white-space: pre; overflow-x: auto">${escapeHtml(text)}</pre>`;
}
