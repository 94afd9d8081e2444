import type {Pixels} from './pixels';
import type {ImageSet} from './imageSet';

/**
 * The smallest and the largest of the values that are finite; undefined when none is. It looks no further once they are
 * `enough` apart.
 */
export function rangeOf(values: ArrayLike<number>, enough = Infinity): [low: number, high: number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length && !(high - low >= enough); i++) {
    const value = values[i]!;
    if (value < low && value !== -Infinity) low = value;
    if (value > high && value !== Infinity) high = value;
  }
  return low <= high ? [low, high] : undefined;
}

/** What to say of values that are no numbers to learn from; `where` is the part of the data set. */
export function finiteNotes(where: string, {pixels, length}: ImageSet): string[] {
  if (!(pixels instanceof Float32Array) || length === 0) return [];
  const each = pixels.length / length;
  let [values, pictures, last] = [0, 0, -1];
  for (let i = 0; i < pixels.length; i++) {
    if (Number.isFinite(pixels[i])) continue;
    values++;
    const picture = Math.floor(i / each);
    if (picture !== last) pictures++;
    last = picture;
  }
  return values === 0 ? [] : [notFinite(where, values, `in ${pictures} of its ${length} pictures`)];
}

function notFinite(where: string, values: number, places: string): string {
  return (
    `${where} has ${values} value${values === 1 ? '' : 's'} that ${values === 1 ? 'is' : 'are'} NaN or infinite, ${places}; ` +
    'a network that meets one learns nothing from then on: replace them, or leave these pictures out.'
  );
}

/** A set that uses less than this share of its depth is darker, or flatter, than a network expects. */
const LITTLE = 0.1;

/** What to say of a set whose values lie close together; nothing of floats, which have no range of their own. */
export function rangeNotes({pixels}: ImageSet): string[] {
  if (pixels instanceof Float32Array) return [];
  const range = new RangeSoFar();
  range.add(pixels);
  return range.notes(() => 'rescale(train) brings them to 0 to 1');
}

/** A part that goes no higher than 1 was brought there, and one that goes higher than this was not, not even roughly. */
const SCALED = 1;
const UNSCALED = 10;

/** What to say of parts that were stored apart and of which one goes up to 255 and another up to 1. */
export function scaleNotes(parts: readonly (readonly [name: string, set: ImageSet])[]): string[] {
  const largest = parts.flatMap(([name, {pixels}]) => {
    const range = rangeOf(pixels);
    return range === undefined ? [] : [{name, value: Math.max(-range[0], range[1])}];
  });
  const [small, ...others] = largest.sort((a, b) => a.value - b.value);
  const large = others.at(-1);
  if (small === undefined || large === undefined || small.value > SCALED || large.value <= UNSCALED) return [];
  const upTo = ({name, value}: {name: string; value: number}) => `${name} goes up to ${Number(value.toPrecision(4))}`;
  return [
    `${upTo(large)} and ${upTo(small)}: a model that has learnt from one doesn't know the other; bring them to one scale ` +
      'before they are saved.',
  ];
}

/** The range of pictures that come in pieces. */
export class RangeSoFar {
  private low = Infinity;
  private high = -Infinity;
  private bits = 0;
  private broken = 0;

  /** Looks no further once the values are far enough apart; floats that are NaN or infinite it counts. */
  add(pixels: Pixels): void {
    if (pixels instanceof Float32Array) {
      for (const value of pixels) if (!Number.isFinite(value)) this.broken++;
      return;
    }
    if (pixels.length === 0) return;
    this.bits = 8 * pixels.BYTES_PER_ELEMENT;
    if (!this.isSmall) return;
    const [low, high] = rangeOf(pixels, LITTLE * 2 ** this.bits)!;
    this.low = Math.min(this.low, low);
    this.high = Math.max(this.high, high);
  }

  private get isSmall(): boolean {
    return this.high - this.low < LITTLE * 2 ** this.bits;
  }

  /** @param help what to do, from the lowest and the highest value */
  notes(help: (low: number, high: number) => string): string[] {
    if (this.broken > 0) return [notFinite('the stream', this.broken, 'in its first pass')];
    if (this.bits === 0 || !this.isSmall) return [];
    return [
      `the pictures' values go from ${this.low} to ${this.high}, a small part of the ${2 ** this.bits} that their ${this.bits} ` +
        `bits could tell apart; ${help(this.low, this.high)}.`,
    ];
  }
}
