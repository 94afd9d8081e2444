/** Where programs keep their own files when the home folder can't be written, as for accounts of services. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Whether files can be made in a folder, or in the nearest one above it that is there. */
export function isWritable(folder) {
  let nearest = folder;
  while (!fs.existsSync(nearest)) nearest = path.dirname(nearest);
  try {
    fs.accessSync(nearest, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A user without a name, as some clusters have, may have no home at all. */
export function homeFolder() {
  try {
    return os.homedir();
  } catch {
    return '/';
  }
}

/**
 * A text with `~` for the home folder, for reports that are pasted where anyone reads them.
 *
 * @param {string} text
 * @param {string} [home] of an account without one the root of all paths, or nothing: the text stays
 */
export function hideHome(text, home = homeFolder()) {
  if (home.length < 2) return text;
  return text.replace(new RegExp(`(?<![\\w./-])${home.replace(/[^\w/]/g, '\\$&')}(?![\\w-])`, 'g'), '~');
}

/**
 * Settings for npm, node-gyp and Jupyter that keep them out of a home without write access; none for any other home.
 *
 * @returns {Record<string, string>} environment variables
 */
export function instead() {
  if (isWritable(homeFolder())) return {};
  const folder = path.join(os.tmpdir(), `convlab-home-${process.getuid?.() ?? 0}`);
  fs.mkdirSync(folder, {recursive: true, mode: 0o700});
  return {
    npm_config_cache: path.join(folder, 'npm'),
    npm_config_devdir: path.join(folder, 'node-gyp'),
    JUPYTER_CONFIG_DIR: path.join(folder, 'jupyter'),
    JUPYTER_DATA_DIR: path.join(folder, 'jupyter-data'),
    JUPYTER_RUNTIME_DIR: path.join(folder, 'jupyter-runtime'),
    IPYTHONDIR: path.join(folder, 'ipython'),
  };
}
