/** Marks of finished steps: a small file with a digest of what the step was made from. */
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** One digest of several files and folders (by name and content) and texts. */
export function digestOf(paths, ...texts) {
  const hash = crypto.createHash('sha256');
  const add = (file) => {
    if (fs.statSync(file).isDirectory()) {
      for (const name of fs.readdirSync(file).sort()) add(path.join(file, name));
    } else {
      hash.update(`${file}\0`).update(fs.readFileSync(file));
    }
  };
  paths.forEach(add);
  texts.forEach((text) => hash.update(`\0${text}`));
  return hash.digest('hex');
}

export function isStamped(file, digest) {
  try {
    return fs.readFileSync(file, 'utf8') === digest;
  } catch {
    return false;
  }
}

export function stamp(file, digest) {
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, digest);
}
