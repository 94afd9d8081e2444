/** How far images may be moved, turned and resized, each way. */
export interface WarpLimits {
  /** Pixels, across and down. */
  shift: number;
  /** Degrees. */
  rotate: number;
  /** A share of the size: 0.1 is from 0.9 to 1.1 times as large. */
  zoom: number;
}

/**
 * A random warp for each of `count` images: turned and resized about the middle, then moved, each by an amount that is
 * equally likely anywhere within the limits.
 *
 * @param random Numbers in [0, 1): four an image.
 * @returns [count, 8], as tf.image.transform takes it. Written from the new picture's side: the new pixel (x, y) takes
 *   its value from the place (a x + b y + c, d x + e y + f) of the old picture. Row [a, b, c, d, e, f, 0, 0].
 */
export function randomWarps(
  count: number,
  [height, width]: [number, number],
  {shift, rotate, zoom}: WarpLimits,
  random: () => number,
): Float32Array {
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
    const x = middle.x + right;
    const y = middle.y + down;
    rows.set([cos, sin, middle.x - cos * x - sin * y, -sin, cos, middle.y + sin * x - cos * y, 0, 0], i * 8);
  }
  return rows;
}
