/** The range of values that brightness and contrast need to know. */
import {expect, jest, test} from '@jest/globals';
import {augment, type AugmentOptions, fit, ImageSet, tf} from 'convlab';

const square = tf.range(0, 16).div(15).reshape([1, 4, 4, 1]);

test('values stay within the range, which is that of a set’s depth', async () => {
  const bytes = new ImageSet(
    Uint8Array.from({length: 160}, (_, i) => i + 60),
    [10, 4, 4],
    new Uint8Array(10),
  );
  const all: number[] = [];
  for await (const {pixels} of augment(bytes, {brightness: 0.9, contrast: 0.9, seed: 2})) all.push(...pixels);
  expect(Math.min(...all)).toBe(0);
  expect(Math.max(...all)).toBe(255);
});

test('images outside of the range are refused, not clipped', async () => {
  const model = tf.sequential({layers: [tf.layers.flatten({inputShape: [4, 4, 1]}), tf.layers.dense({units: 1})]});
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  const bright = augment(square.mul(255), tf.zeros([1]), {brightness: 0.1});
  await expect(fit(model, bright, {verbose: 0})).rejects.toThrow(
    'augment: brightness and contrast need to know the range of values: expected from 0 to 1, got 255; pass valueRange',
  );
  const known = augment(square.mul(255), tf.zeros([1]), {brightness: 0.1, valueRange: [0, 255]});
  expect((await fit(model, known, {verbose: 0})).epoch).toEqual([0]);
});

test('a set of 12 bits in 16, whose range nobody says, is told once that brightness would move it too far', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const set = new ImageSet(
    Uint16Array.from({length: 4 * 4}, (_, i) => i * 265),
    [4, 2, 2],
    new Uint8Array(4),
  );
  const told = async (options: AugmentOptions) => {
    for await (const {pixels} of augment(set, {...options, batchSize: 2})) {
      expect(pixels).toHaveLength(8);
    }
    return warn.mock.calls.splice(0).map(([text]) => text as string);
  };
  const [note, ...others] = await told({brightness: 0.1});
  expect(others).toEqual([]);
  expect(note).toMatch(
    /^augment: brightness 0.1 adds or takes up to 6550, a share of the range 0 to 65535, but no pixel is above \d+; pass valueRange/,
  );
  expect(await told({brightness: 0.1, valueRange: [0, 4095]})).toEqual([]);
  expect(await told({contrast: 0.1})).toEqual([]);
  warn.mockRestore();
});
