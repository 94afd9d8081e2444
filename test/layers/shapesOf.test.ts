// What an operation's output is like where sizes are open; what Keras 3.15 says of the same.
import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {KerasOperation} from '../../lib/src/layers/operation';

type Shape = tf.Shape;
const shapeOf = (given: Record<string, unknown>, ...shapes: Shape[]) =>
  new KerasOperation({name: 'o', ...given}).computeOutputShape(shapes.length === 1 ? shapes[0]! : shapes);
const pictures: Shape = [null, null, null, 3];

test.each<[string, Record<string, unknown>, Shape]>([
  ['maxPool', {poolSize: 2}, [null, null, null, 3]],
  ['maxPool', {poolSize: [3, 5], strides: 1}, [null, null, null, 3]],
  ['averagePool', {poolSize: 3, padding: 'same'}, [null, null, null, 3]],
  ['spaceToDepth', {blockSize: 4}, [null, null, null, 48]],
  ['spaceToDepth', {blockSize: 3}, [null, null, null, 27]],
  ['resize', {size: [5, 7]}, [null, 5, 7, 3]],
  ['adaptiveAveragePool', {outputSize: [4, 6]}, [null, 4, 6, 3]],
  ['rgbToGrayscale', {}, [null, null, null, 1]],
  ['cropImages', {topCropping: 9, bottomCropping: 9, leftCropping: 1, rightCropping: 1}, [null, null, null, 3]],
  ['mean', {axis: [1, 2]}, [null, 3]],
  ['reshape', {newshape: [-1, 35, 3]}, [null, 35, 3]],
  ['broadcastTo', {targetShape: [2, 5, 7, 3]}, [2, 5, 7, 3]],
  ['getItem', {indices: ['ellipsis', 1]}, [null, null, null]],
  ['topK', {k: 2}, [null, null, null, 2]],
  ['transpose', {axes: [3, 0, 1, 2]}, [3, null, null, null]],
])('%s with %j of pictures of any size is like Keras has it', (operation, given, expected) => {
  const found = shapeOf({operation, ...given}, pictures);
  expect(Array.isArray(found[0]) ? found[0] : found).toEqual(expected);
});

test.each<[Shape[], Shape]>([
  [
    [pictures, [null, 7, null, 1]],
    [null, 7, null, 3],
  ],
  [
    [
      [null, null],
      [null, 4],
    ],
    [null, 4],
  ],
  [
    [
      [null, null, 5],
      [null, 1, null],
    ],
    [null, null, 5],
  ],
])('%j added have the sizes that are known of either', (shapes, expected) => {
  expect(shapeOf({operation: 'add'}, ...shapes)).toEqual(expected);
});

test('an open axis that meets a constant has its size', () => {
  expect(shapeOf({operation: 'add', constants: [null, [1, 2, 3, 4, 5]]}, [null, null])).toEqual([null, 5]);
});

test('a layer that can be called with none of the sizes says what it was called with', () => {
  expect(() => shapeOf({operation: 'spaceToDepth', blockSize: 2}, [null, 3, 4, 1])).toThrow(
    /layer 'o' can't be called with \[\?, 3, 4, 1\]: /,
  );
});
