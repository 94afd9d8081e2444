import {expect, test} from '@jest/globals';
import {finishedLine, progressLine} from '../../lib/src/progress/format';
import {TerminalReporter} from '../../lib/src/progress/reporter';

const logs = {loss: 0.30214, accuracy: 0.9071};

test('finishedLine(…) is the line of Keras', () => {
  expect(finishedLine(375, 9.2, logs)).toBe('375/375 - 9s - loss: 0.3021 - accuracy: 0.9071');
  expect(finishedLine(1, 75, {loss: 0.00002})).toBe('1/1 - 1:15 - loss: 2.0000e-5');
  expect(finishedLine(1, 3723, {loss: 0})).toBe('1/1 - 1:02:03 - loss: 0.0000');
});

test('progressLine(…) shows a bar, or a count where the end is unknown', () => {
  expect(progressLine({batch: 120, batches: 375, seconds: 2.4, logs})).toBe(
    '120/375 [=========>....................] - ETA: 5s - loss: 0.3021 - accuracy: 0.9071',
  );
  expect(progressLine({batch: 375, batches: 375, seconds: 9, logs: {}})).toBe(`375/375 [${'='.repeat(30)}] - ETA: 0s`);
  expect(progressLine({batch: 7, batches: undefined, seconds: 3, logs: {}})).toBe('7/Unknown - 3s');
});

test.each([true, false])('TerminalReporter leaves nothing but lines (terminal: %s)', (isTTY) => {
  let written = '';
  const reporter = new TerminalReporter({
    isTTY,
    write: (text: Uint8Array | string) => Boolean((written += String(text))),
  });
  reporter.line('Epoch 1/1');
  reporter.progress({batch: 1, batches: 2, seconds: 1, logs: {}});
  reporter.line('done');
  reporter.progress({batch: 1, batches: 2, seconds: 1, logs: {}});
  reporter.end();
  expect(written.includes('\r')).toBe(isTTY);
  // What a terminal shows in the end: after each return to the line's start, the rest writes over what was there.
  const shown = written.split('\n').map((line) => line.split('\r').at(-1)!.trim());
  expect(shown).toEqual(['Epoch 1/1', 'done', '']);
});
