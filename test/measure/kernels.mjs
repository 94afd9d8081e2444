// Measures the kernel as Jupyter runs it: npm run measure:kernels -- stop|killed|twice|many|long [count] [only]
import {spawn} from 'node:child_process';
import {jupyterEnvironment} from '../../scripts/notebooks/execute.mjs';
import {inRoot} from '../../scripts/setup/project.mjs';
import {binary} from '../../scripts/setup/python.mjs';

const script = inRoot('test', 'measure', 'kernels.py');
const child = spawn(await binary('python'), [script, ...process.argv.slice(2)], {
  env: jupyterEnvironment(),
  cwd: inRoot('notebooks'),
  stdio: 'inherit',
});
process.on('SIGINT', () => child.kill('SIGTERM')).on('SIGTERM', () => child.kill('SIGTERM'));
child.on('close', (code) => (process.exitCode = code ?? 1));
