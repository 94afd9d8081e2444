import fs from 'node:fs';
import path from 'node:path';
import {beforeAll, describe, expect, test} from '@jest/globals';
import {npz, readImage, type Image, type ReadImageOptions} from 'convlab';
import {temporaryFolder} from '../../folder';
import {grey, tiff} from './tiff/byHand';

// Pictures of every format, depth, number of channels and orientation, and what Pillow, tifffile and NumPy say is in them:
// test/fixtures/pictures/make.py makes both.

const folder = path.join(__dirname, '../../fixtures/pictures');
const temporary = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const files = fs.readdirSync(folder).filter((name) => /\.(jpg|png|gif|bmp|webp|avif|heic|tif)$/.test(name));
let expected: Awaited<ReturnType<typeof npz.read>>;
beforeAll(async () => {
  expected = await npz.read(at('expected.npz'));
});

/** The channels as stored, none of them mixed or left out. */
async function stored(name: string, options: ReadImageOptions = {}): Promise<Image> {
  const channels = Array.from({length: channelsOf(expected[name]!.shape)}, (_, i) => i);
  return readImage(at(name), {channels, ...options});
}
const channelsOf = (shape: number[]) => (shape.length === 2 ? 1 : shape[2]!);
const product = (shape: readonly number[]) => shape.reduce((size, length) => size * length, 1);

function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length);
  let most = 0;
  for (let i = 0; i < one.length; i++) {
    if (!Object.is(one[i], other[i])) most = Math.max(most, Math.abs(one[i]! - other[i]!));
  }
  return most;
}

/** AVIF and HEIC go from YCbCr to RGB in other arithmetic in each library. */
const toleranceOf = (name: string) => (name.endsWith('.heic') ? 4 : name === 'rgb.avif' ? 3 : 0);
/** Of several pages, or with something else to be chosen. */
const CHOICES = [
  'stack.tif',
  'imagej.tif',
  'volume.tif',
  'truncated.tif',
  'u4-too-large.tif',
  'f8-too-fine.tif',
  'lab.tif',
  'animated.avif',
];

describe('readImage(file)', () => {
  test.each(files.filter((name) => !CHOICES.includes(name)))('reads %s as it is stored', async (name) => {
    const {shape, data} = expected[name]!;
    const {pixels, shape: got} = await stored(name);
    const channels = channelsOf(shape);
    expect(got).toEqual([1, shape[0], shape[1], ...(channels === 1 ? [] : [channels])]);
    expect(pixels.length).toBe(product(got));
    expect(pixels.constructor.name).toBe(data.constructor.name);
    expect(largestDifference(pixels, data as ArrayLike<number>)).toBeLessThanOrEqual(toleranceOf(name));
  });
});

