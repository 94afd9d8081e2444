import {blackToWhite, count as countKind, positive, text} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {rangeOf} from '../data/range';
import {imagesKind, stackOf, type Images} from '../pictures/images';
import {GAP} from '../pictures/grid';
import {picture} from '../pictures/picture';
import type {Figure} from './figure';
import {overPicture} from './overPicture';
import {plain} from './theme';

export interface FeatureMapOptions {
  /** What is seen. Default: how many maps of what size. */
  title?: string;
  /** Maps in a row. Default: 8. */
  columns?: number;
  /** Screen pixels a value. Default: what makes a map about 80 pixels wide. */
  scale?: number;
  /** The values drawn black and white. Default: the smallest and the largest of all maps. */
  range?: readonly [low: number, high: number];
}

const MARGIN = {l: 8, r: 8, t: 48, b: 8};

/**
 * What a layer makes of one image: each of its feature maps as a small grey picture, numbered from 0. Black is the smallest
 * and white the largest value of all, unless a range says otherwise. Hovering over a map tells its range of values.
 *
 * @param maps shape [height, width, maps] or [1, height, width, maps], as a convolution returns it.
 * @param options How to draw them.
 * @returns A figure for `show` or `figureToPng`.
 * @throws Error when there is more than one image, or the shape says something else.
 *
 * @example
 * show(featureMapChart(firstLayer.apply(image) as tf.Tensor));
 */
export function featureMapChart(maps: Images, options: FeatureMapOptions = {}): Figure {
  return publicCall('featureMapChart', () => {
    checkArguments({options, maps}, {options: featureMapOptions, maps: imagesKind});
    return draw(planesOf(maps), options);
  });
}

const featureMapOptions = optionsOf<FeatureMapOptions>({
  title: optional(text),
  columns: optional(countKind),
  scale: optional(positive),
  range: optional(blackToWhite),
});

/** Map after map. */
interface Planes {
  planes: Float32Array;
  count: number;
  height: number;
  width: number;
}

function draw({planes, count, height, width}: Planes, options: FeatureMapOptions): Figure {
  const columns = Math.min(options.columns ?? 8, count);
  const rows = Math.ceil(count / columns);
  const scale = options.scale ?? Math.max(1, Math.round(80 / Math.max(height, width)));
  const stack = {pixels: planes, shape: [count, height, width]};
  const {range} = options;
  const grid = picture(stack, count, {columns, scale, titles: (i) => String(i), ...(range ? {range} : {})});

  const title = options.title === undefined ? `${count} feature maps of ${height} × ${width}` : plain(options.title);
  const {layout} = overPicture(grid, title, MARGIN);
  // A grid of clear cells over the picture, one a map, answers the mouse.
  const cell = {width: (grid.width - GAP) / columns, height: (grid.height - GAP) / rows};
  const at = (row: number, column: number): number => row * columns + column;
  const table = <T>(value: (map: number) => T): (T | null)[][] =>
    Array.from({length: rows}, (_, row) =>
      Array.from({length: columns}, (_, column) => (at(row, column) < count ? value(at(row, column)) : null)),
    );
  const clear = 'rgba(255, 255, 255, 0)';
  const data = [
    {
      type: 'heatmap',
      x0: GAP / 2 + cell.width / 2,
      dx: cell.width,
      y0: GAP / 2 + cell.height / 2,
      dy: cell.height,
      z: table(() => 0),
      customdata: table((map) => describe(map, planes.subarray(map * height * width, (map + 1) * height * width))),
      hovertemplate: '%{customdata}<extra></extra>',
      hoverongaps: false,
      colorscale: [
        [0, clear],
        [1, clear],
      ],
      showscale: false,
    },
  ];
  return {data, layout};
}

/** The layer's order has the maps last: value after value. */
function planesOf(maps: Images): Planes {
  const shape = maps.shape.length === 4 && maps.shape[0] === 1 ? maps.shape.slice(1) : maps.shape;
  if (shape.length !== 3 || shape.includes(0)) {
    throw new CallError(
      'expected the maps of one image, shape [height, width, maps] or [1, height, width, maps], ' +
        `got [${maps.shape.join(', ')}]`,
    );
  }
  const [height, width, count] = shape as [number, number, number];
  const pixels = 'pixels' in maps ? maps.pixels : maps.dataSync();
  const {values} = stackOf({pixels, shape: [height, width * count]});
  const size = height * width;
  const planes = new Float32Array(values.length);
  for (let map = 0; map < count; map++) {
    for (let i = 0; i < size; i++) planes[map * size + i] = values[i * count + map]!;
  }
  return {planes, count, height, width};
}

function describe(map: number, values: Float32Array): string {
  const [low, high] = rangeOf(values) ?? [NaN, NaN];
  return `map ${map}: from ${low.toPrecision(3)} to ${high.toPrecision(3)}`;
}
