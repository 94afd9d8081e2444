/** `npm start`: executes notebooks as `convlab run` does, and makes the page to draw on where 04 has trained a network anew. */
import {runCommand} from '../lib/commands/command.mjs';
import {command, run} from '../lib/commands/run.mjs';
import {isOutdated, writePage} from './draw/write.mjs';

await runCommand(command, async (given) => {
  await run(given);
  if (!process.exitCode && isOutdated()) await writePage();
});