describe('readImage(file, {channels})', () => {
  test('makes grey as Pillow does, and takes single channels in the order asked for', async () => {
    const grey = await readImage(at('rgb.png'), {channels: 1});
    expect(grey).toEqual({pixels: expected['grey-of-rgb.png']!.data, shape: [1, 11, 14]});
    const {data} = expected['5-channels.tif']!;
    const some = await readImage(at('5-channels.tif'), {channels: [4, 0]});
    expect(some.shape).toEqual([1, 8, 8, 2]);
    some.pixels.forEach((value, i) => {
      expect(value).toBe(data[5 * (i >> 1) + (i % 2 === 0 ? 4 : 0)]);
    });
  });

  test.each(['2-channels.tif', '4-channels.tif', '5-channels.tif'])(
    'refuses to guess the colours of %s',
    async (name) => {
      const count = name[0]!;
      const message = new RegExp(
        `${name}: it has ${count} channels and doesn't say .* choose some of 0, 1.*channels: \\[0`,
      );
      await expect(readImage(at(name))).rejects.toThrow(message);
      await expect(readImage(at(name), {channels: 1})).rejects.toThrow(message);
    },
  );

  test.each(['rgba.png', 'rgba.tif', 'rgba.webp', 'rgba-16.tif', '16-bits-4.png', 'palette-clear.png', 'clear.gif'])(
    'lays %s on the background, at its own depth',
    async (name) => {
      const {data} = expected[name]!;
      const full = data instanceof Uint16Array ? 65535 : 255;
      const {pixels, shape} = await readImage(at(name), {background: '#00ff00'});
      expect(shape.at(-1)).toBe(3);
      pixels.forEach((value, i) => {
        const [pixel, c] = [Math.floor(i / 3), i % 3];
        const opacity = Number(data[4 * pixel + 3]) / full;
        const under = c === 1 ? full : 0;
        expect(value).toBe(Math.round(Number(data[4 * pixel + c]) * opacity + under * (1 - opacity)));
      });
    },
  );

  test('says which channels there are', async () => {
    await expect(readImage(at('rgb.png'), {channels: [3]})).rejects.toThrow(
      'it has 3 channels, 0 to 2; there is no channel 3',
    );
    await expect(readImage(at('rgb.png'), {channels: 2 as 1})).rejects.toThrow(
      'readImage: channels must be 1, 3 or a list of channel numbers such as [0, 2], got 2',
    );
  });
});

describe('readImage(file, {page})', () => {
  test('asks which page of a stack, and reads it', async () => {
    await expect(readImage(at('stack.tif'))).rejects.toThrow(/stack\.tif: it has 3 pages; choose one by page, 0 to 2$/);
    const {data} = expected['stack.tif']!;
    const one = await readImage(at('stack.tif'), {page: 2, channels: 1});
    expect(Array.from(one.pixels)).toEqual(Array.from(data.slice(2 * 11 * 14) as ArrayLike<number>));
    await expect(readImage(at('stack.tif'), {page: 3})).rejects.toThrow('it has 3 pages, 0 to 2; there is no page 3');
    await expect(readImage(at('rgb.png'), {page: 1})).rejects.toThrow(
      'it holds one picture, page 0; there is no page 1',
    );
  });

  test("reads each page of ImageJ's stacks that have a directory for each, as Fiji saves them", async () => {
    const file = path.join(temporary, 'fiji.tif');
    const bytes = fs.readFileSync(at('stack.tif'));
    const begin = bytes.indexOf('{"shape": [3, 11, 14]}');
    bytes.write('ImageJ=1.54\nimages=3\n\0', begin);
    fs.writeFileSync(file, bytes);
    await expect(readImage(file)).rejects.toThrow('it has 3 pages; choose one by page, 0 to 2');
    for (const page of [0, 1, 2]) {
      const {pixels} = await readImage(file, {page, channels: 1});
      const data = expected['stack.tif']!.data.slice(page * 11 * 14, (page + 1) * 11 * 14);
      expect(Array.from(pixels)).toEqual(Array.from(data as ArrayLike<number>));
    }
  });

  test.each(['imagej.tif', 'volume.tif', 'truncated.tif'])('refuses a stack with one directory: %s', async (name) => {
    await expect(readImage(at(name))).rejects.toThrow(
      /it is a stack of 3 pages without a directory for each; save them/,
    );
  });

  test("refuses MetaMorph's stacks, which tell of all planes but the first in a tag of their own", async () => {
    const file = path.join(temporary, 'metamorph.tif');
    fs.writeFileSync(
      file,
      tiff(grey(2, 1, {33629: {type: 5, values: [], count: 3}}), [Uint8Array.of(1, 2, 3, 4, 5, 6)]),
    );
    await expect(readImage(file)).rejects.toThrow('it is a stack of 3 pages without a directory for each');
  });

  test("refuses a camera's raw file, where a small copy stands in front of the picture, but no single small copy", async () => {
    const file = path.join(temporary, 'raw.dng');
    const pixels = [Uint8Array.of(7, 8)];
    fs.writeFileSync(file, tiff(grey(2, 1, {254: 1, 330: 8}), pixels));
    await expect(readImage(file)).rejects.toThrow("it is a camera's raw file, with a small copy in front; save");
    fs.writeFileSync(file, tiff(grey(2, 1, {254: 1}), pixels));
    expect(Array.from((await readImage(file, {channels: 1})).pixels)).toEqual([7, 8]);
  });

  test.each(['gif', 'webp'])('reads a frame of an animated .%s', async (ending) => {
    const {pixels} = await readImage(at(`animated.${ending}`), {page: 2});
    expect(largestDifference(pixels, expected[`animated.${ending}/2`]!.data as Uint8Array)).toBe(0);
  });
});

