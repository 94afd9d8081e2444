// Measures the kernel as Jupyter runs it.
import {spawn} from 'node:child_process';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {jupyterEnvironment} from '../../lib/jupyter/execute.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {binary} from '../../lib/setup/python.mjs';

const {positionals: words} = argumentsOf({
  usage: `npm run measure:kernels -- stop|killed|twice|many|long|start|protocol [COUNT] [ONLY]

Measures that of the kernel, COUNT times; the words go to kernels.py or protocol.py beside this script.`,
  passesOn: true,
});
const script = inRoot('tools', 'kernels', words[0] === 'protocol' ? 'protocol.py' : 'kernels.py');
const child = spawn(await binary('python'), [script, ...words], {
  env: jupyterEnvironment(),
  cwd: inRoot('notebooks'),
  stdio: 'inherit',
});
process.on('SIGINT', () => child.kill('SIGTERM')).on('SIGTERM', () => child.kill('SIGTERM'));
child.on('close', (code) => (process.exitCode = code ?? 1));
