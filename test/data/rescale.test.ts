import {expect, test} from '@jest/globals';
import {ImageSet, rescale, type Image} from 'convlab';

const image = (pixels: Image['pixels']): Image => ({pixels, shape: [1, 1, pixels.length]});

test('rescale(images) brings the smallest value to 0 and the largest to 1, and returns them', () => {
  const set = new ImageSet(Uint16Array.of(100, 300, 500, 4100), [2, 1, 2], Uint8Array.of(3, 4));
  const {images, limits} = rescale(set);
  expect(limits).toEqual([100, 4100]);
  expect(images).toEqual(new ImageSet(Float32Array.of(0, 0.05, 0.1, 1), [2, 1, 2], Uint8Array.of(3, 4)));
});

test('rescale(images, {limits}) scales by the limits of others, and clips nothing', () => {
  const {images, limits} = rescale(image(Uint16Array.of(0, 100, 8300)), {limits: [100, 4200]});
  expect(limits).toEqual([100, 4200]);
  expect([...images.pixels]).toEqual([Math.fround(-100 / 4100), 0, 2]);
});

// numpy.percentile of [3, 1, 4, 1, 5, 9, 2, 6], [10, 75].
test.each([Uint8Array, Uint16Array, Float32Array])("rescale(images, {percentiles}) finds NumPy's, of %p", (type) => {
  const {limits} = rescale(image(type.of(3, 1, 4, 1, 5, 9, 2, 6)), {percentiles: [10, 75]});
  expect(limits).toEqual([1, 5.25]);
  expect(rescale(image(type.of(7, 9)), {percentiles: [0, 100]}).limits).toEqual([7, 9]);
});

test('rescale passes over values that are not finite', () => {
  const pixels = Float32Array.of(NaN, 2, Infinity, 4, -Infinity);
  expect([...rescale(image(pixels)).images.pixels]).toEqual([NaN, 0, Infinity, 1, -Infinity]);
  expect(rescale(image(pixels), {percentiles: [50, 100]}).limits).toEqual([3, 4]);
});

test('rescale says when there is nothing to scale by', () => {
  const same = image(Uint8Array.of(7, 7));
  expect(() => rescale(same)).toThrow(
    'rescale: all values are 7, so there is nothing to scale by; pass limits: [low, high]',
  );
  expect(() => rescale(image(Uint8Array.of(7, 7, 7, 9)), {percentiles: [0, 50]})).toThrow(
    'rescale: the percentiles 0 and 50 are both 7',
  );
  expect(() => rescale(image(Float32Array.of(NaN)))).toThrow('rescale: there is no finite value to find limits from');
  expect(() => rescale(same, {limits: [1, 1]})).toThrow('rescale: limits must be [low, high], the values that become');
  expect(() => rescale(same, {limits: [0, 1], percentiles: [1, 2]})).toThrow('give one');
  expect(() => rescale([1, 2] as never)).toThrow(
    'rescale: images must be an ImageSet, or an image as readImage returns',
  );
});
