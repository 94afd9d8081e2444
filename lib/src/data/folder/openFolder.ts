import fs from 'node:fs/promises';
import path from 'node:path';
import {CallError} from '../../arguments/publicCall';
import {temporaryFolder} from '../../files/temporaryFolder';
import {refuseForeign} from '../../files/foreign';
import {unzipTo} from '../../files/zipFile';
import {inWords} from '../../files/errors';

/** A folder to read pictures from. */
export interface OpenFolder {
  /** Where its files are. */
  dir: string;
  /** Removes what was made to read it. To be called when all pictures are read. */
  close: () => void;
}

const OTHER_ARCHIVE = /\.(tar|tgz|tar\.\w+|7z|rar)$/i;

/**
 * A folder as it is; a `.zip` as the folder inside it, unpacked into a temporary one.
 *
 * @throws CallError when it can't be read, or is an archive of another kind
 */
export async function openFolder(dir: string): Promise<OpenFolder> {
  const stats = await fs.stat(dir).catch((error: unknown) => {
    throw new CallError(`${dir}: ${inWords(error as NodeJS.ErrnoException)}`, {cause: error});
  });
  if (stats.isDirectory()) return {dir, close: () => undefined};
  await refuseForeign(dir);
  if (OTHER_ARCHIVE.test(dir)) throw new CallError(`${dir}: expected a folder or a .zip; unpack it first`);
  if (!/\.zip$/i.test(dir)) throw new CallError(`${dir}: expected a folder or a .zip, and it is a file`);
  const {folder, remove} = temporaryFolder('convlab-zip-');
  try {
    await unzipTo(dir, folder);
    return {dir: folder, close: remove};
  } catch (error) {
    remove();
    throw new CallError(`${path.normalize(dir)}: ${(error as Error).message}`, {cause: error});
  }
}
