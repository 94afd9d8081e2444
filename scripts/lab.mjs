/** Opens JupyterLab on the notebooks, with the TypeScript kernel ready; further arguments go to jupyter lab. */
import {spawn} from 'node:child_process';
import {inRoot} from './setup/project.mjs';
import {jupyterEnvironment} from './notebooks/execute.mjs';
import {binary} from './setup/python.mjs';
import {setUp} from './setup.mjs';

await setUp();
const asRoot = process.getuid?.() === 0 ? ['--allow-root'] : [];
const lab = spawn(await binary('jupyter'), ['lab', ...asRoot, ...process.argv.slice(2), inRoot('notebooks')], {
  env: jupyterEnvironment(),
  stdio: 'inherit',
});
// Ctrl-C reaches JupyterLab by itself, which asks before it stops; this process waits for its answer.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => lab.kill('SIGTERM'));
lab.on('close', (code) => (process.exitCode = code ?? 1));
