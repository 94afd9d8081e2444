import {describe, expect, test} from '@jest/globals';
import {CallError, forArgument, publicCall} from '../../lib/src/arguments/publicCall';

const wrong = () => {
  throw new CallError('size must be 1');
};

describe('publicCall()', () => {
  test('puts the function’s name before an error of the call, thrown or rejected', async () => {
    expect(() => publicCall('load', wrong)).toThrow(/^load: size must be 1$/);
    await expect(publicCall('load', async () => Promise.resolve().then(wrong))).rejects.toThrow(
      /^load: size must be 1$/,
    );
  });

  test('puts it there once, however deep public functions call each other', () => {
    expect(() => publicCall('outer', () => publicCall('inner', wrong))).toThrow(/^inner: size must be 1$/);
  });

  test('names the argument that was looked at, too', async () => {
    await expect(
      publicCall('fit', () => forArgument('validationData', async () => Promise.resolve().then(wrong))),
    ).rejects.toThrow(/^fit: validationData: size must be 1$/);
  });

  test('lets any other error pass as it is', () => {
    const own = new TypeError('of a callback');
    const call = () =>
      publicCall('fit', () => {
        throw own;
      });
    expect(call).toThrow(own);
  });

  test('gives an error that prints as one of the place where it was found', () => {
    let caught = new Error();
    try {
      publicCall('load', wrong);
    } catch (error) {
      caught = error as Error;
    }
    expect(caught.stack).toMatch(/^Error: load: size must be 1\n\s+at wrong \(/);
  });

  test('gives back what the work gives', async () => {
    expect(publicCall('load', () => 1)).toBe(1);
    expect(await publicCall('load', () => Promise.resolve(2))).toBe(2);
  });
});
