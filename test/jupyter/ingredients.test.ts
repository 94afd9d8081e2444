import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from '@jest/globals';

const root = path.join(__dirname, '..', '..');

/** The files of lib/src that a notebook with this code runs with. */
function filesOf(code: string): string[] {
  const script = `import {filesOf} from './lib/jupyter/ingredients.mjs';
    console.log(JSON.stringify(filesOf(process.argv[1])));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script, code], {cwd: root});
  return (JSON.parse(printed.toString()) as string[]).map((file) => path.relative(path.join(root, 'lib', 'src'), file));
}

test('a notebook that trains doesn’t run again for a change in Keras’s files', () => {
  const files = filesOf("import {tf, mnist,\n  fit} from 'convlab';");
  expect(files).toEqual(
    expect.arrayContaining(['training/fit.ts', 'data/mnist.ts', 'graph/graph.ts', 'tfjs/binding.ts']),
  );
  expect(files.filter((file) => file.startsWith('keras/'))).toEqual([]);
});

test('a namespace brings all that lies behind it', () => {
  const files = filesOf("import {keras} from 'convlab';");
  expect(files).toEqual(expect.arrayContaining(['keras/index.ts', 'keras/save.ts', 'files/zip.ts']));
});

test('what takes convlab as a whole depends on all of it', () => {
  const whole = filesOf("import * as convlab from 'convlab';");
  for (const file of [...filesOf("import {keras, fit} from 'convlab';"), 'charts/confusion.ts'])
    expect(whole).toContain(file);
});

test('without an import from convlab only what it does when it is loaded counts', () => {
  expect(filesOf('const x = 1;')).toContain('notebook/liveReporter.ts');
  expect(filesOf('const x = 1;')).not.toContain('charts/confusion.ts');
});
