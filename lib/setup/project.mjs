/** Where things are: the package, the project around it, and what the set-up makes. */
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {homeFolder, isWritable} from './home.mjs';

/** The package convlab itself: lib/ in a clone, node_modules/convlab where npm installed it. */
const lib = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const inLib = (...parts) => path.join(lib, ...parts);

/** Whether a package manager installed convlab; else this is a clone, which sets itself up alone. */
export const isInstalled = path.basename(path.dirname(lib)) === 'node_modules';

/** The clone, or the folder in whose node_modules convlab lies. */
export const root = isInstalled ? path.resolve(lib, '..', '..') : path.dirname(lib);
export const inRoot = (...parts) => path.join(root, ...parts);

/** What the set-up makes, safe to delete: in a clone its own, else once for all projects of a user on this machine. */
export const cache = isInstalled ? path.join(userCache(), 'convlab', 'setup') : inRoot('.cache');

/** What the user types, in messages: `npm run setup` in a clone, `npx convlab setup` elsewhere. */
export const typed = (command) => (isInstalled ? `npx convlab ${command}` : `npm run ${command}`);

/** The folder of a package that convlab depends on, wherever npm put it; undefined when it isn't installed. */
export function packageFolder(name) {
  try {
    return path.dirname(createRequire(inLib('package.json')).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** By the conventions of the system, as far as files can be made there. */
function userCache() {
  const home = homeFolder();
  const usual = process.platform === 'darwin' ? path.join(home, 'Library', 'Caches') : path.join(home, '.cache');
  const folder = process.env.XDG_CACHE_HOME || usual;
  return isWritable(folder) ? folder : path.join(os.tmpdir(), `convlab-home-${process.getuid?.() ?? 0}`);
}

/** The version of this convlab, such as 0.1.0. */
export const version = () => JSON.parse(fs.readFileSync(inLib('package.json'), 'utf8')).version;
