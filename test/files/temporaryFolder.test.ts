import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, expect, test} from '@jest/globals';
import {withTemporaryFolder} from '../../lib/src/files/temporaryFolder';

// A purpose of its own for each test, since leftovers are looked for once a process and purpose.
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) fs.rmSync(folder, {recursive: true, force: true});
});

/** A folder among the system's temporary ones, last changed so many seconds ago. */
function folder(name: string, seconds: number): string {
  const at = path.join(os.tmpdir(), name);
  fs.mkdirSync(at);
  fs.writeFileSync(path.join(at, 'model.pb'), '');
  const then = Date.now() / 1000 - seconds;
  fs.utimesSync(at, then, then);
  made.push(at);
  return at;
}

test('the folder is there during the work and gone afterwards, though the work fails', () => {
  let seen = '';
  const failing = () =>
    withTemporaryFolder('test', (at) => {
      seen = at;
      expect(fs.existsSync(at)).toBe(true);
      throw new Error('failed');
    });
  expect(failing).toThrow('failed');
  expect(path.basename(seen)).toMatch(/^convlab-test-\w{6}$/);
  expect(fs.existsSync(seen)).toBe(false);
});

test('what a killed process has left is cleared away; what is younger, or called otherwise, stays', () => {
  const left = folder('convlab-leftover-a1B2c3', 120);
  const others = [
    folder('convlab-leftover-d4E5f6', 5),
    folder('convlab-leftover-mine', 120),
    folder('convlab-leftovers-a1B2c3', 120),
  ];
  expect(withTemporaryFolder('leftover', () => fs.existsSync(left))).toBe(false);
  expect(others.map((each) => fs.existsSync(each))).toEqual([true, true, true]);
});
