import fs from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import zlib from 'node:zlib';

/** No array in memory is longer. */
const LONGEST = 2 ** 31;

const unzip = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.gunzip);

/**
 * Unzips the bytes of a .gz file.
 *
 * @param longest more than so many unzipped bytes are refused, and never made
 * @throws Error when the bytes aren't a whole .gz file, or hold more
 */
export async function gunzip(bytes: Uint8Array, name: string, longest = LONGEST): Promise<Uint8Array> {
  try {
    return await unzip(bytes, {maxOutputLength: longest});
  } catch (error) {
    throw new Error(`${name}: can't be unzipped (${(error as Error).message}); get it again`, {cause: error});
  }
}

/** The bytes of a file, unzipped when its name ends in .gz. */
export async function readUnzipped(file: string): Promise<Uint8Array> {
  const bytes = await fs.readFile(file);
  return file.endsWith('.gz') ? gunzip(bytes, path.basename(file)) : bytes;
}
