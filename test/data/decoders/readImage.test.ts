import fs from 'node:fs';
import path from 'node:path';
import {crc32} from 'node:zlib';
import {describe, expect, test} from '@jest/globals';
import {readImage, type Image} from 'convlab';
import sharp, {type Sharp} from 'sharp';
import {temporaryFolder} from '../../folder';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

/** An image of 2 x 3 squares of 16 pixels: what JPEG makes of the middle of each is what was put in. */
const SQUARE = 16;
function squares(rows: number[][][]): Sharp {
  const [height, width] = [SQUARE * rows.length, SQUARE * rows[0]!.length];
  const pixels = Uint8Array.from({length: 3 * height * width}, (_, i) => {
    const [y, x, c] = [Math.floor(i / 3 / width), Math.floor(i / 3) % width, i % 3];
    return rows[Math.floor(y / SQUARE)]![Math.floor(x / SQUARE)]![c]!;
  });
  return sharp(pixels, {raw: {height, width, channels: 3}});
}
/** The middles of the squares, to the nearest of the colours that were used. */
function middles({pixels, shape: [, height, width, channels = 1]}: Image): number[][][] {
  const nearest = (value: number) => Math.round(value / 127) * 127;
  return Array.from({length: height! / SQUARE}, (_, row) =>
    Array.from({length: width! / SQUARE}, (_, column) => {
      const start = channels * ((row + 0.5) * SQUARE * width! + (column + 0.5) * SQUARE);
      return [...pixels.subarray(start, start + channels)].map(nearest);
    }),
  );
}
const [R, G, B, K, W] = [[254, 0, 0], [0, 254, 0], [0, 0, 254], [0, 0, 0], [254, 254, 254]]; // prettier-ignore
const upright = [[R, G, B], [K, W, R]]; // prettier-ignore

