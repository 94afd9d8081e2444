import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const open = new Set<string>();

/** A folder for files that are needed for a while: it is gone when `remove` is called, and at the latest with the process. */
export function temporaryFolder(prefix: string): {folder: string; remove: () => void} {
  if (open.size === 0) process.once('exit', removeAll);
  const folder = mkdtempSync(path.join(os.tmpdir(), prefix));
  open.add(folder);
  const remove = () => {
    rmSync(folder, {recursive: true, force: true});
    open.delete(folder);
    if (open.size === 0) process.off('exit', removeAll);
  };
  return {folder, remove};
}

function removeAll(): void {
  for (const folder of open) rmSync(folder, {recursive: true, force: true});
}
