import fs from 'node:fs';
import path from 'node:path';

let count = 0;

/** A new folder with these files in it, each with its name in it, unless a content is given. */
export function tree(parent: string, files: readonly string[] | Readonly<Record<string, string | Buffer>>): string {
  const dir = path.join(parent, `set-${count++}`);
  fs.mkdirSync(dir);
  const entries = Array.isArray(files)
    ? (files as string[]).map((name) => [name, name] as const)
    : Object.entries(files);
  for (const [name, content] of entries) {
    const file = path.join(dir, name);
    fs.mkdirSync(path.dirname(file), {recursive: true});
    fs.writeFileSync(file, content);
  }
  return dir;
}

/** As many pictures of a class: `red/0.png`, `red/1.png`, … */
export function pictures(folder: string, many: number, from = 0): string[] {
  return Array.from({length: many}, (_, i) => `${folder}/${i + from}.png`);
}