describe('readImage(file)', () => {
  test.each(['png', 'jpg', 'gif', 'webp', 'tiff'])('reads .%s', async (ending) => {
    await squares(upright).toFile(at(`squares.${ending}`));
    const image = await readImage(at(`squares.${ending}`));
    expect(image.shape).toEqual([1, 32, 48, 3]);
    expect(middles(image)).toEqual(upright);
  });

  // The eight orientations of EXIF, from how the sensor stored an upright picture.
  const transposed = (rows: number[][][]) => rows[0]!.map((_, x) => rows.map((row) => row[x]!));
  const mirrored = (rows: number[][][]) => rows.map((row) => [...row].reverse());
  const flipped = (rows: number[][][]) => [...rows].reverse();
  test.each([
    [1, upright],
    [2, mirrored(upright)],
    [3, mirrored(flipped(upright))],
    [4, flipped(upright)],
    [5, transposed(upright)],
    [6, flipped(transposed(upright))],
    [7, mirrored(flipped(transposed(upright)))],
    [8, mirrored(transposed(upright))],
  ])('stands a picture upright that has EXIF orientation %i', async (orientation, stored) => {
    await squares(stored).withMetadata({orientation}).jpeg().toFile(at('turned.jpg'));
    expect(middles(await readImage(at('turned.jpg')))).toEqual(upright);
  });

  test('makes grey of colour, with green the brightest, and colour of grey', async () => {
    await squares(upright).png().toFile(at('squares.png'));
    const grey = await readImage(at('squares.png'), {channels: 1});
    expect(grey.shape).toEqual([1, 32, 48]);
    const [red, green, blue] = [8, 24, 40].map((x) => grey.pixels[8 * 48 + x]!);
    expect(green).toBeGreaterThan(red!);
    expect(red).toBeGreaterThan(blue!);
    expect(grey.pixels[24 * 48 + 24]).toBe(254);
    await squares(upright).greyscale().png().toFile(at('grey.png'));
    const colour = await readImage(at('grey.png'));
    expect(colour.shape).toEqual([1, 32, 48, 3]);
    const [value] = (await readImage(at('grey.png'), {channels: 1})).pixels;
    expect([...colour.pixels.subarray(0, 3)]).toEqual([value, value, value]);
  });

  test('lays what is transparent on white, or on the background that it is given', async () => {
    await sharp({create: {width: 4, height: 4, channels: 4, background: {r: 0, g: 0, b: 0, alpha: 0.5}}})
      .png()
      .toFile(at('glass.png'));
    expect((await readImage(at('glass.png'), {size: 1})).pixels).toEqual(Uint8Array.of(127, 127, 127));
    const onRed = await readImage(at('glass.png'), {size: 1, background: 'red'});
    expect([...onRed.pixels]).toEqual([127, 0, 0]);
    await expect(readImage(at('glass.png'), {background: 'redd'})).rejects.toThrow(
      "readImage: background must be a colour as CSS writes it, such as white, #0a0 or rgb(0, 90, 20), got the text 'redd'",
    );
  });

  test.each([10, 12] as const)('knows what is opaque and white where numbers have %i bits', async (bitdepth) => {
    const white = 2 ** bitdepth - 1;
    const corner = (i: number) => i < 4;
    // The upper left pixel is clear, the others opaque and black.
    const stored = Uint16Array.from({length: 4 * 16 * 16}, (_, i) => (i % 4 === 3 && !corner(i) ? 65535 : 0));
    await sharp(stored, {raw: {height: 16, width: 16, channels: 4}})
      .toColourspace('rgb16')
      .avif({bitdepth, lossless: true})
      .toFile(at('deep.avif'));
    const {pixels} = await readImage(at('deep.avif'), {background: '#808080'});
    const half = Math.round((128 / 255) * white);
    expect([...pixels]).toEqual(Array.from(pixels, (_, i) => (i < 3 ? half : 0)));
    const framed = await readImage(at('deep.avif'), {size: [16, 20], fit: 'contain', channels: 1});
    expect([...framed.pixels.subarray(0, 4)]).toEqual([white, white, white, 0]);
  });

  test('keeps 16 bits', async () => {
    const pixels = Uint16Array.of(0, 257 * 100, 257 * 200, 65535);
    await sharp(pixels, {raw: {height: 2, width: 2, channels: 1}})
      .toColourspace('grey16')
      .png()
      .toFile(at('deep.png'));
    expect((await sharp(at('deep.png')).metadata()).depth).toBe('ushort');
    expect([...(await readImage(at('deep.png'), {channels: 1})).pixels]).toEqual([...pixels]);
  });

  test.each<[string, number[]]>([
    ['fill', [1, 30, 20, 3]],
    ['cover', [1, 30, 20, 3]],
    ['contain', [1, 30, 20, 3]],
    ['inside', [1, 13, 20, 3]],
  ])('brings a picture to a size by %s', async (fit, shape) => {
    await squares(upright).png().toFile(at('squares.png'));
    const image = await readImage(at('squares.png'), {size: [30, 20], fit: fit as 'fill'});
    expect(image.shape).toEqual(shape);
    // Only 'contain' shows the background above the picture.
    expect(image.pixels[2]! > 200).toBe(fit === 'contain');
  });

  test.each<[string, () => Promise<Buffer> | Buffer, RegExp]>([
    ['an empty file', () => Buffer.alloc(0), /bad.png: it is empty$/],
    [
      'text',
      () => Buffer.from('no picture'),
      /bad.png: expected JPEG, PNG, GIF, BMP, WebP, AVIF, HEIC, TIFF or SVG, got something else$/,
    ],
    [
      'a JPEG cut short',
      async () => (await squares(upright).jpeg().toBuffer()).subarray(0, -40),
      /bad.png: it is damaged or cut short$/,
    ],
    [
      'a PNG cut short',
      async () => (await squares(upright).png().toBuffer()).subarray(0, -40),
      /bad.png: it is damaged or cut short$/,
    ],
    ['a PNG of 4 billion pixels', async () => {
      const bytes = await squares(upright).png().toBuffer();
      bytes.writeUInt32BE(65535, 16);
      bytes.writeUInt32BE(65535, 20);
      return bytes;
    }, /bad.png: /], // prettier-ignore
  ])('refuses %s and names it', async (_, bytes, message) => {
    fs.writeFileSync(at('bad.png'), await bytes());
    await expect(readImage(at('bad.png'))).rejects.toThrow(message);
  });

  test('draws an SVG, which sees no other file', async () => {
    fs.writeFileSync(at('secret.png'), await squares(upright).png().toBuffer());
    const drawing = (inside: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="4" height="2">${inside}</svg>`;
    fs.writeFileSync(at('plain.svg'), drawing('<rect width="2" height="2" fill="#102030"/>'));
    const {pixels, shape} = await readImage(at('plain.svg'));
    expect(shape).toEqual([1, 2, 4, 3]);
    expect([...pixels.subarray(3, 9)]).toEqual([16, 32, 48, 255, 255, 255]);
    fs.writeFileSync(at('other.svg'), drawing(`<image xlink:href="file://${at('secret.png')}" width="4" height="2"/>`));
    expect([...new Set((await readImage(at('other.svg'))).pixels)]).toEqual([255]);
  });

  test('names a file that is missing', async () => {
    await expect(readImage(at('nowhere.png'))).rejects.toThrow(/nowhere.png: there is no such file$/);
  });
});

test('a size in a damaged header asks for no gigabytes', async () => {
  const png = await sharp({create: {width: 40, height: 30, channels: 3, background: 'teal'}})
    .png()
    .toBuffer();
  // Bytes 16 to 23 are width and height; the checksum of the header follows.
  png.writeUInt32BE(8_000_000, 16);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  fs.writeFileSync(at('bomb.png'), png);
  await expect(readImage(at('bomb.png'), {size: 16})).rejects.toThrow(
    /bomb\.png: it is damaged: 8000000 × 30 pixels can't be in \d+ bytes/,
  );
  // In a lossless WebP, 14 bits each of width and height, less 1, stand from byte 21 on.
  const huge = await sharp({create: {width: 40, height: 30, channels: 3, background: 'teal'}})
    .webp({lossless: true})
    .toBuffer();
  huge.writeUInt32LE(11_999 + 11_999 * 2 ** 14, 21);
  fs.writeFileSync(at('huge.webp'), huge);
  await expect(readImage(at('huge.webp'), {size: 16})).rejects.toThrow(
    'huge.webp: 12000 × 12000 pixels are too many; expected at most 120 million',
  );
});

test('a GIF that claims more pixels than its bytes can hold is refused by its header', async () => {
  const gif = fs.readFileSync(path.join(__dirname, '../../fixtures/pictures/clear.gif'));
  const frame = gif.indexOf(0x2c, 13 + ((gif[10]! & 0x80) === 0 ? 0 : 3 * (2 << (gif[10]! & 7))));
  const resized = (name: string, width: number, height: number) => {
    for (const place of [6, frame + 5]) {
      gif.writeUInt16LE(width, place);
      gif.writeUInt16LE(height, place + 2);
    }
    fs.writeFileSync(at(name), gif);
    return at(name);
  };
  await expect(readImage(resized('bomb.gif', 10_000, 10_000))).rejects.toThrow(
    /bomb\.gif: it is damaged: 10000 × 10000 pixels can't be in 184 bytes$/,
  );
  // A canvas may be larger than what is drawn on it.
  expect((await readImage(resized('large.gif', 1000, 1000))).shape).toEqual([1, 1000, 1000, 3]);
});

test('a GIF of one colour, packed as densely as GIF can, is read', async () => {
  const plain = sharp({create: {width: 6000, height: 4000, channels: 3, background: 'teal'}});
  fs.writeFileSync(at('plain.gif'), await plain.gif().toBuffer());
  expect([...(await readImage(at('plain.gif'), {size: 1})).pixels]).toEqual([0, 128, 128]);
});
