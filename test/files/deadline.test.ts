import {setTimeout as wait} from 'node:timers/promises';
import {Worker} from 'node:worker_threads';
import {expect, test} from '@jest/globals';
import {startDeadline} from '../../lib/src/files/deadline';

/** When a deadline of so many milliseconds passes, in milliseconds; undefined where it doesn't within the time. */
async function passesAfter(limit: number, within: number): Promise<number | undefined> {
  const began = performance.now();
  let after: number | undefined;
  const deadline = startDeadline(limit, () => {
    after = performance.now() - began;
  });
  while (after === undefined && performance.now() - began < within) await wait(5);
  deadline.clear();
  return after;
}

test('a deadline passes once a thread has computed for so long', async () => {
  const busy = new Worker('for (;;);', {eval: true});
  try {
    expect(await passesAfter(300, 6000)).toBeGreaterThan(140);
  } finally {
    await busy.terminate();
  }
});

test('a deadline waits for a process that gets no processor, twenty times as long at most', async () => {
  expect(await passesAfter(1000, 2000)).toBeUndefined();
  expect(await passesAfter(20, 4000)).toBeGreaterThan(40);
});

test('a deadline begins anew with each sign of life, and never passes once it is cleared', async () => {
  let passed = 0;
  const deadline = startDeadline(100, () => passed++);
  const until = performance.now() + 400;
  while (performance.now() < until) {
    deadline.refresh();
    await wait(1);
  }
  expect(passed).toBe(0);
  deadline.clear();
  const later = performance.now() + 300;
  while (performance.now() < later);
  await wait(50);
  expect(passed).toBe(0);
});
