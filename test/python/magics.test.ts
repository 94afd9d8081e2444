import {execFileSync, spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from '@jest/globals';

const root = path.resolve(__dirname, '..', '..');

/** The Python that the set-up gave Jupyter. */
const python = execFileSync(process.execPath, [
  '--input-type=module',
  '-e',
  `import {binary} from ${JSON.stringify(path.join(root, 'lib', 'setup', 'python.mjs'))}; console.log(await binary('python'));`,
])
  .toString()
  .trim();

test('TypeScript cells run in a notebook of Python’s', () => {
  const {status, stderr} = spawnSync(python, ['-m', 'unittest', 'discover', '-s', path.join('test', 'python'), '-v'], {
    cwd: root,
    encoding: 'utf8',
  });
  // What failed stands in the last lines.
  if (status !== 0) throw new Error(stderr.slice(-5000));
  expect(stderr).toMatch(/^Ran \d+ tests[^]*OK/m);
}, 300_000);
