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

  // All at once, each a lock of its own: what takes time is the wait.
  test('a lock that names no process is nobody’s after some seconds, in which a processor is not kept busy', async () => {
    const printed = await inSetup(`import fs from 'node:fs';
      import {cache} from './project.mjs';
      import {withLock} from './lock.mjs';
      fs.mkdirSync(cache, {recursive: true});
      const strange = {
        'nothing': (lock) => fs.writeFileSync(lock, ''),
        'garbage': (lock) => fs.writeFileSync(lock, Buffer.from([0, 255, 13, 10, 7])),
        'a number that is no process': (lock) => fs.writeFileSync(lock, '-1'),
        'half of what a holder writes': (lock) => fs.writeFileSync(lock, '1 2026-0'),
        'a folder in its place': (lock) => fs.mkdirSync(lock + '/inside', {recursive: true}),
      };
      const start = performance.now();
      const taken = Object.entries(strange).map(async ([content, write]) => {
        const file = cache + '/' + content;
        write(file);
        const waited = await withLock(() => performance.now() - start > 2500, {file, who: 'Test', what: 'test'});
        return [content, waited, fs.existsSync(file)];
      });
      console.log(JSON.stringify(await Promise.all(taken)), process.cpuUsage().user < 2e6);`);
    const taken = [
      ['nothing', true, false],
      ['garbage', true, false],
      ['a number that is no process', true, false],
      ['half of what a holder writes', true, false],
      ['a folder in its place', true, false],
    ];
    expect(printed).toBe(`${JSON.stringify(taken)} true\n`);
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
