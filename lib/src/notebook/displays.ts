/** How convlab's and TensorFlow.js's things look as a cell's last value, and under `show`. */
import {inspect} from 'node:util';
import {historyChart} from '../charts/history';
import {isFigure} from '../charts/figure';
import type {ImageDataset} from '../data/imageDataset';
import {ImageSet} from '../data/imageSet';
import {emptyLike} from '../data/pixels';
import {escapeHtml} from '../html';
import {picture, Picture} from '../pictures/picture';
import {tf} from '../tfjs/tensorflow';
import {History} from '../training/history';
import {figureBundle} from './figureOutput';
import {type Bundle, findKernel} from './kernel';
import {layerText, modelForm, tabulateTensors, tellNetworks, tensorText} from './networks';

/** The pictures that stand for a set. */
const SAMPLES = 8;

/** A value in the forms that viewers can choose from; undefined for what has no form of its own. */
export function displayOf(value: unknown): Bundle | undefined {
  if (value instanceof Picture) return pictureBundle(value);
  if (isFigure(value)) return figureBundle(value);
  if (value instanceof tf.Tensor) return textBundle(tensorText(value as tf.Tensor));
  if (value instanceof tf.LayersModel) return modelBundle(modelForm(value));
  if (value instanceof tf.layers.Layer) return textBundle(layerText(value));
  if (value instanceof ImageSet) return imageSetBundle(value);
  if (value instanceof History) return historyBundle(value);
  if (isDataset(value)) return textBundle(datasetText(value));
  return hasHtml(value) ? htmlBundle(value) : undefined;
}

/** Text whose columns stay lined up, however wide: the output scrolls instead of breaking lines. */
export function textBundle(text: string): Bundle {
  const html = `<pre style="margin: 0; white-space: pre; overflow-x: auto">${escapeHtml(text)}</pre>`;
  return {data: {'text/html': html, 'text/plain': text}, metadata: {}};
}

function pictureBundle({png, width, height, alt}: Picture): Bundle {
  return {
    data: {'image/png': png.toString('base64'), 'text/plain': alt},
    metadata: {'image/png': {width, height}},
  };
}

function modelBundle(form: ReturnType<typeof modelForm>): Bundle {
  return typeof form === 'string' ? textBundle(form) : displayOf(form)!;
}

function imageSetBundle(set: ImageSet): Bundle {
  const text = set.toString();
  if (set.length === 0) return textBundle(text);
  const {png, width, height, alt} = samplesOf(set);
  const image = `<img src="data:image/png;base64,${png.toString('base64')}" width="${width}" height="${height}" alt="${escapeHtml(alt)}">`;
  const html = `<pre style="margin: 0; white-space: pre; overflow-x: auto">${escapeHtml(text)}</pre>${image}`;
  return {data: {'text/html': html, 'text/plain': text}, metadata: {}};
}

/** Its first pictures; of channels that are no colours a row for each, in grey. */
function samplesOf(set: ImageSet): Picture {
  const count = Math.min(SAMPLES, set.length);
  const [, height, width, channels = 1] = set.shape as [number, number, number, number?];
  if (DRAWN.includes(channels)) return picture(set, count, {columns: SAMPLES});
  const rows = Math.min(SAMPLES, channels);
  const size = height * width;
  const pixels = emptyLike(set.pixels, rows * count * size);
  for (let at = 0; at < pixels.length; at++) {
    const [row, image, pixel] = [Math.floor(at / size / count), Math.floor(at / size) % count, at % size];
    pixels[at] = set.pixels[(image * size + pixel) * channels + row]!;
  }
  return picture({pixels, shape: [rows * count, height, width]}, rows * count, {columns: count});
}

/** So many channels are grey, or colours without transparency or with it. */
const DRAWN = [1, 3, 4];

function historyBundle(history: History): Bundle {
  const text = inspect(history.history, {breakLength: 100});
  if (Object.keys(history.history).length === 0) return textBundle('History of no epochs');
  const chart = figureBundle(historyChart(history));
  return {...chart, data: {...chart.data, 'text/plain': `History ${text}`}};
}

function isDataset(value: unknown): value is ImageDataset {
  const {train, test, classNames} = (value ?? {}) as Partial<ImageDataset>;
  return train instanceof ImageSet && test instanceof ImageSet && Array.isArray(classNames);
}

function datasetText({name, classNames, ...parts}: ImageDataset): string {
  const lines = Object.entries(parts).flatMap(([part, set]) =>
    set instanceof ImageSet ? [`  ${part}: ${set.toString().replace('\n', '\n    ')}`] : [],
  );
  return [`${name}: ${classNames.length} classes (${shortened(classNames)})`, ...lines].join('\n');
}

function shortened(names: readonly string[]): string {
  return names.length <= 12 ? names.join(', ') : [...names.slice(0, 6), '…', ...names.slice(-3)].join(', ');
}

/** Tables of this library and of others. */
function htmlBundle(value: {toHTML(): unknown}): Bundle | undefined {
  const html = value.toHTML();
  if (typeof html !== 'string') return undefined;
  const {toString} = value as {toString?: unknown};
  const tells = typeof toString === 'function' && toString !== Object.prototype.toString;
  const text = tells ? (toString as () => string).call(value) : inspect(value, {depth: 1});
  return {data: {'text/html': html, 'text/plain': text}, metadata: {}};
}

function hasHtml(value: unknown): value is {toHTML(): unknown} {
  return typeof (value as {toHTML?: unknown} | null | undefined)?.toHTML === 'function';
}

// In a notebook, last values of cells look so from now on, and so do tensors and models among what console.log prints.
const kernel = findKernel();
if (kernel) {
  kernel.format = displayOf;
  tellNetworks();
  tabulateTensors();
}
