/** Opens JupyterLab on the notebooks, with the TypeScript kernel ready; further arguments go to jupyter lab. */
import {spawn} from 'node:child_process';
import {inRoot} from '../setup/project.mjs';
import {jupyterEnvironment} from '../jupyter/execute.mjs';
import {binary} from '../setup/python.mjs';
import {setUp} from '../setup/setup.mjs';

await setUp();
const asRoot = process.getuid?.() === 0 ? ['--allow-root'] : [];
// Whoever reaches the server can run programs here: it listens on this machine only, and asks for its token.
const closed = ['--ServerApp.ip=127.0.0.1'];
const args = ['lab', ...asRoot, ...closed, ...process.argv.slice(2), inRoot('notebooks')];
const lab = spawn(await binary('jupyter'), args, {
  env: jupyterEnvironment(),
  stdio: 'inherit',
});
// Ctrl-C reaches JupyterLab by itself, which asks before it stops; this process waits for its answer.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => lab.kill('SIGTERM'));
lab.on('close', (code) => (process.exitCode = code ?? 1));
