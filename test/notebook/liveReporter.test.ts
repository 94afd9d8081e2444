import {expect, test} from '@jest/globals';
import {History} from 'convlab';
import type {Bundle} from '../../lib/src/notebook/kernel';
import {LiveReporter} from '../../lib/src/notebook/liveReporter';

/** A reporter with a clock in the test's hand, and what it shows. */
function reporter(): {reporter: LiveReporter; clock: {seconds: number}; shown: () => Bundle['data']} {
  let last: Bundle = {data: {}, metadata: {}};
  const clock = {seconds: 0};
  const display = {
    update: (bundle: Bundle) => {
      last = bundle;
    },
  };
  return {reporter: new LiveReporter(display, () => clock.seconds), clock, shown: () => last.data};
}

const progress = {batch: 1, batches: 2, seconds: 1, logs: {loss: 0.5}};
const history = new History();
history.add(0, {loss: 2});
history.add(1, {loss: 1});

test('progress stands below the lines and gives way to the next line', () => {
  const {reporter: live, shown} = reporter();
  live.line('Epoch 1/2');
  live.progress(progress);
  expect(shown()['text/plain']).toMatch(/^Epoch 1\/2\n1\/2 \[=+>\.+\] - ETA: 1s - loss: 0.5000$/);
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
