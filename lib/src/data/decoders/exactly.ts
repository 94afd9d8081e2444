import type {Pixels} from '../pixels';

/**
 * Numbers of any type as 8 bits, 16 bits or floats, whichever holds them as they are: whole numbers with a sign, of 32 bits,
 * and numbers of 64 bits become floats.
 *
 * @throws Error when one of them is no float of 32 bits
 */
export function exactly(values: ArrayLike<number> | ArrayLike<bigint>): Pixels {
  if (values instanceof Uint8Array || values instanceof Uint16Array || values instanceof Float32Array) return values;
  const floats = Float32Array.from(values as ArrayLike<number>, Number);
  for (let i = 0; i < floats.length; i++) {
    // Unlike ===, these compare a bigint with a number, exactly; NaN is neither.
    if (!(values[i]! < floats[i]! || values[i]! > floats[i]!)) continue;
    const type = values.constructor.name.replace('Array', '').toLowerCase();
    throw new Error(
      `it holds ${values[i]!}, of type ${type}, which 32 bits of a float can't hold exactly; convert it, as in Python: ` +
        "tifffile.imwrite('new.tif', tifffile.imread('old.tif').astype('float32'))",
    );
  }
  return floats;
}
