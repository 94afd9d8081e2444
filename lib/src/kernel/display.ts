/** Values as a notebook shows them. */
import {inspect} from 'node:util';
import {type Bundle, findKernel, ownDisplay} from '../notebook/kernel';

/** Longer arrays are cut in the middle. */
const WHOLE = 20;
const HEAD = 6;
const TAIL = 3;
/** Longer texts are a screen and more: lists are shown by their beginnings then, objects without their depths. */
const LONGEST = 6000;
const MOST_TEXT_LINES = 60;
const MOST_LINES = 24;
const MOST_ITEMS = 6;

/** A value as a cell's last line shows it. Once convlab is imported, it says how its own things look. */
export async function bundleOf(value: unknown): Promise<Bundle> {
  const own = await ownDisplay(value);
  if (own) return {data: {'text/plain': textOf(value), ...own}, metadata: {}};
  return findKernel()?.format?.(value) ?? {data: {'text/plain': textOf(value)}, metadata: {}};
}

function textOf(value: unknown): string {
  // Texts of several lines are tables and the like: their lines are what the reader wants to see.
  if (typeof value === 'string' && value.includes('\n')) return value;
  if (ArrayBuffer.isView(value) && 'length' in value && (value.length as number) > WHOLE) {
    return cut(value as ArrayBufferView & ArrayLike<number | bigint>);
  }
  if (value instanceof Timer) return timerText(value);
  if (value instanceof Immediate) return 'Timer, after this turn';
  const text = inspect(value, {colors: false});
  return typeof value !== 'string' && isLong(text) ? shortened(value) : text;
}

const isLong = (text: string) => text.length > LONGEST || text.split('\n').length > MOST_TEXT_LINES;

/** The classes of timers, which Node gives no name to. */
const [Timer, Immediate] = (() => {
  const [timer, immediate] = [setTimeout(() => undefined), setImmediate(() => undefined)];
  clearTimeout(timer);
  clearImmediate(immediate);
  return [timer.constructor as new () => NodeJS.Timeout, immediate.constructor as new () => NodeJS.Immediate];
})();

/** What setTimeout and setInterval give is an object of Node's insides. */
function timerText(timer: object): string {
  const {_idleTimeout: ms, _repeat: repeat} = timer as {_idleTimeout?: number; _repeat?: number | null};
  return typeof repeat === 'number' ? `Timer, every ${repeat} ms` : `Timer, after ${ms ?? 0} ms`;
}

/** What is too much to read: no more than the first of a list, or names of an object without what stands within their values. */
function shortened(value: unknown): string {
  const beginnings = inspect(value, {colors: false, maxArrayLength: MOST_ITEMS});
  if (!isLong(beginnings)) return beginnings;
  const lines = inspect(value, {colors: false, depth: 0, breakLength: 80}).split('\n');
  const more = lines.length - MOST_LINES;
  if (more <= 1) return lines.join('\n');
  return [...lines.slice(0, MOST_LINES), `… ${more} more lines; console.dir shows all`].join('\n');
}

function cut(array: ArrayLike<number | bigint> & object): string {
  const show = (from: number, to: number) =>
    Array.from({length: to - from}, (_, i) => inspect(array[from + i])).join(', ');
  const {length} = array;
  return `${array.constructor.name}(${length}) [ ${show(0, HEAD)}, …, ${show(length - TAIL, length)} ]`;
}
