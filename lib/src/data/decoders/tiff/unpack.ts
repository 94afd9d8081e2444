// The packings of strips and tiles, each bounded: a few damaged bytes never become gigabytes.
import zlib from 'node:zlib';
import {damaged} from '../decoded';
import {unpackLzw} from './lzw';

/**
 * Undoes a packing.
 *
 * @param needed so many bytes are enough
 * @param whole so many a whole strip or tile has, of which less may be needed
 * @returns as many as there are, if that isn't enough
 */
type Unpack = (packed: Uint8Array, needed: number, whole: number) => Uint8Array;

/** The packings that are read here, by their numbers in the format. */
const UNPACKERS: Record<number, () => Unpack | Promise<Unpack>> = {
  1: () => (packed, needed) => packed.subarray(0, needed),
  5: () => unpackLzw,
  8: () => inflate,
  32773: () => unpackBytes,
  32946: () => inflate,
  50000: async () => {
    const {ZSTDDecoder} = await import('zstddec');
    const decoder = new ZSTDDecoder();
    await decoder.init();
    return (packed, _, whole) => {
      // More than its memory holds would be written over what is in it.
      if (whole > 2 ** 30) throw new Error('its strips or tiles are too large; store it in smaller ones');
      return orDamaged(() => decoder.decode(packed, whole));
    };
  },
};

/** How to undo a packing; undefined for one that isn't read here. */
export function unpackerFor(compression: number): (() => Unpack | Promise<Unpack>) | undefined {
  return UNPACKERS[compression];
}

/** Some programs store more than a whole strip; what is beyond the pixels is left. */
function inflate(packed: Uint8Array, _: number, whole: number): Uint8Array {
  const chunkSize = Math.min(Math.max(whole, 1024), 2 ** 20);
  return orDamaged(() => zlib.inflateSync(packed, {maxOutputLength: 2 * whole + 1024, chunkSize}));
}

function orDamaged<T>(unpack: () => T): T {
  try {
    return unpack();
  } catch (error) {
    return damaged(error);
  }
}

/** PackBits: a byte above 128 says how often the next one stands there, one below how many follow as they are. */
function unpackBytes(packed: Uint8Array, needed: number): Uint8Array {
  const out = new Uint8Array(needed);
  let at = 0;
  for (let from = 0; from < packed.length && at < needed;) {
    const head = packed[from++]!;
    if (head > 128 && from < packed.length) {
      out.fill(packed[from++]!, at, at + 257 - head);
      at += 257 - head;
    } else if (head < 128) {
      const run = packed.subarray(from, from + Math.min(head + 1, needed - at));
      out.set(run, at);
      at += run.length;
      from += head + 1;
    }
  }
  return out.subarray(0, at);
}
