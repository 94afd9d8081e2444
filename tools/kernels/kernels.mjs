// Measures the kernel as Jupyter runs it: npm run measure:kernels -- stop|killed|twice|many|long|start|protocol [count] [only]
import {spawn} from 'node:child_process';
import {jupyterEnvironment} from '../../lib/jupyter/execute.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {binary} from '../../lib/setup/python.mjs';

const script = inRoot('tools', 'kernels', process.argv[2] === 'protocol' ? 'protocol.py' : 'kernels.py');
const child = spawn(await binary('python'), [script, ...process.argv.slice(2)], {
  env: jupyterEnvironment(),
  cwd: inRoot('notebooks'),
  stdio: 'inherit',
});
process.on('SIGINT', () => child.kill('SIGTERM')).on('SIGTERM', () => child.kill('SIGTERM'));
child.on('close', (code) => (process.exitCode = code ?? 1));
