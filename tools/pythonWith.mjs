import {spawnSync} from 'node:child_process';
import {existsSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {inRoot} from '../lib/setup/project.mjs';

/**
 * A Python with these packages, in an environment of its own under .cache, which pip makes once.
 *
 * @param {string} name of the environment's folder
 * @param {string[]} packages as pip wants them
 * @param {string} trial Python that fails where something is missing
 * @returns {string | undefined} the interpreter; undefined where pip can't bring the packages
 */
export function pythonWith(name, packages, trial) {
  const venv = inRoot('.cache', name);
  const python = join(venv, 'bin', 'python');
  const env = {...process.env, TF_CPP_MIN_LOG_LEVEL: '3'};
  const works = () => spawnSync(python, ['-c', trial], {env}).status === 0;
  if (existsSync(python) && works()) return python;
  rmSync(venv, {recursive: true, force: true});
  const run = (command, ...args) => spawnSync(command, args, {stdio: ['ignore', 'ignore', 'inherit']}).status === 0;
  const made =
    run('python3', '-m', 'venv', venv) &&
    run(python, '-m', 'pip', 'install', '--quiet', '--retries', '1', '--timeout', '10', ...packages) &&
    works();
  return made ? python : undefined;
}
