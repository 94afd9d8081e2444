/** How far images may be moved, turned and resized, each way. */
export interface WarpLimits {
  /** Pixels, across and down. */
  shift: number;
  /** Degrees. */
  rotate: number;
  /** A share of the size: 0.1 is from 0.9 to 1.1 times as large. */
  zoom: number;
  /** Mirrors about half of the images: left and right, top and bottom, or each of both by a toss of its own. */
  flip?: Flip;
  /** Whether to turn each image by 0, 90, 180 or 270 degrees, for pictures that have no upright: square ones. */
  quarterTurns?: boolean;
}

/** The modes of Keras's RandomFlip. */
export type Flip = (typeof FLIPS)[number];
export const FLIPS = ['horizontal', 'vertical', 'horizontal_and_vertical'] as const;

/**
 * A random warp for each of `count` images: turned and resized about the middle, then moved, each by an amount that is
 * equally likely anywhere within the limits. Flips and quarter turns take every pixel to the middle of another.
 *
 * @param random Numbers in [0, 1): four an image, and one more for each way to flip and for a quarter turn.
 * @returns [count, 8], as tf.image.transform takes it. Written from the new picture's side: the new pixel (x, y) takes
 *   its value from the place (a x + b y + c, d x + e y + f) of the old picture. Row [a, b, c, d, e, f, 0, 0].
 */
export function randomWarps(
  count: number,
  [height, width]: [number, number],
  limits: WarpLimits,
  random: () => number,
): Float32Array {
  const {shift, rotate, zoom} = limits;
  const upTo = (limit: number) => (2 * random() - 1) * limit;
  const middle = {x: (width - 1) / 2, y: (height - 1) / 2};
  const rows = new Float32Array(count * 8);
  for (let i = 0; i < count; i++) {
    const right = upTo(shift);
    const down = upTo(shift);
    const angle = (upTo(rotate) * Math.PI) / 180;
    const size = 1 + upTo(zoom);
    // The way back: undo the move, then the turn and the zoom.
    const cos = Math.cos(angle) / size;
    const sin = Math.sin(angle) / size;
    const [[p, q], [r, t]] = randomOrientation(limits, random);
    const [a, b, d, e] = [p * cos - q * sin, p * sin + q * cos, r * cos - t * sin, r * sin + t * cos];
    const x = middle.x + right;
    const y = middle.y + down;
    rows.set([a, b, middle.x - a * x - b * y, d, e, middle.y - d * x - e * y, 0, 0], i * 8);
  }
  return rows;
}

type Matrix = [[number, number], [number, number]];

/** A quarter turn and flips, as a matrix of whole numbers. */
function randomOrientation({flip, quarterTurns = false}: WarpLimits, random: () => number): Matrix {
  const turns = quarterTurns ? Math.floor(4 * random()) : 0;
  const across = flip !== undefined && flip !== 'vertical' && random() < 0.5 ? -1 : 1;
  const down = flip !== undefined && flip !== 'horizontal' && random() < 0.5 ? -1 : 1;
  const [cos, sin] = [[1, 0, -1, 0][turns]!, [0, 1, 0, -1][turns]!];
  return [
    [across * cos, -across * sin],
    [down * sin, down * cos],
  ];
}
