import {describe, expect, test} from '@jest/globals';
import {ImageSet, picture, tf} from 'convlab';
import {listenToNotes, told} from '../notes';
import {decode} from './pixels';

const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];
const ORANGE = [0xd5, 0x5e, 0x00];
/** The first tile begins here, in the file's pixels: twice the gap. */
const START = 20;

/** Two images, 2 high and 3 wide. */
const set = new ImageSet(
  Uint8Array.from([255, 0, 0, 0, 0, 128, /* the second */ 0, 0, 0, 0, 0, 0]),
  [2, 2, 3],
  Uint8Array.from([1, 2]),
);

test('picture enlarges each pixel to a sharp square at twice the screen resolution', () => {
  const {png, width, height} = picture(set, [0], {scale: 4});
  const {at, ...size} = decode(png);
  expect([width, height]).toEqual([3 * 4 + 20, 2 * 4 + 20]);
  expect(size).toEqual({width: 2 * width, height: 2 * height});
  expect(at(START, START)).toEqual(WHITE);
  expect(at(START + 7, START + 7)).toEqual(WHITE);
  expect(at(START + 8, START)).toEqual(BLACK);
  expect(at(START + 23, START + 15)).toEqual([128, 128, 128]);
  expect(at(0, 0)).toEqual(WHITE);
});

test('picture takes little more room for larger pixels, whose rows repeat', () => {
  const noise = tf.randomUniform([30, 30], 0, 256, 'int32', 1);
  const [small, large] = [4, 16].map((scale) => picture(noise, 1, {scale, range: [0, 255]}).png.length);
  // Sixteen times the pixels. Without the filter for repeated rows the file is 2.4 times as large, with it 1.5 times.
  expect(large! / small!).toBeLessThan(1.8);
});

test('picture draws a hairline around each image, so that white pixels end somewhere on the white paper', () => {
  const {at, width, height} = decode(picture(tf.ones([2, 3]), [0], {scale: 4, range: [0, 1]}).png);
  const GREY = [0x8c, 0x8c, 0x8c];
  for (const x of [START - 1, width - START]) expect(at(x, START + 4)).toEqual(GREY);
  for (const y of [START - 1, height - START]) expect(at(START + 4, y)).toEqual(GREY);
  expect(at(START - 2, START + 4)).toEqual(WHITE);
  expect(at(START, START + 4)).toEqual(WHITE);
});

test('picture draws rows as columns when transposed', () => {
  const {png, width, height} = picture(set, [0], {scale: 4, transposed: true});
  expect([width, height]).toEqual([2 * 4 + 20, 3 * 4 + 20]);
  expect(decode(png).at(START + 15, START + 23)).toEqual([128, 128, 128]);
});

test('picture lays out rows and columns', () => {
  const one = picture(set, [0], {scale: 4});
  const four = picture(set, [0, 1, 0, 1], {scale: 4, columns: 2});
  expect(four.width).toBe(2 * (one.width - 10) + 10);
  expect(four.height).toBe(2 * (one.height - 10) + 10);
});

test('picture takes a count, a list, or nothing for all', () => {
  expect(picture(set, 1).alt).toBe('an image of 2 × 3 pixels');
  expect(picture(set, Uint8Array.from([1, 0, 1])).alt).toBe('3 images of 2 × 3 pixels');
  expect(picture(set).alt).toBe('2 images of 2 × 3 pixels');
});

test('picture draws spectra, which are one pixel high, without being told a scale', () => {
  const {width, height} = picture({pixels: new Uint8Array(9 * 3000), shape: [9, 1, 3000]});
  expect([width, height]).toEqual([7560, 32]);
});

test('picture writes titles above the images and into the description, and asks for them by index', () => {
  const plain = picture(set, [1, 0]);
  const titled = picture(set, [1, 0], {titles: (index) => `${index} → 2, 93 %`});
  expect(titled.height).toBe(plain.height + 20);
  expect(titled.alt).toBe('2 images of 2 × 3 pixels: 1 → 2, 93 % | 0 → 2, 93 %');
});

test('picture widens its columns for titles that need more room than the image', () => {
  const narrow = picture(set, [0], {scale: 2});
  const wide = picture(set, [0], {scale: 2, titles: ['a title much wider than six pixels']});
  expect(wide.width).toBeGreaterThan(narrow.width + 100);
});

test('picture frames marked images', () => {
  const {png} = picture(set, 2, {scale: 8, marked: [false, true]});
  const {at, width} = decode(png);
  expect(at(START - 2, START)).toEqual(WHITE);
  expect(at(width - START + 2, START)).toEqual(ORANGE);
});

test('picture draws colour images', () => {
  const {png} = picture({pixels: Uint8Array.from([255, 0, 0, 0, 0, 255]), shape: [1, 1, 2, 3]}, 1, {scale: 4});
  const {at} = decode(png);
  expect(at(START, START)).toEqual([255, 0, 0]);
  expect(at(START + 8, START)).toEqual([0, 0, 255]);
});

