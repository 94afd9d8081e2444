/** Makes a page to draw digits on, with the trained network inside: one file that any browser opens from disk, offline. */
import {runCommand} from '../../lib/commands/command.mjs';
import {setUp} from '../../lib/setup/setup.mjs';
import {writePage} from './write.mjs';

await runCommand(
  {
    usage: `npm run draw

Makes build/draw.html, a page that any browser opens: draw a digit, and the network that notebook 04 has trained reads it.
Where none is saved it trains one, for three epochs.`,
    most: 0,
  },
  async () => {
    await setUp();
    await writePage();
  },
);
