import type {Hdf5Array} from '../files/hdf5';

/** An array's values as 32-bit floats if it has this shape; an error that says what came otherwise. */
export function checked({shape, data}: Hdf5Array, expected: readonly number[], path: string): Float32Array {
  if (data instanceof BigInt64Array || data instanceof Int32Array) {
    // Normalization's count of what it has seen.
    return checked({shape, data: Float32Array.from(data, Number)}, expected, path);
  }
  if (!(data instanceof Float32Array || data instanceof Float64Array)) {
    throw new Error(`array '${path}' should hold floats, got ${data.constructor.name.replace('Array', '')}`);
  }
  if (shape.length !== expected.length || shape.some((length, i) => length !== expected[i])) {
    throw new Error(`array '${path}' should have shape [${expected.join(', ')}], got [${shape.join(', ')}]`);
  }
  return data instanceof Float32Array ? data : Float32Array.from(data);
}
