import {describe, expect, test} from '@jest/globals';
import {fit, interruptTraining} from 'convlab';
import {classifier, quiet, x, y} from '../classifier';

/** A callback that notes its beginning and its end. */
function noting(calls: string[], name: string) {
  return {
    onTrainBegin: () => void calls.push(`${name} begins`),
    onTrainEnd: () => void calls.push(`${name} ends`),
  };
}
const throws = (message: string) => () => {
  throw new Error(message);
};

describe('a callback that began gets to its end', () => {
  test('when another one fails', async () => {
    const calls: string[] = [];
    const callbacks = [noting(calls, 'a'), {onEpochEnd: throws('mine')}, noting(calls, 'b')];
    await expect(fit(classifier(), x, y, {...quiet, callbacks})).rejects.toThrow(/^mine$/);
    expect(calls).toEqual(['a begins', 'b begins', 'a ends', 'b ends']);
  });

  test('when another one fails to begin', async () => {
    const calls: string[] = [];
    const callbacks = [noting(calls, 'a'), {onTrainBegin: throws('mine')}, noting(calls, 'b')];
    await expect(fit(classifier(), x, y, {...quiet, callbacks})).rejects.toThrow(/^mine$/);
    expect(calls).toEqual(['a begins', 'a ends']);
  });

  test('when another one fails to end, whose error is told', async () => {
    const calls: string[] = [];
    const callbacks = [{onTrainEnd: throws('first')}, noting(calls, 'a'), {onTrainEnd: throws('second')}];
    await expect(fit(classifier(), x, y, {...quiet, callbacks})).rejects.toThrow(/^first$/);
    expect(calls).toEqual(['a begins', 'a ends']);
  });

  test('when training is interrupted', async () => {
    const calls: string[] = [];
    const callbacks = [noting(calls, 'a'), {onBatchEnd: () => void interruptTraining()}];
    await fit(classifier(), x, y, {...quiet, callbacks});
    expect(calls).toEqual(['a begins', 'a ends']);
  });
});
