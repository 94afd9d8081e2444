import fs from 'node:fs/promises';
import path from 'node:path';
import {entriesIn, type ZipEntry} from './zip';
import {inWords} from './errors';

/** All files together may take so many times the archive's size, and some bytes to spare. */
const MAX_RATIO = 100;
const SPARE = 2 ** 30;

/**
 * Unpacks a .zip file into a folder, one entry at a time, so that an archive larger than memory is no trouble. Windows'
 * backslashes are separators; what macOS keeps beside each file (`__MACOSX`) is left out, and so are symbolic links.
 *
 * @throws Error when it isn't a whole zip, an entry is damaged or encrypted, would lie outside the folder, or all take more
 *   than 100 times the archive's size and a gigabyte
 */
export async function unzipTo(file: string, folder: string): Promise<void> {
  let left = MAX_RATIO * (await fs.stat(file)).size + SPARE;
  const seen = new Map<string, string>();
  const handle = await fs.open(file);
  try {
    for (const entry of await entriesIn(handle)) {
      const at = placeOf(entry, folder);
      if (at === undefined) continue;
      left -= entry.size;
      if (left < 0) throw new Error('it expands to more than 100 times its size; it may be made to fill the disk');
      const twin = seen.get(at);
      if (twin !== undefined) throw new Error(`it holds '${entry.name}' twice`);
      seen.set(at, entry.name);
      await unpackTo(at, entry);
    }
  } finally {
    await handle.close();
  }
}

async function unpackTo(at: string, entry: ZipEntry): Promise<void> {
  try {
    await fs.mkdir(path.dirname(at), {recursive: true});
    await fs.writeFile(at, await entry.data());
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    throw code === 'ENOSPC' ? new Error('the disk is full', {cause: error}) : asWords(error);
  }
}

function asWords(error: unknown): Error {
  return new Error(inWords(error as NodeJS.ErrnoException), {cause: error});
}

/** Where an entry goes; undefined for what is left out. */
function placeOf({name, isLink}: ZipEntry, folder: string): string | undefined {
  const parts = name.replaceAll('\\', '/').split('/');
  // An archive doesn't decide where on the disk its files go.
  if (parts.includes('..') || parts[0] === '' || /^[a-z]:/i.test(name) || name.includes('\0')) {
    throw new Error(`'${name}' in it would lie outside of the folder; it is not read`);
  }
  const kept = parts.filter((part) => part !== '.' && part !== '');
  return isLink || kept.includes('__MACOSX') || name.endsWith('/') || name.endsWith('\\')
    ? undefined
    : path.join(folder, ...kept);
}
