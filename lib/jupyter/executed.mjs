/** Which notebooks ran well in a folder, and with what: so that none runs again for nothing. */
import fs from 'node:fs';
import path from 'node:path';
import {packages} from '../setup/packages.mjs';
import {isInstalled, version} from '../setup/project.mjs';
import {jupyter} from '../setup/python.mjs';
import {digestOfNotebook} from './ingredients.mjs';

/** Where the executed notebooks go when nothing else is said, as seen from where the command is typed. */
export const EXECUTED = path.join('build', 'notebooks');

const marksIn = (folder) => path.join(folder, '.executed');

/** Each name with the digest of what ran. */
function readMarks(folder) {
  try {
    return JSON.parse(fs.readFileSync(marksIn(folder), 'utf8'));
  } catch {
    return {};
  }
}

/** A package doesn't change behind its version. */
const digest = (file) => digestOfNotebook(file, packages.digest(), jupyter.digest(), isInstalled ? version() : '');

/** Whether a notebook, or what it runs with, isn't what ran well in this folder. */
export const changedSince = (folder, file) => readMarks(folder)[path.basename(file)] !== digest(file);

/**
 * Remembers, or forgets.
 *
 * @param {string} folder
 * @param {string} file the notebook as it was before it ran
 * @param {boolean} ranWell
 */
export function mark(folder, file, ranWell) {
  const name = path.basename(file);
  const others = Object.entries(readMarks(folder)).filter(([other]) => other !== name);
  const marks = Object.fromEntries(ranWell ? [...others, [name, digest(file)]] : others);
  fs.writeFileSync(marksIn(folder), JSON.stringify(marks, null, 1));
}
