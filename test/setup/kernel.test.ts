import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {dir, inSetup} from './inSetup';

describe('the kernel step', () => {
  /** An environment that has Jupyter, with this kernelspec in it. @returns Whether the step was done before, and after. */
  async function withKernelspec(text: string): Promise<{printed: string; spec: string}> {
    const folder = path.join(dir, 'share', 'jupyter', 'kernels', 'tslab');
    fs.mkdirSync(folder, {recursive: true});
    fs.mkdirSync(path.join(dir, 'bin'));
    for (const name of ['jupyter', 'python']) fs.symlinkSync('/bin/true', path.join(dir, 'bin', name));
    fs.writeFileSync(path.join(folder, 'kernel.json'), text);
    const printed = await inSetup(
      `import {kernel} from './kernel.mjs';
       const before = await kernel.isDone();
       await kernel.work();
       console.log(before, await kernel.isDone());`,
      {VIRTUAL_ENV: dir, CONDA_PREFIX: ''},
    );
    return {printed, spec: fs.readFileSync(path.join(folder, 'kernel.json'), 'utf8')};
  }

  test.each(['', '{"argv": "tslab"}', 'null'])('fixes a kernelspec that nothing can start: %p', async (text) => {
    const {printed, spec} = await withKernelspec(text);
    expect(printed).toBe('false true\n');
    expect(spec).toContain(path.join('lib', 'dist', 'kernel', 'launch.js'));
  });

  test('leaves a tslab that the user has already', async () => {
    const theirs = JSON.stringify({argv: ['tslab', 'kernel', '--config-path={connection_file}']});
    const {printed, spec} = await withKernelspec(theirs);
    expect(printed).toBe('false true\n');
    expect(spec).toBe(theirs);
  });
});
