import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {handwriting, mnist, readImage, samples, type Image} from 'convlab';
import sharp from 'sharp';
import {temporaryFolder} from '../../folder';

/** An image drawn with letters: `#` is 255, anything else 0. */
function drawn(...rows: string[]): Image<Uint8Array> {
  return {
    pixels: Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 255 : 0)),
    shape: [1, rows.length, rows[0]!.length],
  };
}
const letters = ({pixels, shape: [, height, width]}: Image<Uint8Array>) =>
  Array.from({length: height!}, (_, y) =>
    [...pixels.subarray(y * width!, (y + 1) * width!)].map((value) => (value > 0 ? '#' : '.')).join(''),
  );
const invert = (image: Image<Uint8Array>): Image<Uint8Array> => ({
  ...image,
  pixels: image.pixels.map((value) => 255 - value),
});

/** A digit of MNIST as a photograph: dark blue on paper that darkens to a corner, with grain. */
async function photograph(digit: Uint8Array): Promise<Image<Uint8Array>> {
  const [height, width] = [200, 300];
  const ink = await sharp(digit, {raw: {height: 28, width: 28, channels: 1}})
    .resize({height: 140, width: 140, kernel: 'cubic'})
    .extend({top: 20, bottom: 40, left: 90, right: 70, background: 'black'})
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const pixels = Uint8Array.from(ink, (value, i) => {
    const paper = 230 - 100 * (Math.floor(i / width) / height) * ((i % width) / width) + 20 * Math.sin(i * i);
    return paper - (value / 255) * (paper - 40);
  });
  return {pixels, shape: [1, height, width]};
}

function likeness(one: Uint8Array, other: Uint8Array): number {
  const dot = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}

describe('handwriting.prepare(photo)', () => {
  test("gives MNIST's digits back from photographs of them, dark on bright or bright on dark", async () => {
    const {test: digits} = await mnist.load();
    const likenesses: number[] = [];
    for (let i = 0; i < 10; i++) {
      const photo = await photograph(digits.image(i) as Uint8Array);
      const {digit} = await handwriting.prepare(photo);
      expect(digit.shape).toEqual([1, 28, 28]);
      likenesses.push(likeness(digit.pixels, digits.image(i) as Uint8Array));
      const chalk = await handwriting.prepare(invert(photo));
      expect(likeness(chalk.digit.pixels, digit.pixels)).toBeGreaterThan(0.98);
    }
    expect(Math.min(...likenesses)).toBeGreaterThan(0.7);
    expect(likenesses.reduce((sum, value) => sum + value) / 10).toBeGreaterThan(0.93);
  });

  test('leaves out the steps that it is told to, and does the others', async () => {
    const photo = await handwriting.read(`${samples.digits}/8-13.png`);
    const {bright, ink, digit} = await handwriting.prepare(photo);
    const {crop, thicken, shrink, centre} = handwriting;
    const finished = async (image: Image<Uint8Array>) => centre(await shrink(thicken(crop(image))));
    const without = async (...steps: handwriting.Step[]) => (await handwriting.prepare(photo, {without: steps})).digit;
    expect(await without()).toEqual(digit);
    expect(await without('bright')).toEqual(await finished(handwriting.separateInk(photo)));
    expect(await without('ink')).toEqual(await finished(bright));
    expect(await without('cropped')).toEqual(centre(await shrink(thicken(ink))));
    expect(await without('thick')).toEqual(centre(await shrink(crop(ink))));
    const corner = await without('digit');
    expect(letters({...corner, shape: [1, 28, 28]}).slice(20)).toEqual(Array(8).fill('.'.repeat(28)));
    expect([...corner.pixels].filter((value) => value > 0)).toHaveLength(
      [...digit.pixels].filter((value) => value > 0).length,
    );
  });

  test('says so when there is no ink', async () => {
    const blank: Image<Uint8Array> = {pixels: new Uint8Array(100).fill(200), shape: [1, 10, 10]};
    await expect(handwriting.prepare(blank)).rejects.toThrow(/handwriting.crop: found no ink in 10 x 10 pixels/);
  });
});

