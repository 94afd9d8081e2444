import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {dir, inSetup} from './inSetup';

describe('withLock(work)', () => {
  test('two set-ups of a folder run one after the other, and the second says that it waits', async () => {
    const log = path.join(dir, 'log');
    const work = `import fs from 'node:fs';
      import {setTimeout as wait} from 'node:timers/promises';
      import {withLock} from './lock.mjs';
      await withLock(async () => {
        fs.appendFileSync('${log}', 'in ');
        await wait(700);
        fs.appendFileSync('${log}', 'out ');
      });`;
    const printed = await Promise.all([inSetup(work), inSetup(work)]);
    expect(fs.readFileSync(log, 'utf8')).toBe('in out in out ');
    expect(printed.join('')).toMatch(
      /waiting for another set-up of this folder \(process \d+ since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d; if there is none, delete \.cache\/setup\.lock\)/,
    );
  });

  test.each([
    ['has ended', String(spawnSync('true').pid)],
    // As in a container, where every set-up has the same number.
    ['had the number of this one', '${process.pid}'],
  ])('a lock whose process %s is taken over', async (_, holder) => {
    const printed = await inSetup(`import fs from 'node:fs';
      import {cache} from './project.mjs';
      import {withLock} from './lock.mjs';
      fs.mkdirSync(cache, {recursive: true});
      fs.writeFileSync(cache + '/setup.lock', \`${holder}\`);
      await withLock(() => console.log('mine'));
      console.log(fs.existsSync(cache + '/setup.lock'));`);
    expect(printed).toBe('mine\nfalse\n');
  });

  test.each([
    ['nothing', "fs.writeFileSync(lock, '')"],
    ['garbage', 'fs.writeFileSync(lock, Buffer.from([0, 255, 13, 10, 7]))'],
    ['a number that is no process', "fs.writeFileSync(lock, '-1')"],
    ['half of what a holder writes', "fs.writeFileSync(lock, '1 2026-0')"],
    ['a folder in its place', "fs.mkdirSync(lock + '/inside', {recursive: true})"],
  ])('a lock with %s in it is nobody’s after some seconds, in which a processor is not kept busy', async (_, write) => {
    const printed = await inSetup(`import fs from 'node:fs';
      import {cache} from './project.mjs';
      import {withLock} from './lock.mjs';
      const lock = cache + '/setup.lock';
      fs.mkdirSync(cache, {recursive: true});
      ${write};
      await withLock(() => console.log('mine'));
      console.log(fs.existsSync(lock), process.cpuUsage().user < 2e6);`);
    expect(printed).toBe('mine\nfalse true\n');
  });

  test('the number alone, as the oldest convlab wrote it, names its holder, and when it came by the file’s time', async () => {
    const printed = await inSetup(`import fs from 'node:fs';
      import {cache} from './project.mjs';
      import {withLock} from './lock.mjs';
      const lock = cache + '/setup.lock';
      fs.mkdirSync(cache, {recursive: true});
      fs.writeFileSync(lock, String(process.ppid));
      setTimeout(() => fs.rmSync(lock), 700);
      await withLock(() => console.log('mine'));`);
    expect(printed).toMatch(/waiting for another set-up of this folder \(process \d+ since \d{4}.*\)\nmine\n$/);
  });
});
