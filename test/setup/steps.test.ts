import {expect, test} from '@jest/globals';
import {inSetup} from './inSetup';

/** Steps that say when they begin and end, and may fail; `done` names those that are. */
const STEPS = `import {setTimeout as wait} from 'node:timers/promises';
  import {SetupError} from './run.mjs';
  import {runSteps} from './steps.mjs';
  const done = new Set();
  const said = [];
  const step = (title, {undoes = [], fails = false, prepare} = {}) => ({
    prepare,
    title,
    help: 'help for ' + title,
    isDone: () => done.has(title),
    async work() {
      said.push('+' + title);
      for (const other of undoes) done.delete(other);
      await wait(100);
      if (fails) throw new SetupError(title + ' is broken');
      done.add(title);
      said.push('-' + title);
    },
  });
  const run = (steps) => runSteps(new Map(steps)).catch((error) => said.push(error.message.split('\\n')[0]));`;

const saidBy = async (code: string) =>
  (await inSetup(`${STEPS}\n${code}\nconsole.log('said ' + said.join(' '));`)).split('said ').pop()!.trim();

test('what needs nothing of one another runs side by side, the rest afterwards', async () => {
  expect(
    await saidBy(`const [a, b, c] = [step('a'), step('b'), step('c')];
      await run([[a, []], [b, []], [c, [a, b]]]);`),
  ).toBe('+a +b -a -b +c -c');
});

test('a step that was done and is undone by the one that it needs runs again', async () => {
  expect(
    await saidBy(`const [packages, native] = [step('packages', {undoes: ['native']}), step('native')];
      done.add('native');
      await run([[packages, []], [native, [packages]]]);`),
  ).toBe('+packages -packages +native -native');
});

test('what needs a step that failed is left out, the others end, and the error is that of the cause', async () => {
  expect(
    await saidBy(`const [bad, after, other] = [step('bad', {fails: true}), step('after'), step('other')];
      await run([[bad, []], [after, [bad]], [other, []]]);`),
  ).toBe('+bad +other -other bad is broken');
});

test('what a step prepares begins at once, and where that fails the work is done all the same', async () => {
  expect(
    await saidBy(`const packages = step('packages');
      const ready = step('ready', {prepare: async () => { said.push('*ready'); }});
      const late = step('late', {prepare: async () => { throw new Error('not yet'); }});
      await run([[packages, []], [ready, [packages]], [late, [packages]]]);`),
  ).toBe('*ready +packages -packages +ready +late -ready -late');
});
