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
      /waiting for another set-up of this folder \(process \d+; if there is none, delete \.cache\/setup\.lock\)/,
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
});
