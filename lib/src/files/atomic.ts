import {randomUUID} from 'node:crypto';
import {chmod, open, readlink, realpath, rename, rm, stat, type FileHandle} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';

/**
 * Writes a file whole or not at all: into a temporary file beside it, to the disk, then renamed over the old one.
 * Whatever happens, `path` holds the old bytes or the new. A link stays a link; the file's permissions stay.
 *
 * @param content the bytes, or what writes them into an empty file that is open
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | ((file: FileHandle) => Promise<void>),
): Promise<void> {
  const target = await targetOf(path);
  const old = await stat(target).catch(() => undefined);
  if (old && !old.isFile()) throw new Error('it exists and is not a file');
  // Not the file's own name with something behind: that may be as long as names can be.
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
  try {
    // HDF5 reads again what it wrote.
    const file = await open(temporary, 'wx+');
    try {
      await (content instanceof Uint8Array ? file.writeFile(content) : content(file));
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

/** Where a link leads to in the end, whether there is a file or not yet. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    // Links in a circle have no end; the system says so when the file is opened.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return path;
    const next = await readlink(path).catch(() => undefined);
    return next === undefined ? path : targetOf(resolve(dirname(path), next));
  }
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
