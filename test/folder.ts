import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll} from '@jest/globals';

/** A folder for the tests of one file; it is gone when they are done. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-test-'));
  afterAll(() => {
    fs.rmSync(folder, {recursive: true});
  });
  return folder;
}
