/**
 * Starts the kernel again and again as Jupyter does, over tcp and over ipc, in a folder that is not the project's, and
 * has it calculate with convlab each time.
 *
 *   node tools/places/kernels.mjs [20]
 */
import {jupyterPath} from '../../lib/setup/kernel.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {binary} from '../../lib/setup/python.mjs';
import {setUp} from '../../lib/setup/setup.mjs';
import {finish, report, run, temporary} from './place.mjs';

const STARTS = process.argv[2] ?? '20';
const CODE = "import {tf} from 'convlab'; console.log('sum', tf.ones([2, 2]).sum().dataSync()[0]);";

await setUp();
const python = await binary('python');
for (const transport of ['tcp', 'ipc']) {
  const script = inRoot('tools', 'kernels', 'start.py');
  const {code, text} = await run([python, script, transport, temporary('kernels'), STARTS, CODE], {
    env: {JUPYTER_PATH: jupyterPath},
  });
  const waits = [...text.matchAll(/ready after ([\d.]+) s/g)]
    .map(([, seconds]) => Number(seconds))
    .sort((a, b) => a - b);
  const right = text.match(/^sum 4$/gm)?.length ?? 0;
  const [median, longest] = [waits[waits.length >> 1], waits.at(-1)];
  report(
    `${transport}: ${right} of ${STARTS} starts calculated, ready after ${median} s (median), ${longest} s (longest)`,
    code === 0 && right === Number(STARTS),
    text,
  );
}
finish();
