import {describe, expect, test} from '@jest/globals';
import {augment, type AugmentOptions, tf} from 'convlab';

describe('augment(…) flips, turns, and changes brightness and contrast', () => {
  const square = tf.range(0, 16).div(15).reshape([1, 4, 4, 1]);
  const rows = (tensor: tf.Tensor) => [...tensor.dataSync()].map((value) => Math.round(value * 1e4)).join();
  /** All the pictures that 60 passes bring. */
  const seen = async (options: AugmentOptions) => {
    const found = new Set<string>();
    const stream = augment(square, tf.zeros([1]), {...options, seed: 1});
    for (let pass = 0; pass < 60; pass++) {
      for await (const {xs, ys} of stream) {
        found.add(rows(xs as tf.Tensor));
        tf.dispose([xs, ys]);
      }
    }
    return found;
  };
  const turns = [0, 1, 2, 3].map((count) => {
    let turned = square.reshape([4, 4]);
    for (let i = 0; i < count; i++) turned = turned.transpose().reverse(0);
    return turned;
  });

  test('flips are exact, whatever the mode', async () => {
    expect(await seen({flip: 'horizontal'})).toEqual(new Set([rows(square), rows(square.reverse(2))]));
    expect(await seen({flip: 'vertical'})).toEqual(new Set([rows(square), rows(square.reverse(1))]));
    expect(await seen({flip: 'horizontal_and_vertical'})).toEqual(
      new Set([square, square.reverse(1), square.reverse(2), square.reverse([1, 2])].map(rows)),
    );
  });

  test('quarter turns are exact; with flips there are the eight views of a square', async () => {
    expect(await seen({quarterTurns: true})).toEqual(new Set(turns.map(rows)));
    const eight = await seen({quarterTurns: true, flip: 'horizontal'});
    expect(eight).toEqual(new Set([...turns, ...turns.map((turned) => turned.reverse(1))].map(rows)));
  });

  test.each([
    ['no mode of Keras', {flip: 'left' as 'horizontal'}, 'augment: flip must be '],
    [
      'quarter turns that are a number',
      {quarterTurns: 1 as unknown as boolean},
      'augment: quarterTurns must be true or',
    ],
    ['a brightness in per cent', {brightness: 20}, 'augment: brightness must be a share of the range of values'],
    ['a contrast of 1', {contrast: 1}, 'augment: contrast must be a share, at least 0 and below 1, got 1'],
    [
      'a range upside down',
      {valueRange: [1, 0] as [number, number]},
      'augment: valueRange must be [smallest, largest]',
    ],
  ])('%s is refused', (_, options, message) => {
    expect(() => augment(square, tf.zeros([1]), options)).toThrow(message);
  });

  test('quarter turns of a rectangle are refused', () => {
    expect(() => augment(square.reshape([1, 2, 8, 1]), tf.zeros([1]), {quarterTurns: true})).toThrow(
      'augment: quarterTurns are for square images, got 2 x 8',
    );
  });
});
