/**
 * NumPy's .npy files: one array each. A magic word, a version, the length of the header, the header (a Python dict of
 * element type, order and shape) and the elements. Source: numpy/lib/_format_impl.py. Arrays of Python objects are
 * pickles, and reading one runs the code in it: they are refused.
 *
 * Not through the npm package npyjs, which takes big-endian numbers for little-endian ones, leaves column by column what
 * NumPy wrote so, and takes a file that was cut short for a shorter array.
 */
import fs from 'node:fs/promises';
import {file as filePath, fileBytes} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments} from '../arguments/schema';
import {inWords} from '../files/errors';
import {refuseForeign} from '../files/foreign';
import {elementType, type Elements} from './npyElements';

export {write, type WritableArray} from './npyWriter';

/** An array of NumPy's. */
export interface NpyArray {
  /** For example [60000, 28, 28]; [] for a single number. */
  shape: number[];
  /** NumPy's name of the element type: uint8, int64, float32, … */
  dtype: string;
  /**
   * The elements, row by row, whichever way the file has them. bool becomes 0 and 1; float16 becomes float32; int64 and
   * uint64 are bigint.
   */
  data: Elements;
}

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
/** NumPy itself reads no longer one without being told to. */
const LONGEST_HEADER = 10_000;

/**
 * Reads the bytes of a .npy file.
 *
 * @param bytes A whole file.
 * @param name What to call the file in an error. Default "NPY".
 * @returns Its shape, and the numbers in the order of the rows.
 * @throws Error when the bytes aren't a .npy file, are too few or too many, or hold objects, text, dates or complex numbers.
 *
 * @example
 * const {shape, data} = npy.parse(await readFile('weights.npy'));
 */
export function parse(bytes: Uint8Array, name = 'NPY'): NpyArray {
  publicCall('npy.parse', () => {
    checkArguments({bytes}, {bytes: fileBytes});
  });
  const {text, end} = header(bytes, name);
  const {descr, columnsFirst, shape} = parseHeader(text, name);
  const type = elementType(descr, name);
  const count = shape.reduce((product, length) => product * length, 1);
  const given = bytes.length - end;
  if (given !== count * type.size) {
    throw new Error(
      `${name}: ${type.dtype} of shape [${shape.join(', ')}] needs ${count * type.size} bytes after the header, got ` +
        `${given}; the file is ${given < count * type.size ? 'cut short' : 'longer than it says'}, get it again`,
    );
  }
  const data = type.read(bytes.subarray(end));
  return {shape, dtype: type.dtype, data: columnsFirst && shape.length > 1 ? rowByRow(data, shape) : data};
}

/**
 * Reads a .npy file.
 *
 * @param file Its path.
 * @returns Its shape, and the numbers in the order of the rows.
 * @throws Error as parse() does, or when the file can't be read.
 *
 * @example
 * const {shape, data} = await npy.read('weights.npy');
 * tf.tensor(Float32Array.from(data, Number), shape);
 */
export function read(file: string): Promise<NpyArray> {
  return publicCall('npy.read', async () => {
    checkArguments({file}, {file: filePath});
    await refuseForeign(file);
    const bytes = await fs.readFile(file).catch((error: unknown) => {
      throw new CallError(`${file}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
    });
    try {
      return parse(bytes, file);
    } catch (error) {
      throw new CallError((error as Error).message, {cause: error});
    }
  });
}

function header(bytes: Uint8Array, name: string): {text: string; end: number} {
  if (bytes.length < 10 || !MAGIC.equals(bytes.subarray(0, 6))) {
    // A pickle of protocol 2 to 5 begins with this opcode and its number.
    const pickle = bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5;
    throw new Error(
      pickle
        ? `${name}: it is a pickle, and reading one runs the code in it; save it with numpy.save`
        : `${name}: expected a .npy file, which begins with \\x93NUMPY, got ${bytes.length} bytes that don't`,
    );
  }
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw new Error(`${name}: expected version 1, 2 or 3 of .npy, got ${version}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Version 1 has two bytes for the length of the header, the others four.
  const begin = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : bytes.length < 12 ? Infinity : view.getUint32(8, true);
  if (length > Math.min(LONGEST_HEADER, bytes.length - begin)) {
    throw new Error(`${name}: a header of ${length} bytes doesn't fit into ${bytes.length} bytes, or is too long`);
  }
  return {text: Buffer.from(bytes.subarray(begin, begin + length)).toString('latin1'), end: begin + length};
}

interface Header {
  descr: string;
  columnsFirst: boolean;
  shape: number[];
}

/** Exactly what NumPy writes: it sorts the keys. Python's dicts at large are not read. */
function parseHeader(text: string, name: string): Header {
  const dict =
    /^\{\s*'descr':\s*(?:'([^']*)'|(\[.*\])),\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d,\sL]*)\),?\s*\}\s*$/s;
  const [whole, descr, fields, fortran, lengths] = dict.exec(text) ?? [];
  if (whole === undefined) throw new Error(`${name}: can't read the .npy header ${JSON.stringify(text.slice(0, 200))}`);
  if (fields !== undefined) {
    throw new Error(`${name}: records of several fields are not read; save each field as an array of its own`);
  }
  // Python 2 on Windows wrote 28 as 28L.
  const shape = lengths!.split(',').flatMap((length) => (length.trim() === '' ? [] : Number(length.replace('L', ''))));
  if (!shape.every(Number.isSafeInteger)) throw new Error(`${name}: can't read the shape (${lengths!})`);
  return {descr: descr!, columnsFirst: fortran === 'True', shape};
}

/** The elements of an array that lies in memory with its first index running fastest, in the usual order. */
function rowByRow(data: Elements, shape: number[]): Elements {
  const sorted = data.slice();
  // How far apart two neighbours along each axis are in `data`.
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < sorted.length; to++) {
    sorted[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      from += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return sorted;
}
