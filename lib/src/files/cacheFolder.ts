import {accessSync, constants, existsSync} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

/**
 * Where a user's programs keep what they can get again: as XDG_CACHE_HOME says, else `.cache` at home; for a user without a
 * home, or with one that can't be written, as clusters have them, a folder of this user's among the temporary ones.
 */
export function cacheFolder(): string {
  const {XDG_CACHE_HOME = ''} = process.env;
  const usual = XDG_CACHE_HOME === '' ? join(home(), '.cache') : XDG_CACHE_HOME;
  return isWritable(usual) ? usual : join(tmpdir(), `convlab-home-${process.getuid?.() ?? 0}`);
}

function home(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}

/** Whether files can be made in a folder, or in the nearest one above it that is there. */
function isWritable(folder: string): boolean {
  let nearest = folder;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
