import fs from 'node:fs';
import {expect, test} from '@jest/globals';
import {inWords} from '../../lib/src/files/errors';

/** What is said of a path that can't be read. */
function saidOf(path: string): string {
  try {
    fs.readFileSync(path);
    return 'it was read';
  } catch (error) {
    return inWords(error as NodeJS.ErrnoException);
  }
}

test.each([
  ['/nowhere', 'there is no such file'],
  ['~/cells', 'there is no such file; ~ is no folder here: write the whole path'],
  ['/', 'it is a folder, not a file'],
])('of %s it says that %s', (path, words) => {
  expect(saidOf(path)).toBe(words);
});

test('what has no words of its own keeps its message', () => {
  expect(inWords(new Error('the disk is full'))).toBe('the disk is full');
});
