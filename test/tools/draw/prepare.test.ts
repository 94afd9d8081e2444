import {expect, test} from '@jest/globals';
import {mnist} from 'convlab';
import {toMnist, type Grey} from '../../../tools/draw/prepare';

/** A drawing with ink wherever the function says so. */
function drawing(width: number, height: number, ink: (x: number, y: number) => boolean): Grey {
  const values = Float32Array.from({length: width * height}, (_, i) => Number(ink(i % width, Math.floor(i / width))));
  return {values, width, height};
}

/** Where the ink is: its box, and its centre of mass. */
function measure(picture: Float32Array) {
  const inked = Array.from(picture.keys()).filter((i) => picture[i]! > 0.001);
  const [xs, ys] = [inked.map((i) => i % 28), inked.map((i) => Math.floor(i / 28))];
  const mass = inked.reduce((sum, i) => sum + picture[i]!, 0);
  const centre = (at: (i: number) => number) => inked.reduce((sum, i) => sum + picture[i]! * (at(i) + 0.5), 0) / mass;
  return {
    width: Math.max(...xs) - Math.min(...xs) + 1,
    height: Math.max(...ys) - Math.min(...ys) + 1,
    x: centre((i) => i % 28),
    y: centre((i) => Math.floor(i / 28)),
  };
}

test('toMnist makes a drawing 20 pixels large, with its proportions, wherever and however large it was drawn', () => {
  const square = drawing(300, 200, (x, y) => x >= 250 && x < 290 && y >= 10 && y < 90);
  const picture = toMnist(square)!;
  expect(picture).toHaveLength(28 * 28);
  expect(measure(picture)).toMatchObject({width: 10, height: 20});
  expect(Math.max(...picture)).toBeCloseTo(1, 5);
});

test('toMnist puts the centre of mass where the data set has it, from 14 to 15', () => {
  // Heavy on the left: in the middle of its box it would lean.
  const picture = toMnist(drawing(200, 200, (x, y) => (x < 120 && y > 60) || (x < 200 && y > 180)))!;
  const {x, y} = measure(picture);
  for (const centre of [x, y]) {
    expect(centre).toBeGreaterThanOrEqual(14);
    expect(centre).toBeLessThan(15);
  }
});

test('toMnist keeps a thin line whole, and a dot', () => {
  expect(measure(toMnist(drawing(100, 100, (x, y) => x === 3 && y < 80))!)).toMatchObject({width: 1, height: 20});
  expect(measure(toMnist(drawing(100, 100, (x, y) => x === 3 && y === 3))!)).toMatchObject({width: 20, height: 20});
});

test('toMnist finds nothing on empty paper', () => {
  expect(toMnist(drawing(10, 10, () => false))).toBeUndefined();
});

test('toMnist gives digits of the data set back as they were, when they are drawn large and off the middle', async () => {
  const {test: digits} = await mnist.load();
  for (let i = 0; i < 20; i++) {
    const pixels = digits.image(i);
    const enlarged = {width: 400, height: 400, values: new Float32Array(400 * 400)};
    for (let y = 0; y < 280; y++) {
      for (let x = 0; x < 280; x++) {
        enlarged.values[(y + 7) * 400 + x + 111] = pixels[Math.floor(y / 10) * 28 + Math.floor(x / 10)]! / 255;
      }
    }
    const again = toMnist(enlarged)!;
    const difference = again.reduce((sum, value, k) => sum + Math.abs(value - pixels[k]! / 255), 0) / 784;
    expect({i, alike: difference < 0.02}).toEqual({i, alike: true});
  }
});