test('picture draws other numbers from their smallest to their largest, unless told a range', () => {
  const tensor = tf.tensor2d([[-1, 0, 1]]);
  expect(decode(picture(tensor, [0], {scale: 4}).png).at(START + 8, START)).toEqual([128, 128, 128]);
  const {at} = decode(picture(tensor, [0], {scale: 4, range: [0, 1]}).png);
  expect(at(START, START)).toEqual(BLACK);
  expect(at(START + 8, START)).toEqual(BLACK);
});

test('picture draws true white and false black', () => {
  const {at} = decode(picture(tf.tensor2d([[-1, 2]]).greater(0), [0], {scale: 4}).png);
  expect([at(START, START), at(START + 8, START)]).toEqual([BLACK, WHITE]);
  expect(decode(picture(tf.tensor2d([[true, true]], [1, 2], 'bool'), [0], {scale: 4}).png).at(START, START)).toEqual(
    WHITE,
  );
});

test('picture keeps a photograph in full colour', () => {
  const pixels = Uint8Array.from(
    {length: 128 * 128 * 3},
    (_, i) => [Math.floor(i / 3) % 128, Math.floor(i / 384), 200][i % 3]!,
  );
  const {at} = decode(picture({pixels, shape: [1, 128, 128, 3]}, 1, {scale: 1}).png);
  const middle = 3 * (64 * 128 + 64);
  expect(at(START + 128, START + 128)).toEqual([...pixels.subarray(middle, middle + 3)]);
});

test('picture names the index that is out of range', () => {
  expect(() => picture(set, [2])).toThrow('picture: index 2 is out of range; these are images 0 to 1');
  expect(() => picture(set, 7)).toThrow(
    "picture: can't draw the first 7 of 2 images; for the single image at position i pass [i]",
  );
  expect(() => picture(set, [])).toThrow('picture: no image to draw; the list of indices is empty');
});

test('picture refuses what is not images, and titles that are too few', () => {
  expect(() => picture({pixels: [1, 2], shape: [2]})).toThrow('picture: expected images of shape [height, width]');
  expect(() => picture({pixels: [1, 2], shape: [1, 3]})).toThrow('picture: shape [1, 3] needs 3 pixel values, got 2');
  expect(() => picture(set, 2, {titles: ['one']})).toThrow('picture: 2 images need as many titles, got 1');
  expect(() => picture(set, 2, {scale: 0})).toThrow('picture: scale must be a number greater than 0, got 0');
});

describe('with values that are not finite', () => {
  listenToNotes();
  const MAGENTA = [255, 0, 255];

  test('picture draws the others as ever, marks these, and says how many there are', () => {
    const pixels = Float32Array.of(0.5, NaN, 1.5, Infinity, -Infinity, 1);
    const {at} = decode(picture({pixels, shape: [2, 3]}, 1, {scale: 1}).png);
    const drawn = Array.from(pixels, (_, i) => at(START + 2 * (i % 3), START + 2 * Math.floor(i / 3)));
    expect(drawn).toEqual([BLACK, MAGENTA, WHITE, MAGENTA, MAGENTA, [128, 128, 128]]);
    expect(told).toEqual(['Note: 3 of 6 pixels are NaN or infinite; they are drawn in magenta.']);
  });

  test('picture counts only what it draws, and a pixel once', () => {
    const pixels = Float32Array.of(NaN, NaN, 0, /* the second */ 0, 1, 1);
    picture({pixels, shape: [2, 1, 1, 3]}, [1]);
    expect(told).toEqual([]);
    const {at} = decode(picture({pixels, shape: [2, 1, 1, 3]}, [0], {scale: 1}).png);
    expect(at(START, START)).toEqual(MAGENTA);
    expect(told).toEqual(['Note: 1 of 1 pixels are NaN or infinite; they are drawn in magenta.']);
  });

  test('picture draws an image that has no finite value', () => {
    expect(decode(picture({pixels: [NaN], shape: [1, 1]}, 1, {scale: 1}).png).at(START, START)).toEqual(MAGENTA);
  });
});

test.each([0, 0.7, -3, 1e9])('picture draws an image of equal floats, %d, black', (value) => {
  const {at} = decode(picture({pixels: new Float32Array(6).fill(value), shape: [2, 3]}).png);
  expect(at(START, START)).toEqual(BLACK);
});

test('picture shows 16 bits by their range', () => {
  const {at} = decode(picture({pixels: Uint16Array.of(100, 4100, 2100), shape: [1, 3]}, 1, {scale: 1}).png);
  expect([0, 2, 4].map((x) => at(START + x, START))).toEqual([BLACK, WHITE, [128, 128, 128]]);
});
