import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {dir, inSetup} from './inSetup';

describe('the Jupyter step', () => {
  const work = (env: Record<string, string>) =>
    inSetup(
      `import {jupyter} from './python.mjs'; await jupyter.work().catch((error) => console.log(error.message));`,
      env,
    );

  test('without Python says what to install on each system', async () => {
    const printed = await work({PATH: dir});
    expect(printed).toMatch(/^Jupyter needs Python 3\.9 or newer, and there is none here\./);
    for (const system of ['Debian, Ubuntu', 'Fedora, RHEL', 'macOS', 'conda', 'Windows']) {
      expect(printed).toMatch(RegExp(`^ {4}${system}: +\\S`, 'm'));
    }
  });

  test('does not take a Python that is too old', async () => {
    fs.writeFileSync(path.join(dir, 'python3'), '#!/bin/sh\nexit 1\n', {mode: 0o755});
    expect(await work({PATH: `${dir}:/nowhere`})).toContain('there is none here');
  });

  test('an environment whose Python is gone is made anew', async () => {
    fs.writeFileSync(path.join(dir, 'lib', 'setup', 'requirements.txt'), '');
    fs.mkdirSync(path.join(dir, '.venv', 'bin'), {recursive: true});
    const isDone = (python: string) => {
      fs.rmSync(path.join(dir, '.venv', 'bin', 'python'), {force: true});
      fs.symlinkSync(python, path.join(dir, '.venv', 'bin', 'python'));
      return inSetup(
        `import {jupyter} from './python.mjs';
         import {inRoot} from './project.mjs';
         import {stamp} from './stamp.mjs';
         stamp(inRoot('.venv', '.convlab-requirements'), jupyter.digest());
         console.log(await jupyter.isDone());`,
        {VIRTUAL_ENV: '', CONDA_PREFIX: ''},
      );
    };
    expect(await isDone('/bin/true')).toBe('true\n');
    expect(await isDone('/nowhere/python')).toBe('false\n');
  });
});
