import {mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

/**
 * Runs `work` with a folder that is gone afterwards, and clears away those that killed processes have left.
 *
 * @param purpose Part of its name: "graph".
 */
export function withTemporaryFolder<Result>(purpose: string, work: (folder: string) => Result): Result {
  const prefix = `convlab-${purpose}-`;
  removeLeftovers(prefix);
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  try {
    return work(folder);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

// A folder lives for a fraction of a second.
const LEFT_BEHIND_MS = 60_000;
const cleared = new Set<string>();

/** Clears away, once a process, what one of this user's that was killed has left: folders of our name, and nothing else. */
function removeLeftovers(prefix: string): void {
  if (cleared.has(prefix)) return;
  cleared.add(prefix);
  // Six letters and digits, as mkdtemp adds them.
  const ours = new RegExp(`^${prefix}[A-Za-z0-9]{6}$`);
  for (const name of readdirSync(tmpdir()).filter((each) => ours.test(each))) {
    const folder = path.join(tmpdir(), name);
    try {
      const {mtimeMs, uid} = statSync(folder);
      const own = process.getuid === undefined || process.getuid() === uid;
      if (own && Date.now() - mtimeMs > LEFT_BEHIND_MS) rmSync(folder, {recursive: true, force: true});
    } catch {
      // Another process was quicker.
    }
  }
}

const open = new Set<string>();

/** A folder for files that are needed for a while: it is gone when `remove` is called, and at the latest with the process. */
export function temporaryFolder(prefix: string): {folder: string; remove: () => void} {
  if (open.size === 0) process.once('exit', removeAll);
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
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
