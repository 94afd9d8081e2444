/**
 * All the trials of places, or those named, one after the other; about an hour and a half in all.
 */
import {spawnSync} from 'node:child_process';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {inRoot} from '../../lib/setup/project.mjs';

const ALL = ['kernels', 'offline', 'colab', 'mirror', 'hosted', 'hub', 'elsewhere', 'killed', 'nodes'];

const {positionals: wanted} = argumentsOf({
  usage: `npm run test:places [-- PLACE …]

The trials of ${ALL.join(', ')}, or those named.`,
});
const unknown = wanted.filter((name) => !ALL.includes(name));
if (unknown.length > 0) throw new Error(`no trial is named ${unknown.join(', ')}; there are ${ALL.join(', ')}`);
const failed = (wanted.length > 0 ? wanted : ALL).filter((name) => {
  console.log(`\n${name}`);
  return spawnSync(process.execPath, [inRoot('tools', 'places', `${name}.mjs`)], {stdio: 'inherit'}).status !== 0;
});
if (failed.length > 0) {
  console.error(`\ntest:places: failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