describe('readImage(file, {size})', () => {
  const sizes: [string, [number, number], boolean][] = [['down', [5, 6], false], ['up', [17, 30], false], ['averaged', [5, 6], true]]; // prettier-ignore
  test.each(sizes)("brings a picture to a size as Keras's tf.image.resize does: %s", async (name, size, antialias) => {
    for (const source of ['rgb.png', '16-bits-1.png', 'float.tif']) {
      const {pixels, shape} = await stored(source, {size, antialias});
      expect(shape.slice(1, 3)).toEqual(size);
      const wanted = expected[`resized/${name}/${source}`]!.data as Float32Array;
      // Whole numbers are rounded; single-precision arithmetic differs in its last digits.
      const tolerance = pixels instanceof Float32Array ? 1e-6 : pixels instanceof Uint16Array ? 0.51 : 0.501;
      expect(largestDifference(pixels, wanted)).toBeLessThanOrEqual(tolerance);
    }
  });

  test('a large one made small', async () => {
    const {pixels} = await readImage(at('large.png'), {size: [23, 37]});
    expect(largestDifference(pixels, expected['resized/large']!.data as Float32Array)).toBeLessThanOrEqual(0.501);
  });
});

describe('readImage(file) refuses by name', () => {
  test.each([
    ['u4-too-large.tif', /it holds \d+, of type uint32, which 32 bits of a float can't hold exactly; convert it/],
    ['f8-too-fine.tif', /it holds 0\.\d+, of type float64, which .*astype\('float32'\)/],
    ['animated.avif', /animated\.avif: it is an animated AVIF, which isn't read; save its frames as PNG$/],
    ['lab.tif', /its colours are CIELab; expected grey, RGB, a palette, CMYK or YCbCr/],
  ])('%s', async (name, message) => {
    await expect(readImage(at(name), {channels: [0]})).rejects.toThrow(message);
  });

  test('a PNG whose text says that it is longer than the file, without asking for that much memory', async () => {
    const bytes = fs.readFileSync(at('held-raw.png'));
    bytes.writeUInt32BE(2 ** 30, bytes.indexOf('zTXt') - 4);
    const file = path.join(temporary, 'long-text.png');
    fs.writeFileSync(file, bytes);
    const before = process.resourceUsage().maxRSS;
    await expect(readImage(file)).rejects.toThrow(/long-text\.png: it is damaged or cut short$/);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(200_000);
  });

  // What is cut short is never filled up with something: only where the end doesn't matter to the pixels is it read.
  const whole = files.filter((name) => !CHOICES.includes(name) && !/^(held|turned|pyramid|large)/.test(name));
  test.each(whole)('%s, cut short', async (name) => {
    const bytes = fs.readFileSync(at(name));
    const file = path.join(temporary, name);
    const {pixels} = await readImage(at(name), {channels: [0]});
    for (const share of [0.3, 0.6, 0.9]) {
      fs.writeFileSync(file, bytes.subarray(0, Math.floor(share * bytes.length)));
      const result = await readImage(file, {channels: [0]}).catch((error: unknown) => error as Error);
      if (result instanceof Error) expect(result.message).toMatch(/: (it is damaged|it holds|expected )/);
      else expect(largestDifference(result.pixels, pixels)).toBe(0);
    }
  });
});
