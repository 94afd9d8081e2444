import {randomUUID} from 'node:crypto';
import {chmod, open, realpath, rename, rm, stat} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';

/**
 * Writes a file whole or not at all: into a temporary file beside it, to the disk, then renamed over the old one.
 * Whatever happens, `path` holds the old bytes or the new. A link stays a link; the file's permissions stay.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const old = await stat(target).catch(() => undefined);
  if (old && !old.isFile()) throw new Error('it exists and is not a file');
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (old) await chmod(temporary, old.mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, {force: true}).catch(() => undefined);
    throw new Error(whyNotWritten(error as NodeJS.ErrnoException, dirname(target)), {cause: error});
  }
  // The rename itself reaches the disk with the folder. Not every file system lets one sync a folder.
  await open(dirname(target)).then(
    (folder) =>
      folder
        .sync()
        .catch(() => undefined)
        .finally(() => folder.close()),
    () => undefined,
  );
}

/** What the system says in codes, for a reader who can do something about it. */
function whyNotWritten({code, message}: NodeJS.ErrnoException, folder: string): string {
  const words: Record<string, string> = {
    ENOENT: `there is no folder ${folder}`,
    ENOTDIR: `${folder} is not a folder`,
    ENOSPC: 'the disk is full',
    EDQUOT: 'your share of the disk is full',
    EACCES: `you may not write into ${folder}`,
    EPERM: `you may not write into ${folder}`,
    EROFS: `nothing can be written into ${folder}: it is on a disk that is read-only`,
    ENAMETOOLONG: 'its name is too long',
  };
  return words[code ?? ''] ?? message;
}
