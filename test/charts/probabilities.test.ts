import {expect, test} from '@jest/globals';
import {probabilityChart, tf} from 'convlab';

const images = {pixels: new Uint8Array(2 * 28 * 28), shape: [2, 28, 28]};

test('probabilityChart draws a bar for each class beside each image', () => {
  const probabilities = [
    [0.1, 0.9],
    [0.8, 0.2],
  ];
  const figure = probabilityChart(probabilities, {classNames: ['cat', 'dog'], images, actual: [1, 1]});
  expect(figure.data).toMatchObject([
    {type: 'bar', orientation: 'h', x: [0.1, 0.9], y: [0, 1], text: ['10 %', '90 %'], xaxis: 'x', yaxis: 'y'},
    {type: 'bar', orientation: 'h', x: [0.8, 0.2], y: [0, 1], text: ['80 %', '20 %'], xaxis: 'x2', yaxis: 'y2'},
  ]);
  expect(figure.data[0]!.customdata).toEqual(['cat: 10.00 %', 'dog: 90.00 %']);
  expect(figure.layout).toMatchObject({
    annotations: [{text: '<b>dog</b>, right'}, {text: '<b>cat</b>, but it is dog'}],
    yaxis: {tickvals: [0, 1], ticktext: ['cat', 'dog'], autorange: 'reversed'},
  });
  expect(figure.layout.images).toHaveLength(2);
});

test('probabilityChart puts three images of ten classes into one row', () => {
  const {layout} = probabilityChart(tf.fill([3, 10], 0.1), {
    images: {pixels: new Uint8Array(3 * 784), shape: [3, 28, 28]},
  });
  const heights = (layout.images as {y: number}[]).map(({y}) => y);
  expect(new Set(heights).size).toBe(1);
});

test('probabilityChart takes one row of numbers, or a tensor as predict returns it', () => {
  const one = probabilityChart([0.25, 0.75]);
  expect(one.data).toHaveLength(1);
  expect(probabilityChart(tf.tensor2d([[0.25, 0.75]]))).toEqual(one);
});

test('probabilityChart says where the network is wrong', () => {
  const {layout, data} = probabilityChart([0.25, 0.75], {classNames: ['<i>', 'b'], actual: [0]});
  expect(layout.annotations).toMatchObject([{text: '<b>b</b>, but it is &lt;i&gt;'}]);
  expect(data[0]!.marker).toEqual({color: ['#009e73', '#d55e00']});
});

test('probabilityChart refuses numbers that do not belong together', () => {
  expect(() => probabilityChart([1, 0], {classNames: ['a']})).toThrow(
    'probabilityChart: 1 class names need as many probabilities an image, got 2',
  );
  expect(() => probabilityChart([1, 0], {actual: [1, 2]})).toThrow('1 images need as many actual classes, got 2');
  expect(() => probabilityChart(tf.ones([13, 10]))).toThrow('draws 1 to 12 images at once, got 13');
});
