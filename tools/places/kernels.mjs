/**
 * Starts the kernel again and again as Jupyter does, over tcp and over ipc, in a folder that is not the project's, and
 * has it calculate with convlab each time.
 */
import {argumentsOf} from '../../lib/commands/command.mjs';
import {jupyterPath} from '../../lib/setup/kernel.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {binary} from '../../lib/setup/python.mjs';
import {setUp} from '../../lib/setup/setup.mjs';
import {finish, report, run, temporary} from './place.mjs';

const {
  values: {starts},
} = argumentsOf({
  usage: `node tools/places/kernels.mjs [--starts N]

Starts the kernel over tcp and over ipc, and calculates each time.

  --starts N    how often over each (default: 20)`,
  options: {starts: {type: 'number', default: 20}},
  most: 0,
});
const CODE = "import {tf} from 'convlab'; console.log('sum', tf.ones([2, 2]).sum().dataSync()[0]);";

await setUp();
const python = await binary('python');
for (const transport of ['tcp', 'ipc']) {
  const script = inRoot('tools', 'kernels', 'start.py');
  const {code, text} = await run([python, script, transport, temporary('kernels'), String(starts), CODE], {
    env: {JUPYTER_PATH: jupyterPath},
  });
  const waits = [...text.matchAll(/ready after ([\d.]+) s/g)]
    .map(([, seconds]) => Number(seconds))
    .sort((a, b) => a - b);
  const right = text.match(/^sum 4$/gm)?.length ?? 0;
  const [median, longest] = [waits[waits.length >> 1], waits.at(-1)];
  report(
    `${transport}: ${right} of ${starts} starts calculated, ready after ${median} s (median), ${longest} s (longest)`,
    code === 0 && right === starts,
    text,
  );
}
finish();
