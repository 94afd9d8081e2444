/** build/draw.html: written, and whether it is of the network that was trained last. */
import fs from 'node:fs';
import path from 'node:path';
import {inRoot} from '../../lib/setup/project.mjs';
import {makePage, savedModels} from './make.mjs';

const FILE = inRoot('build', 'draw.html');

/** Writes the page, and says where it is and whose network is in it. */
export async function writePage() {
  const source = await makePage(FILE);
  const size = (fs.statSync(FILE).size / 1e6).toFixed(1);
  console.log(`Draw a digit, and the network reads it: open ${path.relative(process.cwd(), FILE)} in a browser`);
  console.log(`(${size} MB; the network: ${source})`);
}

/** Whether a network was saved since the page was written. */
export function isOutdated() {
  const changed = (file) => fs.statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? -Infinity;
  return savedModels().some((model) => changed(model) > changed(FILE));
}
