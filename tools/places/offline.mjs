/**
 * After the set-up nothing needs a network: all notebooks run in a network namespace that has no route at all.
 */
import {argumentsOf} from '../../lib/commands/command.mjs';
import {setUp} from '../../lib/setup/setup.mjs';
import {finish, isRoot, report, run, table, temporary} from './place.mjs';

const {positionals: wanted} = argumentsOf({
  usage: `node tools/places/offline.mjs [NUMBER …]

Executes all notebooks without a network, or those that begin with 04, 05 …`,
});
await setUp();
// The loopback must be up: over it Jupyter talks with its kernels.
const inside = 'ip link set lo up && test -z "$(ip route)" && exec npm start -- "$@"';
const alone = ['unshare', '--net', ...(isRoot ? [] : ['--map-root-user'])];
const {code, text, seconds} = await run([
  ...alone,
  ...['sh', '-c', inside, 'sh', '--out', temporary('offline'), ...wanted],
]);
for (const line of table(text)) console.log(line);
report(`npm start without a network (${seconds.toFixed(0)} s)`, code === 0, text);
finish();
