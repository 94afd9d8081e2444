import {count, positive, text, texts} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {rangeOf} from '../data/range';
import {GAP} from '../pictures/grid';
import {imagesKind, stackOf, type Images, type ImageStack} from '../pictures/images';
import {picture} from '../pictures/picture';
import type {Figure} from './figure';
import {overPicture} from './overPicture';
import {colours, plain} from './theme';

/** How maps are laid over their images. */
export interface SaliencyOptions {
  /** What is seen. Default: "Which pixels counted". */
  title?: string;
  /** What a value of the maps says, with its unit; stands beside the colours. Default: "weight of the pixel". */
  measure?: string;
  /** A title over each image. */
  titles?: readonly string[];
  /** Images in a row. Default: 5. */
  columns?: number;
  /** Screen pixels a pixel. Default: what makes an image about 170 pixels wide. */
  scale?: number;
  /** The number drawn in full colour, such as 1 for a probability. Default: the strongest of all maps. */
  strongest?: number;
}

/** The images are drawn pale, with little of their contrast left, so that a value has nearly one colour wherever it lies, and the colours over them stand out. */
const PALE = 0.15;
/** From 0 to the strongest: the eye tells no more shades apart, and each makes a notebook with the chart in it larger. */
const STEPS = 20;
const MARGIN = {l: 8, r: 128, t: 48, b: 8};
const BAR_GAP = 20;

/**
 * Which pixels decided: a map of numbers over each image, blue where a number is positive, orange where it is negative,
 * the stronger the farther from 0; one scale for all. Hovering over a pixel tells its number, to a twentieth of the
 * strongest. A pixel whose number is NaN or infinite is drawn in magenta, and a note says how many there are.
 *
 * @param images one or several, as `picture` takes them.
 * @param maps [height, width] or [n, height, width]: a number for each pixel of each image, such as a gradient, or what
 *   `occlusion` returns.
 * @param options How to draw them.
 * @returns A figure for `show` or `figureToPng`.
 * @throws Error when images, maps and titles differ in number or size.
 *
 * @example
 * show(saliencyChart(test.select([0]), await occlusion(model, x.slice(0, 1)), {measure: 'probability lost'}));
 */
export function saliencyChart(images: Images, maps: Images, options: SaliencyOptions = {}): Figure {
  return publicCall('saliencyChart', () => {
    checkArguments({images, maps, options}, {images: imagesKind, maps: imagesKind, options: saliencyOptions});
    const [shown, over] = [stackOf(images), stackOf(maps)];
    checkSizes(shown, over);
    return draw(shown, over, options);
  });
}

const saliencyOptions = optionsOf<SaliencyOptions>({
  title: optional(text),
  measure: optional(text),
  titles: optional(texts),
  columns: optional(count),
  scale: optional(positive),
  strongest: optional(positive),
});

function draw(shown: ImageStack, over: ImageStack, options: SaliencyOptions): Figure {
  const {title = 'Which pixels counted', measure = 'weight of the pixel', titles} = options;
  const columns = Math.min(options.columns ?? 5, shown.count);
  const scale = options.scale ?? Math.max(1, Math.round(170 / Math.max(shown.height, shown.width)));
  const [low, high] = shown.range;
  const underlay = {pixels: marked(shown, over), shape: [shown.count, shown.height, shown.width, shown.channels]};
  const grid = picture(underlay, shown.count, {
    columns,
    scale,
    ...(titles ? {titles} : {}),
    range: [high - (high - low) / PALE, high],
  });
  const [least, most] = rangeOf(over.values) ?? [0, 0];
  const strongest = options.strongest ?? Math.max(Math.abs(least), Math.abs(most));

  const {layout, span} = overPicture(grid, plain(title), MARGIN);
  const cell = {width: (grid.width - GAP) / columns, height: (grid.height - GAP) / Math.ceil(shown.count / columns)};
  const data = Array.from({length: shown.count}, (_, i) => ({
    ...overlay(over, i, strongest, measure),
    // An image stands in the middle of its cell and at the foot of it, below its title.
    x0: GAP + (i % columns) * cell.width + (cell.width - GAP - shown.width * scale) / 2 + scale / 2,
    dx: scale,
    y0: (Math.floor(i / columns) + 1) * cell.height - shown.height * scale + scale / 2,
    dy: scale,
    showscale: i === 0,
    colorbar: {
      title: {text: plain(measure), side: 'right', font: {size: 12}},
      thickness: 12,
      outlinewidth: 0,
      x: (grid.width + BAR_GAP) / span,
      xpad: 0,
      len: 1,
    },
  }));
  return {data, layout};
}

function checkSizes(images: ImageStack, maps: ImageStack): void {
  const sizeOf = ({count, height, width}: ImageStack): string => `${count} of ${height} × ${width}`;
  if (maps.channels !== 1 || sizeOf(images) !== sizeOf(maps)) {
    throw new CallError(
      `expected a map for each image, with a number for each pixel; got images: ${sizeOf(images)}, ` +
        `maps: ${sizeOf(maps)}${maps.channels === 1 ? '' : ` with ${maps.channels} channels`}`,
    );
  }
}

/** The images' values, with NaN where a map has no finite number: `picture` marks and counts these. */
function marked({values, channels}: ImageStack, maps: ImageStack): ArrayLike<number> {
  const bad = Array.from(maps.values).flatMap((value, i) => (Number.isFinite(value) ? [] : i));
  if (bad.length === 0) return values;
  const copy = Float32Array.from(values);
  for (const i of bad) copy.fill(NaN, i * channels, (i + 1) * channels);
  return copy;
}

/** The colours fade out towards 0, so that the image shows where nothing is to be said. */
function overlay({values, height, width}: ImageStack, index: number, strongest: number, measure: string): object {
  const step = strongest / STEPS || 1;
  const size = height * width;
  const z = Float32Array.from({length: size}, (_, i) => {
    const value = values[index * size + i]!;
    return Number.isFinite(value) ? Math.round(value / step) * step : NaN;
  });
  return {
    type: 'heatmap',
    // Plotly's form for numbers in bytes: as text they would take five times the room in a notebook.
    z: {dtype: 'f4', bdata: Buffer.from(z.buffer).toString('base64'), shape: `${height}, ${width}`},
    hovertemplate: `${plain(measure)}: %{z:.2~g}<extra></extra>`,
    zmin: -strongest || -1,
    zmax: strongest || 1,
    colorscale: [
      [0, veil(colours.orange, 1)],
      [0.5, veil(colours.orange, 0)],
      [0.5, veil(colours.blue, 0)],
      [1, veil(colours.blue, 1)],
    ],
  };
}

function veil(colour: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
  return `rgba(${red!}, ${green!}, ${blue!}, ${opacity})`;
}
