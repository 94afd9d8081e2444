/** Values as a notebook shows them. */
import {inspect} from 'node:util';
import {type Bundle, findKernel, ownDisplay} from '../notebook/kernel';

/** Longer arrays are cut in the middle. */
const WHOLE = 20;
const HEAD = 6;
const TAIL = 3;

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
  return inspect(value, {colors: false});
}

function cut(array: ArrayLike<number | bigint> & object): string {
  const show = (from: number, to: number) =>
    Array.from({length: to - from}, (_, i) => inspect(array[from + i])).join(', ');
  const {length} = array;
  return `${array.constructor.name}(${length}) [ ${show(0, HEAD)}, …, ${show(length - TAIL, length)} ]`;
}
