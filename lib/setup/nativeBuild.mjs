/** Runs a package's own install script, which downloads or builds its native part. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {packageFolder} from './project.mjs';
import {installSystemPackages} from './systemPackages.mjs';
import {run, succeeds} from './run.mjs';

/**
 * @param {string} name the package
 * @param {{fromSource: boolean, seconds?: number}} options
 */
export async function runInstallScript(name, {fromSource, seconds = 600}) {
  await run('npm', ['run', 'install', '--foreground-scripts'], {
    cwd: packageFolder(name),
    env: {...(fromSource ? {npm_config_build_from_source: 'true'} : {}), ...buildEnvironment()},
    seconds,
  });
}

/**
 * What node-gyp is told: to compile as many files at a time as there are cores, where it takes one by itself; and Node's own
 * headers where they lie beside it, which it would download.
 *
 * @returns {Record<string, string>} environment variables
 */
export function buildEnvironment() {
  const prefix = path.resolve(fs.realpathSync(process.execPath), '..', '..');
  const hasHeaders = fs.existsSync(path.join(prefix, 'include', 'node', 'node.h'));
  return {JOBS: String(os.availableParallelism()), ...(hasHeaders ? {npm_config_nodedir: prefix} : {})};
}

export const ensureCompiler = (what) =>
  installSystemPackages(
    what,
    {apt: 'build-essential', dnf: 'make gcc-c++', brew: 'make gcc', conda: 'make cxx-compiler'},
    async () => (await succeeds('make', ['--version'])) && (await succeeds('g++', ['--version'])),
  );
