import fs from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import zlib from 'node:zlib';

/** A file may grow so many times when unzipped, small ones to 16 MB: MNIST's grow five times, blank pictures a hundred. */
const MAX_RATIO = 200;
const SMALL = 2 ** 24;
/** No array in memory is longer. */
const LONGEST = 2 ** 31;

const unzip = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.gunzip);

/**
 * Unzips the bytes of a .gz file.
 *
 * @param longest more than so many unzipped bytes are refused, and never made; by default what a sound file may grow to
 * @throws Error when the bytes aren't a whole .gz file, or hold more
 */
export async function gunzip(
  bytes: Uint8Array,
  name: string,
  longest = Math.min(SMALL + MAX_RATIO * bytes.length, LONGEST),
): Promise<Uint8Array> {
  try {
    // With room for all of it zlib fills one piece; else it would join many, and the whole would be there twice.
    return await unzip(bytes, {maxOutputLength: longest, chunkSize: Math.min(saidLength(bytes), longest) + 64});
  } catch (error) {
    throw new Error(`${name}: can't be unzipped (${(error as Error).message}); get it again`, {cause: error});
  }
}

/** The bytes of a file, unzipped when its name ends in .gz. */
export async function readUnzipped(file: string): Promise<Uint8Array> {
  const bytes = await fs.readFile(file);
  return file.endsWith('.gz') ? gunzip(bytes, path.basename(file)) : bytes;
}

/** How long a .gz file says that it is when unzipped, in its last four bytes (RFC 1952): true of a sound file below 4 GB. */
function saidLength(bytes: Uint8Array): number {
  return bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}
