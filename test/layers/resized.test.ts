import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {resizedTo, type ResizeOptions} from '../../lib/src/layers/resized';

/** 0 to 7 in a row, at another width; Keras judges pictures of random numbers, npm run test:keras. */
const row = (width: number, options: ResizeOptions) =>
  [...resizedTo(tf.range(0, 8).reshape([1, 1, 8, 1]), [1, width], options).dataSync()].map((value) => Number(value.toFixed(4))); // prettier-ignore

// What keras.ops.image.resize of Keras 3.15.1 gives.
test.each<[number, ResizeOptions, number[]]>([
  [4, {}, [0.5, 2.5, 4.5, 6.5]],
  [4, {antialias: true}, [0.7143, 2.5, 4.5, 6.2857]],
  [4, {interpolation: 'nearest'}, [1, 3, 5, 7]],
  [4, {interpolation: 'bicubic'}, [0.4118, 2.5, 4.5, 6.5882]],
])("a row of eight at width %d with %j has Keras's numbers", (width, options, expected) => {
  expect(row(width, options)).toEqual(expected);
});

test('an interpolation that is not computed is refused by name', () => {
  expect(() => row(4, {interpolation: 'spline'})).toThrow("pictures can't be resized with interpolation 'spline' here");
});
