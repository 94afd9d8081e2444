/** Arrays to NumPy's .npy files. Format: numpy/lib/_format_impl.py, version 1. */
import {endianness} from 'node:os';
import {file as filePath} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind} from '../arguments/schema';
import {writeWhole} from '../files/atomic';
import {tf} from '../tfjs/tensorflow';
import type {Elements} from './npyElements';

/** What `npy.write` takes: a tensor, numbers in a row, or numbers with their shape. */
export type WritableArray = tf.Tensor | Elements | {data: Elements; shape: readonly number[]};

/** NumPy's letter for each kind of elements; their size follows it. */
const LETTERS: Record<string, string> = {
  Uint8Array: 'u',
  Uint8ClampedArray: 'u',
  Buffer: 'u',
  Int8Array: 'i',
  Uint16Array: 'u',
  Int16Array: 'i',
  Uint32Array: 'u',
  Int32Array: 'i',
  Float32Array: 'f',
  Float64Array: 'f',
  BigInt64Array: 'i',
  BigUint64Array: 'u',
};

/**
 * Writes an array as a .npy file, which `numpy.load` opens: whole or not at all.
 *
 * @param file Where to; a file that is there is replaced.
 * @param array A tensor (float32, int32 or bool), a typed array, or {data, shape}.
 * @throws Error for anything else, for a shape that doesn't fit the numbers, and where the file can't be written.
 * @example
 * await npy.write('probabilities.npy', probabilities); // numpy.load("probabilities.npy").shape == (10000, 10)
 */
export function write(file: string, array: WritableArray): Promise<void> {
  return publicCall('npy.write', async () => {
    checkArguments({file, array}, {file: filePath, array: writable});
    const {data, shape, bool} = await parts(array);
    const size = shape.reduce((product, length) => product * length, 1);
    if (data.length !== size) {
      throw new CallError(`shape [${shape.join(', ')}] needs ${size} numbers, got ${data.length}`);
    }
    const elements = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    await writeWhole(file, Buffer.concat([header(data, shape, bool), elements])).catch((error: unknown) => {
      throw new CallError(`${file}: ${(error as Error).message}`, {cause: error});
    });
  });
}

const writable: Kind = {
  expected: 'a tensor, a typed array, or {data: a typed array, shape: [n, …]}',
  fits: (value) => {
    const {data, shape} = (value ?? {}) as {data?: unknown; shape?: unknown};
    return (value instanceof tf.Tensor && !value.isDisposed) || isNumbers(value) || (isNumbers(data) && isShape(shape));
  },
  help: 'Float32Array.from(numbers) makes a typed array of a list',
};

async function parts(array: WritableArray): Promise<{data: Elements; shape: readonly number[]; bool: boolean}> {
  if (array instanceof tf.Tensor) {
    const {dtype, shape} = array;
    if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') {
      return {data: await array.data(), shape, bool: dtype === 'bool'};
    }
    throw new CallError(`expected a tensor of numbers, got one of type ${dtype}`);
  }
  if (isNumbers(array)) return {data: array, shape: [array.length], bool: false};
  return {data: array.data, shape: array.shape, bool: false};
}

function isNumbers(value: unknown): value is Elements {
  return ArrayBuffer.isView(value) && Object.hasOwn(LETTERS, value.constructor.name);
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0);
}

/** Padded with spaces so that the elements begin at a multiple of 64 bytes, as NumPy's own do. */
function header(data: Elements, shape: readonly number[], bool: boolean): Buffer {
  const size = data.BYTES_PER_ELEMENT;
  const order = size === 1 ? '|' : endianness() === 'LE' ? '<' : '>';
  const descr = bool ? '|b1' : `${order}${LETTERS[data.constructor.name]!}${size}`;
  // A tuple of one has a comma in Python.
  const tuple = shape.length === 1 ? `(${shape[0]!},)` : `(${shape.join(', ')})`;
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const before = 10;
  const length = Math.ceil((before + dict.length + 1) / 64) * 64 - before;
  const bytes = Buffer.alloc(before + length, ' ');
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(length, 8);
  bytes.write(dict, before, 'latin1');
  bytes.write('\n', before + length - 1);
  return bytes;
}
