import {expect, test} from '@jest/globals';
import {inSetup} from './inSetup';

test.each([
  ['/home/ann', 'at /home/ann/lab, /home/ann', 'at ~/lab, ~'],
  ['/home/ann', 'at /home/anna/lab, /mnt/home/ann/lab', 'at /home/anna/lab, /mnt/home/ann/lab'],
  ['/srv/a+b (1)', '/srv/a+b (1)/lab', '~/lab'],
  ['/', '/usr/lib', '/usr/lib'],
  ['', '/usr/lib', '/usr/lib'],
])('hideHome leaves the home %p out of a report, and nothing else', async (home, text, hidden) => {
  const code = `import {hideHome} from './home.mjs'; console.log(hideHome(${JSON.stringify(text)}, ${JSON.stringify(home)}))`;
  expect(await inSetup(code)).toBe(`${hidden}\n`);
});
