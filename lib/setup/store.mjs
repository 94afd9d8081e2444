/** Native parts of npm packages, kept once a machine: what one project downloaded or built, the next one links. */
import fs from 'node:fs';
import path from 'node:path';
import {cache, isInstalled, packageFolder} from './project.mjs';

/**
 * Makes a package's native parts work: with those that lie in the store, else with `build`, whose result goes there.
 * A clone keeps its own beside the package.
 *
 * @param {{name: string, parts: string[], works: () => Promise<boolean>, build: () => Promise<void>}} native `parts`: folders
 *   in the package that its native part lies in
 */
export async function stored({name, parts, works, build}) {
  if (!isInstalled) return build();
  const folder = packageFolder(name);
  const store = path.join(cache, keyOf(name, folder));
  if (fs.existsSync(store)) {
    link(folder, parts, store);
    if (await works()) return;
    remove(folder, parts);
    fs.rmSync(store, {recursive: true, force: true});
  }
  await build();
  const half = `${store}.part`;
  fs.rmSync(half, {recursive: true, force: true});
  fs.mkdirSync(half, {recursive: true});
  for (const part of parts) move(path.join(folder, part), path.join(half, part));
  fs.renameSync(half, store);
  link(folder, parts, store);
}

/** A native module belongs to a version of its package, a system, a processor and a Node. */
function keyOf(name, folder) {
  const {version} = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const {platform, arch, versions} = process;
  return `${path.basename(name)}-${version}-${platform}-${arch}-node${versions.modules}`;
}

function link(folder, parts, store) {
  remove(folder, parts);
  for (const part of parts) fs.symlinkSync(path.join(store, part), path.join(folder, part));
}

function remove(folder, parts) {
  for (const part of parts) fs.rmSync(path.join(folder, part), {recursive: true, force: true});
}

/** Copied rather than renamed: the cache may lie on another disk. */
function move(from, to) {
  if (!fs.existsSync(from)) return;
  fs.cpSync(from, to, {recursive: true, verbatimSymlinks: true});
  fs.rmSync(from, {recursive: true, force: true});
}
