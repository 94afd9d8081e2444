/** Sets up whatever is missing, then types, lint, format, the notebooks' state and jest; all of them, then the verdict. */
import {spawnSync} from 'node:child_process';
import {root} from './setup/project.mjs';
import {setUp} from './setup.mjs';

const CHECKS = {
  types: ['tsc', '-p', '.'],
  lint: ['eslint', '--max-warnings', '0', '.'],
  format: ['prettier', '--check', '--log-level', 'warn', '.'],
  notebooks: ['node', 'scripts/clean-notebooks.mjs', '--check'],
  jest: ['npm', 'run', '--silent', 'unit', '--', ...process.argv.slice(2)],
};

await setUp();
const failed = Object.entries(CHECKS).filter(([name, command]) => {
  const start = performance.now();
  const [program, ...args] = command[0] === 'node' || command[0] === 'npm' ? command : ['npx', '--no', ...command];
  const {status} = spawnSync(program, args, {cwd: root, stdio: 'inherit'});
  console.log(`${name}: ${status === 0 ? 'passed' : 'failed'} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`npm test: failed: ${failed.map(([name]) => name).join(', ')}`);
  process.exitCode = 1;
}
