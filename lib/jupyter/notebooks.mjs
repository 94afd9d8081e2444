/** The notebooks: which there are, in their order. */
import fs from 'node:fs';
import {inLib, inRoot, isInstalled} from '../setup/project.mjs';

/** The folder of convlab's own notebooks. */
export const lessons = isInstalled ? inLib('notebooks') : inRoot('notebooks');

/**
 * The names of a folder's lessons, in order: those that begin with a number.
 *
 * @param {string} folder
 * @param {string[]} [beginnings] only those that begin so, such as `04`
 * @throws Error when none begins so
 */
export function lessonsIn(folder, beginnings = []) {
  const all = namesIn(folder).filter((name) => /^\d\d-/.test(name));
  for (const beginning of beginnings) {
    if (!all.some((name) => name.startsWith(beginning))) {
      throw new Error(`no notebook begins with ${beginning}; there are ${all.join(', ') || 'none'}`);
    }
  }
  return beginnings.length === 0 ? all : all.filter((name) => beginnings.some((each) => name.startsWith(each)));
}

/** The names of all notebooks in a folder, in order. */
export function namesIn(folder) {
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb') && !name.startsWith('.'))
    .sort();
}
