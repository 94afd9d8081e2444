import {expect, test} from '@jest/globals';
import {Tally} from '../../../lib/src/training/loop/tally';

const mean = (name: string) => ({name, size: 2, result: ([sum, count]: readonly number[]) => sum! / count!});

test('Tally adds up the counts of all batches before it says what they come to', () => {
  const tally = new Tally([mean('loss'), mean('accuracy')]);
  tally.add([100, 100, 0, 100]);
  tally.add([200, 50, 50, 50]);
  expect(tally.logs()).toEqual({loss: 2, accuracy: 1 / 3});
  expect(tally.logs('val_')).toEqual({val_loss: 2, val_accuracy: 1 / 3});
});
