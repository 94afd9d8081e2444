import {expect, test} from '@jest/globals';
import {saliencyChart, tf} from 'convlab';
import {listenToNotes, told} from '../notes';
import {decode} from '../pictures/pixels';

listenToNotes();

const images = {pixels: Uint8Array.of(0, 255, 255, 0, 128, 0), shape: [1, 2, 3]};
const map = tf.tensor2d([
  [0, 0.5, -2],
  [0, 0, 0.25],
]);

test('saliencyChart lays a map over its image, with the number of each pixel, to a twentieth of the strongest, under the mouse', () => {
  const figure = saliencyChart(images, map, {title: 'a < b', measure: 'loss <i>'});
  const {dtype, bdata, shape} = figure.data[0]!.z as {dtype: string; bdata: string; shape: string};
  expect([dtype, shape]).toEqual(['f4', '2, 3']);
  const numbers = Float32Array.from({length: 6}, (_, i) => Buffer.from(bdata, 'base64').readFloatLE(4 * i));
  expect([...numbers].map((number) => number.toFixed(2))).toEqual(['0.00', '0.50', '-2.00', '0.00', '0.00', '0.30']);
  expect(figure.data[0]!.hovertemplate).toContain('loss &lt;i&gt;: %{z');
  expect(figure.layout).toMatchObject({title: {text: 'a &lt; b'}});
});

test('saliencyChart has one scale for all, and clear colours at 0', () => {
  const two = {pixels: new Uint8Array(12), shape: [2, 2, 3]};
  const {data} = saliencyChart(two, tf.stack([map, map.div(4)]), {titles: ['one', 'other'], columns: 1});
  for (const {zmin, zmax} of data) expect([zmin, zmax]).toEqual([-2, 2]);
  expect((data[0]!.colorscale as [number, string][]).filter(([at]) => at === 0.5).map(([, colour]) => colour)).toEqual([
    'rgba(213, 94, 0, 0)',
    'rgba(0, 114, 178, 0)',
  ]);
  expect(data.map(({showscale}) => showscale)).toEqual([true, false]);
});

test('saliencyChart puts each map on the pixels of its image, below a title that may be wider', () => {
  const two = {pixels: new Uint8Array(12), shape: [2, 2, 3]};
  const titles = ['a title wider than three pixels', ''];
  const {data, layout} = saliencyChart(two, tf.stack([map, map]), {titles, scale: 10});
  const {sizex, sizey} = (layout.images as {sizex: number; sizey: number}[])[0]!;
  const [first, second] = data as unknown as {x0: number; y0: number; dx: number; dy: number}[];
  // The picture has a gap of 10 around each of its two cells; images of 30 × 20 stand at the foot of them.
  const cell = (sizex - 30) / 2;
  expect(first!.x0 - 5).toBeCloseTo(10 + (cell - 30) / 2);
  expect(second!.x0 - first!.x0).toBeCloseTo(cell + 10);
  expect(first!.y0 + 1.5 * first!.dy).toBeCloseTo(sizey - 10);
});

test('saliencyChart keeps to a scale that is given, so that small numbers stay pale', () => {
  const {data} = saliencyChart(images, map.div(100), {strongest: 1});
  expect(data[0]).toMatchObject({zmin: -1, zmax: 1});
  expect(() => saliencyChart(images, map, {strongest: 0})).toThrow('strongest');
});

test('saliencyChart draws a map of nothing but zeros', () => {
  expect(saliencyChart(images, tf.zeros([2, 3])).data[0]).toMatchObject({zmin: -1, zmax: 1});
});

test('saliencyChart refuses maps of another number or size', () => {
  expect(() => saliencyChart(images, tf.zeros([3, 2]))).toThrow(
    'saliencyChart: expected a map for each image, with a number for each pixel; ' +
      'got images: 1 of 2 × 3, maps: 1 of 3 × 2',
  );
  expect(() => saliencyChart(images, tf.zeros([1, 2, 3, 3]))).toThrow('maps: 1 of 2 × 3 with 3 channels');
});

test('saliencyChart draws maps with NaN and infinity by their good values, marks the others, and says how many', () => {
  const bad = tf.tensor2d([
    [NaN, 0.5, -2],
    [0, Infinity, 0.25],
  ]);
  const {data, layout} = saliencyChart(images, bad, {scale: 1});
  expect(data[0]).toMatchObject({zmin: -2, zmax: 2});
  const {bdata} = data[0]!.z as {bdata: string};
  const numbers = Array.from({length: 6}, (_, i) =>
    Buffer.from(bdata, 'base64')
      .readFloatLE(4 * i)
      .toFixed(2),
  );
  expect(numbers).toEqual(['NaN', '0.50', '-2.00', '0.00', 'NaN', '0.30']);
  const {source} = (layout.images as {source: string}[])[0]!;
  const {at} = decode(Buffer.from(source.split(',')[1]!, 'base64'));
  expect([at(20, 20), at(22, 22)]).toEqual([
    [255, 0, 255],
    [255, 0, 255],
  ]);
  expect(at(22, 20)).toEqual([255, 255, 255]);
  expect(told).toEqual(['Note: 2 of 6 pixels are NaN or infinite; they are drawn in magenta.']);
});

test('saliencyChart takes an image of equal floats', () => {
  const flat = {pixels: new Float32Array(6).fill(0.5), shape: [1, 2, 3]};
  expect(saliencyChart(flat, map).data).toHaveLength(1);
});
