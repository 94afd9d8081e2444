import {setTimeout} from 'node:timers/promises';
import {expect, test} from '@jest/globals';
import {History} from 'convlab';
import type {Bundle} from '../../lib/src/notebook/kernel';
import {LiveReporter} from '../../lib/src/notebook/liveReporter';

/** A reporter with a clock in the test's hand, and what it shows. */
function reporter() {
  let last: Bundle = {data: {}, metadata: {}};
  let updates = 0;
  const clock = {seconds: 0};
  const display = {
    update: (bundle: Bundle) => {
      last = bundle;
      updates++;
    },
  };
  return {
    reporter: new LiveReporter(display, () => clock.seconds),
    clock,
    shown: () => last.data,
    updates: () => updates,
  };
}

const progress = {batch: 1, batches: 2, seconds: 1, logs: {loss: 0.5}};
const history = new History();
history.add(0, {loss: 2});
history.add(1, {loss: 1});

test('progress stands below the lines and gives way to the next line', () => {
  const {reporter: live, clock, shown} = reporter();
  live.line('Epoch 1/2');
  clock.seconds = 1;
  live.progress(progress);
  expect(shown()['text/plain']).toMatch(/^Epoch 1\/2\n1\/2 \[=+>\.+\] - ETA: 1s - loss: 0.5000$/);
  clock.seconds = 2;
  live.line('2/2 - 2s - loss: 0.4000');
  expect(shown()).toEqual({'text/plain': 'Epoch 1/2\n2/2 - 2s - loss: 0.4000'});
});

test('the lines alone remain at the end, even of a run that was broken off', () => {
  const {reporter: live, clock, shown} = reporter();
  live.line('Epoch 1/2');
  clock.seconds = 100;
  live.history(history);
  live.progress(progress);
  live.end();
  expect(shown()).toEqual({'text/plain': 'Epoch 1/2'});
});

test('the growing chart stands below the lines', () => {
  const {reporter: live, clock, shown} = reporter();
  live.line('a <line>');
  clock.seconds = 100;
  live.history(history);
  expect(shown()['text/html']).toMatch(/^<pre[^>]*>a &lt;line&gt;<\/pre><img src="data:image\/png;base64,/);
});

test('a short run is not held up for a chart', () => {
  const {reporter: live, clock, shown} = reporter();
  live.line('Epoch 2/2');
  clock.seconds = 5;
  live.history(history);
  expect(shown()).toEqual({'text/plain': 'Epoch 2/2'});
});

test('a history that cannot be drawn does not end the training', () => {
  const {reporter: live, clock, shown} = reporter();
  live.line('Epoch 2/2');
  clock.seconds = 100;
  live.history({epoch: [0, 1], history: {}});
  expect(shown()).toEqual({'text/plain': 'Epoch 2/2'});
});

test('a run without a line leaves no output', () => {
  const {reporter: live, shown} = reporter();
  live.end();
  expect(shown()).toEqual({});
});

test('a thousand short epochs send their lines ten times a second, those in the middle left out', () => {
  const {reporter: live, clock, shown, updates} = reporter();
  for (let i = 0; i < 1000; i++) {
    clock.seconds += 0.01;
    live.line(`Epoch ${i + 1}/1000`);
  }
  expect(updates()).toBeGreaterThan(80);
  expect(updates()).toBeLessThanOrEqual(101);
  live.end();
  const lines = (shown()['text/plain'] as string).split('\n');
  expect(lines).toHaveLength(201);
  expect(lines.slice(99, 102)).toEqual(['Epoch 100/1000', '… 800 lines …', 'Epoch 901/1000']);
  expect(lines.at(-1)).toBe('Epoch 1000/1000');
});

test('a line that comes soon after another is shown a little later, though nothing follows', async () => {
  const {reporter: live, shown} = reporter();
  live.line('Epoch 1/2');
  live.line('Note: slow');
  expect(shown()).toEqual({'text/plain': 'Epoch 1/2'});
  await setTimeout(300);
  expect(shown()).toEqual({'text/plain': 'Epoch 1/2\nNote: slow'});
});
