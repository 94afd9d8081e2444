import {execFile} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals';

const root = path.resolve(__dirname, '../..');
const MINUTES = 5 * 60_000;

let out: string;
beforeEach(() => {
  out = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab ausführlich '));
});
afterEach(() => {
  fs.rmSync(out, {recursive: true});
});

describe('npm start', () => {
  test(
    'says which file is no notebook, and goes on to its end',
    async () => {
      const broken = path.join(out, 'broken.ipynb');
      fs.writeFileSync(broken, 'not json');
      const results = path.join(out, 'results');
      const run = promisify(execFile)(process.execPath, ['lib/bin/convlab.cjs', 'run', broken, '--out', results], {
        cwd: root,
      });
      const {code, stdout, stderr} = await run.then(
        () => ({code: 0, stdout: '', stderr: ''}),
        (error: unknown) => error as {code: number; stdout: string; stderr: string},
      );
      expect(code).toBe(1);
      expect(stdout).toMatch(/broken +0 +0\.0 +- +did not start/);
      expect(stderr).toContain(`${broken} is no notebook: expected JSON with a list of cells`);
    },
    MINUTES,
  );

  test(
    'puts a notebook and its page into a folder outside the project, where the kernel finds convlab',
    async () => {
      const {stdout} = await promisify(execFile)(process.execPath, ['lib/bin/convlab.cjs', 'run', '01', '--out', out], {
        cwd: root,
      });
      expect(stdout).toMatch(/01-get-started +\d+ +\d+\.\d +\d+ MB +passed/);
      expect(fs.readdirSync(out).sort()).toEqual(['.executed', '01-get-started.html', '01-get-started.ipynb']);
    },
    MINUTES,
  );
});
