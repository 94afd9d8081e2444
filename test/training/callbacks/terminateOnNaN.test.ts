import {expect, test} from '@jest/globals';
import {fit, terminateOnNaN, tf} from 'convlab';
import {listenToNotes, told} from '../../notes';
import {classifier, x, y} from '../classifier';

listenToNotes();

/** Its weights are no numbers any more after the first step. */
const diverging = () => classifier({optimizer: tf.train.sgd(1e38)});
const options = {epochs: 3, batchSize: 10, seed: 1} as const;

test.each(['graph', 'eager'] as const)('terminateOnNaN() ends training at the first such batch, %s', async (engine) => {
  let batches = 0;
  const callbacks = [
    terminateOnNaN(),
    {
      onBatchEnd: () => {
        batches++;
      },
    },
  ];
  const {epoch} = await fit(diverging(), x, y, {...options, engine, callbacks});
  expect(batches).toBe(2);
  expect(epoch).toEqual([0]);
});

test('fit says once where the loss became NaN, and what helps', async () => {
  await fit(diverging(), x, y, options);
  const said = told.filter((line) => line.startsWith('Note: '));
  expect(said).toEqual([
    expect.stringMatching(
      /^Note: after batch 2 of epoch 1 the loss is (NaN|Infinity)\. What usually helps: .*learning rate/,
    ),
  ]);
});
