import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {dir, inSetup} from './inSetup';

/** Restores a project's packages by an npm that brings them at its nth call; what was said, and how often npm was called. */
async function restored(bringsAt: number): Promise<{printed: string; calls: number}> {
  const modules = path.join(dir, 'node_modules');
  fs.cpSync(path.join(dir, 'lib', 'setup'), path.join(modules, 'convlab', 'setup'), {recursive: true});
  for (const place of [dir, path.join(modules, 'convlab')]) fs.writeFileSync(path.join(place, 'package.json'), '{}');
  const calls = path.join(dir, 'calls');
  fs.mkdirSync(path.join(dir, 'bin'));
  fs.writeFileSync(
    path.join(dir, 'bin', 'npm'),
    `#!/bin/sh
echo called >>"${calls}"
[ $(wc -l <"${calls}") -lt ${bringsAt} ] && exit 0
for name in canvas @tensorflow/tfjs-node; do mkdir -p "${modules}/$name" && echo {} >"${modules}/$name/package.json"; done`,
    {mode: 0o755},
  );
  const printed = await inSetup(
    `import {packages} from '../../node_modules/convlab/setup/packages.mjs';
      await packages.work().then(() => console.log(packages.isDone()), (error) => console.log(error.message));`,
    {PATH: `${path.join(dir, 'bin')}:${process.env.PATH ?? ''}`},
  );
  return {printed, calls: fs.readFileSync(calls, 'utf8').trim().split('\n').length};
}

test('packages that another npx took away are fetched once more', async () => {
  expect(await restored(2)).toEqual({printed: 'true\n', calls: 2});
});

test('packages that never come end the set-up with their names', async () => {
  const printed = 'npm install did not bring canvas and @tensorflow/tfjs-node, 3 times\n';
  expect(await restored(9)).toEqual({printed, calls: 3});
}, 20_000);
