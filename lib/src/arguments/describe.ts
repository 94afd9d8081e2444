import {inspect} from 'node:util';

/** What came in place of what was expected, in a reader's words, with the way out of the commonest slips. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `the text '${value.length > 40 ? `${value.slice(0, 40)}…` : value}'`;
  if (typeof value === 'function') return 'a function';
  if (value === null) return 'null';
  // A number, true, false, a bigint or a symbol.
  if (typeof value !== 'object') return inspect(value);
  if (isPromise(value)) return 'a promise; write await in front of it';
  if (isTensor(value)) return describeTensor(value);
  if (Array.isArray(value)) return describeList(value);
  const name = nameOfClass(value);
  if (ArrayBuffer.isView(value) && 'length' in value) return `a ${name} of ${value.length as number} numbers`;
  if (name !== 'Object') return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
  return `an object with ${Object.keys(value).slice(0, 6).join(', ') || 'nothing in it'}`;
}

/** A tensor, told by what it has: tensors of another copy of TensorFlow.js are ones, too. */
export interface TensorLike {
  readonly shape: number[];
  readonly dtype: string;
  readonly isDisposed: boolean;
}

export function isTensor(value: unknown): value is TensorLike {
  return typeof value === 'object' && value !== null && 'dataId' in value && 'shape' in value && 'dtype' in value;
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as {then?: unknown} | null | undefined)?.then === 'function';
}

function describeTensor({shape, dtype, isDisposed}: TensorLike): string {
  if (isDisposed) return 'a tensor that was disposed, whose values are gone';
  const kind = dtype === 'float32' ? '' : ` of type ${dtype}`;
  return `a tensor of shape [${shape.join(', ')}]${kind}`;
}

function describeList(list: unknown[]): string {
  if (list.length === 0) return 'an empty list';
  const first = list[0];
  const what = isTensor(first) ? 'tensors' : Array.isArray(first) ? 'lists' : `${typeof first}s`;
  return `a list of ${list.length} ${what}`;
}

function nameOfClass(value: object): string {
  const {constructor} = value as {constructor?: {name?: string}};
  return constructor?.name ?? 'Object';
}
