import {inspect} from 'node:util';
import {describe as describeValue} from '../arguments/describe';
import {blackToWhite, count, isArrayLike, positive, trueOrFalse} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, type OptionalKind, optionsOf} from '../arguments/schema';
import {warn} from '../data/warnings';
import {drawGrid, type Tile} from './grid';
import {rgba, stackOf, type Images, type ImageStack} from './images';

/** How images are laid out. */
export interface PictureOptions {
  /** Images in a row. Default: up to five in one row, more in rows of five or ten. */
  columns?: number;
  /** Screen pixels a pixel; whole numbers keep them square and sharp. Default: what suits the number of images. */
  scale?: number;
  /** A title over each image, or a function of the image's index in the set that makes one. */
  titles?: readonly string[] | ((index: number) => string);
  /** Frames an image in orange: one value an image, or a function of its index in the set. */
  marked?: readonly boolean[] | ((index: number) => boolean);
  /** Draws rows as columns, as a program does that stores images the other way round. */
  transposed?: boolean;
  /** The values drawn black and white. Default: 0 and 255 for bytes, else the smallest and the largest that are finite. */
  range?: readonly [low: number, high: number];
}

/** A drawn picture: PNG bytes with the size to show them at. `show(picture)` puts it into the notebook. */
export class Picture {
  constructor(
    /** The file, at twice the pixels of the size below: sharp on fine screens. */
    readonly png: Buffer,
    /** In screen pixels. */
    readonly width: number,
    /** In screen pixels. */
    readonly height: number,
    /** What can be seen, in words: for screen readers, and where pictures can't be shown. */
    readonly alt: string,
  ) {}

  /** In lists, and under `console.log`: its bytes tell nobody anything. */
  [inspect.custom](): string {
    return this.toString();
  }

  toString(): string {
    return `[Picture ${this.width} × ${this.height}: ${this.alt}]`;
  }
}

/** So many are drawn at once, unless more are asked for by count or index. */
const DEFAULT_COUNT = 100;

/**
 * Draws images side by side, enlarged so that each pixel is a square. Values that are NaN or infinite are drawn in magenta,
 * and a note says how many.
 *
 * @param images an ImageSet, a tensor, or `{pixels, shape}`.
 * @param which positions in the set, or how many from its start; nothing draws all (100 at most).
 * @param options How to draw them.
 * @returns The picture: `show` puts it into the notebook, and its `png` is a file.
 * @throws Error when an index is out of range, or titles and images differ in number.
 *
 * @example
 * show(picture(train, 5));
 * show(picture(test, wrong, {titles: (i) => `${test.labels[i]} → ${predicted[i]}`, marked: () => true}));
 */
export function picture(images: Images, which?: number | ArrayLike<number>, options: PictureOptions = {}): Picture {
  return publicCall('picture', () => {
    checkArguments({options}, {options: pictureOptions});
    return draw(stackOf(images, options.range), which, options);
  });
}

function draw(stack: ImageStack, which: number | ArrayLike<number> | undefined, options: PictureOptions): Picture {
  const indices = pick(which, stack.count);
  const titles = perImage('titles', options.titles, indices);
  const marked = perImage('marked', options.marked, indices);
  const transposed = options.transposed ?? false;
  let notFinite = 0;
  const tiles = indices.map((index, i): Tile => {
    const drawn = rgba(stack, index, transposed);
    notFinite += drawn.notFinite;
    return {rgba: drawn.rgba, title: titles?.[i], marked: marked?.[i] ?? false};
  });
  if (notFinite > 0) {
    const count = tiles.length * stack.height * stack.width;
    warn([`${notFinite} of ${count} pixels are NaN or infinite; they are drawn in magenta.`]);
  }
  const {columns = defaultColumns(indices.length)} = options;
  const size = transposed ? {width: stack.height, height: stack.width} : {width: stack.width, height: stack.height};
  const {scale = defaultScale(size, indices.length, columns)} = options;
  checkSize(size, Math.min(columns, tiles.length), tiles.length, scale);
  const grid = drawGrid(tiles, {...size, columns: Math.min(columns, tiles.length), scale});
  return new Picture(grid.png, grid.width, grid.height, describe(tiles, size));
}

function pick(which: number | ArrayLike<number> | undefined, count: number): number[] {
  if (typeof which === 'number' && (!Number.isInteger(which) || which < 1 || which > count)) {
    throw new CallError(
      `can't draw the first ${which} of ${count} images; for the single image at position i pass [i]`,
    );
  }
  if (which !== undefined && typeof which !== 'number' && !isArrayLike(which)) {
    throw new CallError(`expected how many images to draw, or a list of their positions, got ${describeValue(which)}`);
  }
  const indices =
    typeof which === 'object'
      ? Array.from(which)
      : Array.from({length: which ?? Math.min(count, DEFAULT_COUNT)}, (_, i) => i);
  if (indices.length === 0) throw new CallError('no image to draw; the list of indices is empty');
  for (const index of indices) {
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new CallError(`index ${index} is out of range; these are images 0 to ${count - 1}`);
    }
  }
  return indices;
}

function perImage<T>(
  name: string,
  values: readonly T[] | ((index: number) => T) | undefined,
  indices: number[],
): readonly T[] | undefined {
  if (typeof values === 'function') return indices.map(values);
  if (values && values.length !== indices.length) {
    throw new CallError(`${indices.length} images need as many ${name}, got ${values.length}`);
  }
  return values;
}

function defaultColumns(count: number): number {
  if (count <= 5) return count;
  return count <= 10 ? 5 : 10;
}

/** Large when there is one, small enough for a row to fit a notebook when there are many; of lines as wide as they have to be. */
function defaultScale({width, height}: {width: number; height: number}, count: number, columns: number): number {
  const target = count === 1 ? 200 : columns <= 5 ? 130 : 80;
  const side = Math.max(width, height);
  return side > target ? Math.max(target / side, THINNEST / Math.min(width, height)) : Math.round(target / side);
}

/** Screen pixels that the shorter side has to have: less wouldn't be seen. */
const THINNEST = 0.5;

/** What a canvas can hold, with room for gaps and titles. */
const LARGEST_SIDE = 16_000;

function checkSize({width, height}: {width: number; height: number}, columns: number, count: number, scale: number) {
  const side = Math.max(width * columns, height * Math.ceil(count / columns)) * scale;
  if (side > LARGEST_SIDE || Math.min(width, height) * scale < THINNEST) {
    throw new CallError(
      `at scale ${scale} the picture would be ${Math.round(side)} pixels long, expected 1 to ${LARGEST_SIDE}; choose another scale or fewer images`,
    );
  }
}

/** One value an image: a list, or a function of the image's position. */
function perImageKind(what: string, fits: (value: unknown) => boolean): OptionalKind {
  return optional({
    expected: `a list of ${what}, or a function that makes one`,
    fits: (value) => typeof value === 'function' || (Array.isArray(value) && value.every(fits)),
  });
}

const pictureOptions = optionsOf<PictureOptions>({
  columns: optional(count),
  scale: optional(positive),
  titles: perImageKind('texts', (value) => typeof value === 'string'),
  marked: perImageKind('true or false', (value) => typeof value === 'boolean'),
  transposed: optional(trueOrFalse),
  range: optional(blackToWhite),
});

function describe(tiles: Tile[], {width, height}: {width: number; height: number}): string {
  const what = `${tiles.length === 1 ? 'an image' : `${tiles.length} images`} of ${height} × ${width} pixels`;
  const titles = tiles.flatMap(({title}) => title ?? []);
  return titles.length > 0 ? `${what}: ${titles.join(' | ')}` : what;
}
