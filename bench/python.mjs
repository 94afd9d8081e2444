// The Python environment of the benchmarks.
import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

/** BENCH_PYTHON, or an environment in build/bench-venv, which gets these packages; undefined where they can't be had. */
export function findPython(packages) {
  if (process.env.BENCH_PYTHON) return process.env.BENCH_PYTHON;
  const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../build/bench-venv');
  const python = path.join(folder, 'bin/python');
  try {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', folder], {stdio: 'inherit'});
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--retries', '1', ...packages], {stdio: 'inherit'});
    return python;
  } catch (error) {
    console.warn(`bench: Python's libraries are left out, as they can't be installed: ${error.message}`);
    return undefined;
  }
}
