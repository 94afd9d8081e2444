import {expect, test} from '@jest/globals';
import fc from 'fast-check';
import {localMeans, otsu, separate} from '../../../lib/src/data/photographs/threshold';

test('localMeans() is the mean of the pixels within reach', () => {
  const [height, width, reach] = [5, 7, 2];
  const pixels = Uint8Array.from({length: height * width}, (_, i) => (i * i * 31) % 256);
  const means = localMeans(pixels, height, width, reach);
  means.forEach((mean, i) => {
    const near = [...pixels].filter(
      (_, j) =>
        Math.abs(Math.floor(i / width) - Math.floor(j / width)) <= reach &&
        Math.abs((i % width) - (j % width)) <= reach,
    );
    expect(mean).toBeCloseTo(near.reduce((sum, value) => sum + value) / near.length, 9);
  });
});

test('otsu() leaves the least variance within the two groups', () => {
  const within = (values: number[], threshold: number) => {
    const spread = (group: number[]) => {
      const mean = group.reduce((sum, value) => sum + value, 0) / group.length;
      return group.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    };
    return spread(values.filter((value) => value <= threshold)) + spread(values.filter((value) => value > threshold));
  };
  fc.assert(
    fc.property(fc.array(fc.nat(255), {minLength: 2, maxLength: 30}), (values) => {
      const least = Math.min(...Array.from({length: 256}, (_, threshold) => within(values, threshold)));
      expect(within(values, otsu(Uint8Array.from(values)))).toBeCloseTo(least, 6);
    }),
  );
});

test('separate() finds a line on paper that is brighter at one end than the line at the other', () => {
  const [height, width] = [40, 80];
  const isLine = (i: number) => Math.abs(Math.floor(i / width) - 20) < 2;
  const pixels = Uint8Array.from({length: height * width}, (_, i) => 2 * (i % width) + (isLine(i) ? 60 : 0));
  const {pixels: found} = separate({pixels, shape: [1, height, width]});
  found.forEach((value, i) => {
    expect(value).toBe(isLine(i) ? 255 : 0);
  });
});
