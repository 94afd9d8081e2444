import {halfToNumber} from './half';

/** The elements of an array, as JavaScript has them. */
export type Elements =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

interface ElementType {
  /** NumPy's name. */
  dtype: string;
  /** Bytes an element. */
  size: number;
  /** The elements in these bytes, which are a whole number of elements. */
  read: (bytes: Uint8Array) => Elements;
}

interface Kind {
  dtype: string;
  /** Gives the numbers in a buffer of their own, in this machine's byte order. */
  view: (buffer: ArrayBuffer) => Elements;
}

/** By NumPy's letter and number of bytes. */
const KINDS: Record<string, Kind> = {
  b1: {dtype: 'bool', view: (buffer) => new Uint8Array(buffer).map((value) => Number(value !== 0))},
  u1: {dtype: 'uint8', view: (buffer) => new Uint8Array(buffer)},
  i1: {dtype: 'int8', view: (buffer) => new Int8Array(buffer)},
  u2: {dtype: 'uint16', view: (buffer) => new Uint16Array(buffer)},
  i2: {dtype: 'int16', view: (buffer) => new Int16Array(buffer)},
  u4: {dtype: 'uint32', view: (buffer) => new Uint32Array(buffer)},
  i4: {dtype: 'int32', view: (buffer) => new Int32Array(buffer)},
  u8: {dtype: 'uint64', view: (buffer) => new BigUint64Array(buffer)},
  i8: {dtype: 'int64', view: (buffer) => new BigInt64Array(buffer)},
  f2: {dtype: 'float16', view: (buffer) => Float32Array.from(new Uint16Array(buffer), halfToNumber)},
  f4: {dtype: 'float32', view: (buffer) => new Float32Array(buffer)},
  f8: {dtype: 'float64', view: (buffer) => new Float64Array(buffer)},
};

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** How names of classes become numbers. */
const OF_LABELS = '; of labels numpy.unique(y, return_inverse=True) makes names and numbers';

/** What NumPy's type string, such as `<f4` or `|u1`, means. @throws Error for what isn't a number. */
export function elementType(descr: string, name: string): ElementType {
  const [, order, code] = /^([<>|=])(\w+)$/.exec(descr) ?? [];
  if (code === 'O') {
    throw new Error(
      `${name}: it holds Python objects, and reading them runs code; save arrays of numbers${OF_LABELS}, with y.astype(str) where they are texts`,
    );
  }
  if (/^[SU]\d+$/.test(code ?? '')) throw new Error(`${name}: it holds text, expected numbers${OF_LABELS}`);
  const kind = code !== undefined && Object.hasOwn(KINDS, code) ? KINDS[code] : undefined;
  if (kind === undefined) {
    throw new Error(
      `${name}: elements of type '${descr}' are not read, only bool, integers and floats of up to 8 bytes`,
    );
  }
  const size = Number(code!.slice(1));
  const foreign = size > 1 && order === (LITTLE_ENDIAN ? '>' : '<');
  return {
    dtype: kind.dtype,
    size,
    read: (bytes) => {
      // A copy: in the file the numbers need not lie where a typed array may begin, and they may be turned round.
      const buffer = new ArrayBuffer(bytes.length);
      const copy = Buffer.from(buffer);
      copy.set(bytes);
      if (foreign) turn(copy, size);
      return kind.view(buffer);
    },
  };
}

function turn(bytes: Buffer, size: number): void {
  if (size === 2) bytes.swap16();
  else if (size === 4) bytes.swap32();
  else bytes.swap64();
}
