/**
 * Sets up whatever is missing, then types, lint, format, the notebooks and jest; all of them, then the verdict. Jest looks
 * into the executed notebooks, which are those of `npm start` where nothing has changed since.
 */
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {inRoot, root} from '../lib/setup/project.mjs';
import {setUp} from '../lib/setup/setup.mjs';

const tool = (name, ...args) => [inRoot('node_modules', '.bin', name), ...args];

const CHECKS = {
  // By its path: .bin/tsc is that of tslab's older TypeScript.
  types: [process.execPath, inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', '.'],
  'types of the drawing page': [
    process.execPath,
    inRoot('node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    path.join('tools', 'draw'),
  ],
  lint: tool('eslint', '--max-warnings', '0', '.'),
  format: tool('prettier', '--check', '--log-level', 'warn', '.'),
  'committed notebooks': [process.execPath, inRoot('tools', 'clean-notebooks.mjs'), '--check'],
  'executed notebooks': [process.execPath, inRoot('lib', 'commands', 'run.mjs'), '--if-changed'],
  jest: ['npm', 'run', '--silent', 'unit', '--', ...process.argv.slice(2)],
};

await setUp();
const failed = Object.entries(CHECKS).filter(([name, [program, ...args]]) => {
  const start = performance.now();
  const {status} = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: {...process.env, TF_CPP_MIN_LOG_LEVEL: '2'},
  });
  console.log(`${name}: ${status === 0 ? 'passed' : 'failed'} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`npm test: failed: ${failed.map(([name]) => name).join(', ')}`);
  process.exitCode = 1;
}
