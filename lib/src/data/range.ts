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

/** A set that uses less than this share of its depth is darker, or flatter, than a network expects. */
const LITTLE = 0.1;

/** What to say of a set whose values lie close together; nothing of floats, which have no range of their own. */
export function rangeNotes({pixels}: ImageSet): string[] {
  if (pixels instanceof Float32Array || pixels.length === 0) return [];
  const full = 2 ** (8 * pixels.BYTES_PER_ELEMENT);
  const [low, high] = rangeOf(pixels, LITTLE * full)!;
  if (high - low >= LITTLE * full) return [];
  return [
    `the pictures' values go from ${low} to ${high}, a small part of the ${full} that their ${pixels.BYTES_PER_ELEMENT * 8} ` +
      'bits could tell apart; rescale(train) brings them to 0 to 1.',
  ];
}
