import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from '@jest/globals';

const ROOT = path.join(__dirname, '..', '..');

/** A script that takes a number and one word, and prints them. */
const SCRIPT = `import {argumentsOf} from './lib/commands/command.mjs';
  const {values, positionals} = argumentsOf({
    usage: 'npm run thing [-- --count N] [WORD]',
    options: {count: {type: 'number', default: 3}},
    most: 1,
  });
  console.log(JSON.stringify([values.count, positionals]));`;

/** Its name comes before the words, as when it is a file. */
function typed(...words: string[]) {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', SCRIPT, '--', 'script', ...words],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  return {status, stdout: stdout.trim(), stderr: stderr.split('\n')[0]};
}

test('a script gets numbers as numbers, and what is left out by its default', () => {
  expect(typed('--count', '20', 'a')).toEqual({status: 0, stdout: '[20,["a"]]', stderr: ''});
  expect(typed()).toEqual({status: 0, stdout: '[3,[]]', stderr: ''});
});

test('a script goes no further than its usage when --help is asked for', () => {
  expect(typed('--help')).toEqual({status: 0, stdout: 'npm run thing [-- --count N] [WORD]', stderr: ''});
});

test.each([
  [['--count', 'many'], '--count: expected a number above 0, got many'],
  [['--count', '0'], '--count: expected a number above 0, got 0'],
  [['a', 'b'], 'unexpected argument: b'],
  [['--cuont', '4'], "Unknown option '--cuont'"],
])('a script ends with code 2 on %j', (words, message) => {
  const {status, stdout, stderr} = typed(...words);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`npm run thing: ${message}`);
});
