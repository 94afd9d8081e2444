/** Values as a notebook shows them. */
import {inspect} from 'node:util';
import type {Bundle} from '../notebook/kernel';

/**
 * A class that has this method says itself how it is shown: the method returns a text for each MIME type, or a promise
 * of them. The convention is Deno's: docs.deno.com/runtime/reference/cli/jupyter.
 */
export const DISPLAY = Symbol.for('Jupyter.display');

/** Longer arrays are cut in the middle. */
const WHOLE = 20;
const HEAD = 6;
const TAIL = 3;

/** @param format how convlab shows its own things, once it is imported; undefined for what it doesn't know */
export async function bundleFor(value: unknown, format?: (value: unknown) => Bundle | undefined): Promise<Bundle> {
  const own = (value as {[DISPLAY]?: unknown} | null | undefined)?.[DISPLAY];
  if (typeof own === 'function') {
    const data = (await (own as () => unknown).call(value)) as Record<string, unknown>;
    return {data: {'text/plain': textOf(value), ...data}, metadata: {}};
  }
  return format?.(value) ?? {data: {'text/plain': textOf(value)}, metadata: {}};
}

function textOf(value: unknown): string {
  if (ArrayBuffer.isView(value) && 'length' in value && (value.length as number) > WHOLE) {
    return cut(value as unknown as ArrayLike<number | bigint> & object);
  }
  return inspect(value, {colors: false});
}

function cut(array: ArrayLike<number | bigint> & object): string {
  const show = (from: number, to: number) =>
    Array.from({length: to - from}, (_, i) => inspect(array[from + i])).join(', ');
  const {length} = array;
  return `${array.constructor.name}(${length}) [ ${show(0, HEAD)}, …, ${show(length - TAIL, length)} ]`;
}
