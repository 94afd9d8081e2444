import fs from 'node:fs';
import path from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {describe, expect, test} from '@jest/globals';
import {dir, inSetup} from './inSetup';

describe('run(program, args)', () => {
  const outcome = (args: string) =>
    inSetup(`import {run} from './run.mjs';
      await run(${args}).then((text) => console.log(JSON.stringify(text)), (error) => console.log(error.message));`);

  test('returns what the program printed', async () => {
    expect(await outcome("'sh', ['-c', 'echo out; echo err >&2']")).toBe('"out\\n"\n');
  });

  test('fails with the command, its exit code and its last words', async () => {
    const message = 'sh -c echo why >&2; exit 3 failed with exit code 3\n    why\n';
    expect(await outcome("'sh', ['-c', 'echo why >&2; exit 3']")).toBe(message);
  });

  test('stops a program that hangs, and what it started', async () => {
    const start = performance.now();
    expect(await outcome("'sh', ['-c', 'sleep 60 & sleep 60'], {seconds: 0.3}")).toContain('took more than 0.3 s');
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test('says when the program is not installed', async () => {
    expect(await outcome("'no-such-program', []")).toContain('no-such-program is not installed');
  });

  test('what a killed set-up was running ends with it', async () => {
    const log = path.join(dir, 'log');
    const step = `echo begun >> '${log}'; sleep 2; echo ended >> '${log}'`;
    const ended = inSetup(`import {run} from './run.mjs';
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500);
      await run('sh', ['-c', ${JSON.stringify(step)}]);`);
    await ended;
    await setTimeout(2500);
    expect(fs.readFileSync(log, 'utf8')).toBe('begun\n');
  });
});
