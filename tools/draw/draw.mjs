/**
 * Makes a page to draw digits on, with the trained network inside: one file that any browser opens from disk, offline.
 *
 *   npm run draw
 */
import fs from 'node:fs';
import path from 'node:path';
import {makePage} from './make.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {setUp} from '../../lib/setup/setup.mjs';

const FILE = inRoot('build', 'draw.html');

try {
  await setUp();
  const source = await makePage(FILE);
  const size = (fs.statSync(FILE).size / 1e6).toFixed(1);
  console.log(`The network: ${source}`);
  console.log(`The page, ${size} MB; open it in a browser: ${path.relative(process.cwd(), FILE)}`);
} catch (error) {
  console.error(`npm run draw: ${error.message}`);
  process.exitCode = 1;
}
