/** Pixel values as a file stores them: of 8 bits, of 16 bits, or floats. */
export type Pixels = Uint8Array | Uint16Array | Float32Array;

export function isPixels(value: unknown): value is Pixels {
  return value instanceof Uint8Array || value instanceof Uint16Array || value instanceof Float32Array;
}

/** What the values of these pixels are, in words. */
export function depthOf(pixels: Pixels): '8 bits' | '16 bits' | 'floats' {
  if (pixels instanceof Uint8Array) return '8 bits';
  return pixels instanceof Uint16Array ? '16 bits' : 'floats';
}

/** An array of the same depth, with `length` zeros. */
export function emptyLike<T extends Pixels>(pixels: T, length: number): T {
  return new (pixels.constructor as new (length: number) => T)(length);
}
