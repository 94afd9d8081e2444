import {expect, test} from '@jest/globals';
import {featureMapChart, tf} from 'convlab';

test('featureMapChart lays the maps out as one picture with a hover text for each', () => {
  const maps = tf.tensor3d(
    Float32Array.from({length: 2 * 2 * 3}, (_, i) => i % 3),
    [2, 2, 3],
  );
  const figure = featureMapChart(maps, {columns: 2, title: 'a < b'});
  expect(figure.data[0]!.customdata).toEqual([
    ['map 0: from 0.00 to 0.00', 'map 1: from 1.00 to 1.00'],
    ['map 2: from 2.00 to 2.00', null],
  ]);
  const {images, title} = figure.layout as {images: {source: string}[]; title: object};
  expect(images.map(({source}) => source.slice(0, 22))).toEqual(['data:image/png;base64,']);
  expect(title).toMatchObject({text: 'a &lt; b'});
});

test('featureMapChart takes what a layer returns, a batch of one', () => {
  const {layout} = featureMapChart(tf.zeros([1, 26, 26, 32]));
  expect(layout.title).toMatchObject({text: '32 feature maps of 26 × 26'});
});

test('featureMapChart draws black and white at the ends of a range', () => {
  const pixel = tf.tensor3d([0.25], [1, 1, 1]);
  const source = (range?: [number, number]) => {
    const {images} = featureMapChart(pixel, range ? {range} : {}).layout;
    return (images as {source: string}[])[0]!.source;
  };
  expect(source([0, 1])).not.toBe(source([0, 0.25]));
  expect(source([0, 0.25])).toBe(source([-1, 0.25]));
});

test('featureMapChart takes maps of the size of a photograph', () => {
  expect(() => featureMapChart(tf.zeros([400, 400, 1]))).not.toThrow();
});

test('featureMapChart refuses several images at once', () => {
  expect(() => featureMapChart(tf.zeros([2, 26, 26, 32]))).toThrow(
    'featureMapChart: expected the maps of one image, shape [height, width, maps] or [1, height, width, maps], ' +
      'got [2, 26, 26, 32]',
  );
});
