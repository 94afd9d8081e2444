/**
 * The files that a notebook's code depends on, looked at before each cell. tslab watches them, so that a change was seen
 * some time later, or by a cell that was under way; and it watches packages and folders that don't change, where a set-up
 * in another window failed the cell under way.
 */
import fs from 'node:fs';
import path from 'node:path';
import type {TypeScript} from './tslab';

const CREATED = 0;
const CHANGED = 1;
const DELETED = 2;

interface Watched {
  state: string;
  changed: (event: number) => void;
}

export class OwnFiles {
  private readonly files = new Map<string, Watched>();
  private readonly folders = new Map<string, Set<{names: Set<string>; changed: (file: string) => void}>>();

  /** Takes the place of the compiler's own watching. @param modules a node_modules whose packages stay as they are */
  constructor(compiler: TypeScript, modules: string) {
    const {sys} = compiler;
    const close = () => undefined;
    sys.watchFile = (file, callback) => {
      if (file.startsWith(modules)) return {close};
      const watched = {
        state: stateOf(file),
        changed: (event: Parameters<typeof callback>[1]) => {
          callback(file, event);
        },
      };
      this.files.set(file, watched);
      return {
        close: () => {
          if (this.files.get(file) === watched) this.files.delete(file);
        },
      };
    };
    sys.watchDirectory = (folder, callback) => {
      if (folder.startsWith(modules)) return {close};
      const watched = {names: namesIn(folder), changed: callback};
      const all = this.folders.get(folder) ?? new Set();
      this.folders.set(folder, all.add(watched));
      return {
        close: () => {
          all.delete(watched);
        },
      };
    };
  }

  /** Tells the compiler what has changed since the last look. */
  look(): void {
    for (const [file, watched] of [...this.files]) {
      const before = watched.state;
      watched.state = stateOf(file);
      if (watched.state === before) continue;
      watched.changed(watched.state === '' ? DELETED : before === '' ? CREATED : CHANGED);
    }
    for (const [folder, all] of this.folders) {
      const names = namesIn(folder);
      for (const watched of all) {
        const fresh = [...names].filter((name) => !watched.names.has(name));
        watched.names = names;
        for (const name of fresh) watched.changed(path.join(folder, name));
      }
    }
  }
}

function stateOf(file: string): string {
  const found = fs.statSync(file, {throwIfNoEntry: false});
  return found ? `${found.mtimeMs} ${found.size}` : '';
}

function namesIn(folder: string): Set<string> {
  try {
    return new Set(fs.readdirSync(folder));
  } catch {
    return new Set();
  }
}
