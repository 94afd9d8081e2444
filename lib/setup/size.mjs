import fs from 'node:fs';
import path from 'node:path';

/** How many bytes the files below a folder have; links count for themselves. */
export function bytesIn(folder) {
  let bytes = 0;
  for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
    const file = path.join(folder, entry.name);
    bytes += entry.isDirectory() ? bytesIn(file) : fs.lstatSync(file).size;
  }
  return bytes;
}
