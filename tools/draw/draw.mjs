/** Makes a page to draw digits on, with the trained network inside: one file that any browser opens from disk, offline. */
import fs from 'node:fs';
import path from 'node:path';
import {runCommand} from '../../lib/commands/command.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {setUp} from '../../lib/setup/setup.mjs';
import {makePage, savedModels} from './make.mjs';

const FILE = inRoot('build', 'draw.html');

await runCommand(
  {
    usage: `npm run draw

Makes ${path.relative(inRoot(), FILE)}, a page that any browser opens: draw a digit, and the network that notebook 04 has trained reads it.
Where none is saved it trains one, for three epochs.

  --if-trained    only where a network was saved since the page was made, as npm start asks at its end`,
    options: {'if-trained': {type: 'boolean', default: false}},
    most: 0,
  },
  async ({values: {'if-trained': ifTrained}}) => {
    if (ifTrained && !savedModels().some((model) => isNewer(model, FILE))) return;
    await setUp();
    const source = await makePage(FILE);
    const size = (fs.statSync(FILE).size / 1e6).toFixed(1);
    console.log(`The network: ${source}`);
    console.log(`Draw a digit, and it reads it: open ${path.relative(process.cwd(), FILE)} in a browser (${size} MB)`);
  },
);

function isNewer(file, other) {
  const changed = (each) => fs.statSync(each, {throwIfNoEntry: false})?.mtimeMs ?? -Infinity;
  return changed(file) > changed(other);
}