describe('handwriting.readAll(folder)', () => {
  const [folder, others] = [temporaryFolder(), temporaryFolder()];
  const [three, seven] = ['3-12.png', '7-03.png'].map((name) => path.join(samples.digits, name)) as [string, string];
  fs.copyFileSync(seven, path.join(folder, '7-blue-pen.png'));
  fs.copyFileSync(three, path.join(folder, '3.png'));
  fs.copyFileSync(three, path.join(folder, 'page.png'));
  fs.writeFileSync(path.join(folder, '5.txt'), 'no picture');

  test('takes the pictures whose names begin with a digit, which is the label, and passes over others', async () => {
    const {digits, files} = await handwriting.readAll(folder);
    expect(files.map((file) => path.basename(file))).toEqual(['3.png', '7-blue-pen.png']);
    expect([digits.shape, [...digits.labels]]).toEqual([
      [2, 28, 28],
      [3, 7],
    ]);
    expect(digits.image(1)).toEqual((await handwriting.prepare(await handwriting.read(seven))).digit.pixels);
  });

  test('leaves out the steps that it is told to, or all', async () => {
    const {digits: askew} = await handwriting.readAll(folder, {without: ['digit']});
    const {digit} = await handwriting.prepare(await handwriting.read(three), {without: ['digit']});
    expect(askew.image(0)).toEqual(digit.pixels);
    const {digits: plain} = await handwriting.readAll(folder, {without: 'all'});
    expect(plain.image(0)).toEqual((await readImage(three, {size: 28, channels: 1})).pixels);
  });

  test('names the photograph that has no ink', async () => {
    const blank = path.join(others, '1.png');
    await sharp({create: {width: 40, height: 40, channels: 3, background: 'white'}}).toFile(blank);
    await expect(handwriting.readAll(path.dirname(blank))).rejects.toThrow(
      `handwriting.readAll: ${blank}: handwriting.crop: found no ink in 40 x 40 pixels`,
    );
  });

  test('says how the names have to begin, and what is there', async () => {
    const none = path.join(others, 'none');
    fs.mkdirSync(none);
    await expect(handwriting.readAll(none)).rejects.toThrow('or 7-blue-pen.heic, got nothing');
    fs.copyFileSync(three, path.join(none, 'three.png'));
    await expect(handwriting.readAll(none)).rejects.toThrow(
      `handwriting.readAll: ${none}: expected pictures whose names begin with the digit that they show, such as 3.jpg or ` +
        '7-blue-pen.heic, got three.png',
    );
  });
});

test('handwriting.brightInk() turns dark ink over, however dim the light is', () => {
  const dim: Image<Uint8Array> = {
    pixels: Uint8Array.from({length: 100}, (_, i) => (i < 5 ? 20 : 90)),
    shape: [1, 10, 10],
  };
  expect(handwriting.brightInk(dim).pixels[0]).toBe(235);
  expect(handwriting.brightInk(invert(dim))).toEqual(invert(dim));
});

test('handwriting.crop() cuts to the ink', () => {
  expect(letters(handwriting.crop(drawn('.....', '..##.', '.#...', '.....')))).toEqual(['.##', '#..']);
});

describe('handwriting.thicken()', () => {
  test('makes thin strokes a tenth as thick as the digit is long', () => {
    const line = drawn(...Array<string>(60).fill('#'));
    expect(handwriting.thicken(line).shape).toEqual([1, 64, 5]);
  });

  test('leaves thick strokes alone', () => {
    const bar = drawn(...Array<string>(60).fill('########'));
    expect(handwriting.thicken(bar)).toEqual(bar);
  });
});

describe('what is no picture for a step is refused by the step', () => {
  const blank = {pixels: new Uint8Array(20 * 20), shape: [1, 20, 20]};

  test.each(['brightInk', 'separateInk', 'crop', 'thicken', 'shrink', 'centre'] as const)('%s', async (name) => {
    const step = async (image: unknown) => await handwriting[name](image as Image<Uint8Array>);
    const message = (came: string) =>
      `handwriting.${name}: image must be a grey picture of 8 bits, {pixels, shape: [1, height, width]}, got ${came}`;
    await expect(step(Promise.resolve(blank))).rejects.toThrow(message('a promise; write await in front of it'));
    await expect(step({...blank, shape: [2, 10, 20]})).rejects.toThrow(message('an object with pixels, shape; await'));
    await expect(step({...blank, shape: [1, 20, 19]})).rejects.toThrow(message(''));
    await expect(step({...blank, pixels: new Float32Array(400)})).rejects.toThrow(message(''));
  });

  test('nothing to thicken stays as it is, and nothing to centre is told', async () => {
    expect(handwriting.thicken(blank)).toBe(blank);
    expect(() => handwriting.centre(blank)).toThrow('handwriting.centre: found no ink in 20 x 20 pixels');
    await expect(handwriting.prepare(blank, {without: ['cropped']})).rejects.toThrow(/centre: found no ink/);
    expect(() => handwriting.centre({pixels: new Uint8Array(1600).fill(9), shape: [1, 40, 40]})).toThrow(
      'handwriting.centre: image has 40 x 40 pixels, expected at most 28 x 28; handwriting.shrink makes it small',
    );
  });
});

test('handwriting.shrink() keeps proportions, and averages', async () => {
  const half: Image<Uint8Array> = {
    pixels: Uint8Array.from({length: 80 * 40}, (_, i) => (i % 2) * 255),
    shape: [1, 80, 40],
  };
  const {pixels, shape} = await handwriting.shrink(half);
  expect(shape).toEqual([1, 20, 10]);
  expect(pixels[105]).toBeCloseTo(127, -1);
  expect((await handwriting.shrink(drawn('#'.repeat(100)))).shape).toEqual([1, 1, 20]);
});

describe('handwriting.centre()', () => {
  const centreOf = ({pixels}: Image<Uint8Array>) => {
    const mass = pixels.reduce((sum, value) => sum + value);
    const mean = (place: (i: number) => number) => pixels.reduce((sum, v, i) => sum + v * place(i), 0) / mass;
    return [mean((i) => Math.floor(i / 28)), mean((i) => i % 28)];
  };

  test('brings the centre of mass to within half a pixel of the middle, which in MNIST is pixel 14', () => {
    const [y, x] = centreOf(handwriting.centre(drawn('####', '#...', '#...', '#...')));
    expect(Math.abs(y! - 14)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(x! - 14)).toBeLessThanOrEqual(0.5);
  });

  test('keeps all of a digit that is heavy at one end', () => {
    const club = drawn(...Array<string>(6).fill('######'), ...Array<string>(14).fill('.....#'));
    const {pixels} = handwriting.centre(club);
    expect(pixels.filter((value) => value > 0)).toHaveLength(6 * 6 + 14);
  });
});

test('the steps lie side by side in squares, small ones enlarged pixel by pixel', async () => {
  const photo = drawn(
    ...Array.from({length: 40}, (_, y) =>
      y > 9 && y < 30 ? '.'.repeat(20) + '#'.repeat(6) + '.'.repeat(54) : '.'.repeat(80),
    ),
  );
  const steps = await handwriting.prepare(photo);
  const {pixels, shape} = handwriting.sideBySide(steps);
  expect(shape).toEqual([7, 120, 120]);
  const tile = (i: number) => pixels.subarray(i * 14400, (i + 1) * 14400);
  // A photograph twice as wide as it is high: grey above and below.
  expect([tile(0)[0], tile(0)[30 * 120 - 1], tile(0)[119 * 120]]).toEqual([128, 128, 128]);
  expect([...new Set(tile(0).subarray(30 * 120, 90 * 120))].sort((a, b) => a - b)).toEqual([0, 255]);
  // The last step fills its square: 28 x 28 pixels, and the values that they had.
  expect(new Set(tile(6))).toEqual(new Set(steps.digit.pixels));
  // A single image is not what `prepare` returns.
  expect(() => handwriting.sideBySide(photo as unknown as handwriting.Steps)).toThrow('handwriting.sideBySide: ');
});

test('a printed digit of a newspaper in the shade comes into the form of MNIST', async () => {
  const {ink, digit} = await handwriting.prepare(await handwriting.read(`${samples.digits}/8-13.png`));
  const share = ink.pixels.filter((value) => value > 0).length / ink.pixels.length;
  // An 8 of strokes a tenth as thick as it is high.
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.4);
  expect(digit.shape).toEqual([1, 28, 28]);
});
