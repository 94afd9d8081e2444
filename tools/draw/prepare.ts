/** Side of the data set's pictures, and of the square in them that a digit fills, in pixels. */
export const SIDE = 28;
const DIGIT = 20;

/** Brightness of pixels, row by row. */
export interface Grey {
  readonly values: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
}

/**
 * A drawing in the form of MNIST's pictures: cut out, made as large as fits into 20 × 20 pixels with its proportions
 * kept, and moved by whole pixels until its centre of mass is the middle of 28 × 28. So it was done for the data set; see
 * http://yann.lecun.com/exdb/mnist/.
 *
 * @param drawing 0 where there is no ink, up to 1 where there is; any size
 * @returns 28 × 28 values from 0 to 1, row by row; nothing when there is no ink
 */
export function toMnist(drawing: Grey): Float32Array | undefined {
  const box = inkBox(drawing);
  if (!box) return undefined;
  const scale = DIGIT / Math.max(box.width, box.height);
  const digit = shrink(drawing, box, scale);
  const centre = centreOfMass(digit);
  return place(digit, startOf(centre.x, digit.width), startOf(centre.y, digit.height));
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

function inkBox({values, width, height}: Grey): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!(values[y * width + x]! > 0)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return right < 0 ? undefined : {left, top, width: right - left + 1, height: bottom - top + 1};
}

/** Each pixel of the result is the mean of what it covers, fractions of pixels included: edges become grey. */
function shrink({values, width}: Grey, box: Box, scale: number): Grey {
  const columns = overlaps(box.left, box.width, scale);
  const rows = overlaps(box.top, box.height, scale);
  const out = new Float32Array(columns.length * rows.length);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      let sum = 0;
      for (const {at: fromY, share: shareY} of row) {
        for (const {at: fromX, share: shareX} of column) sum += values[fromY * width + fromX]! * shareX * shareY;
      }
      out[y * columns.length + x] = sum;
    });
  });
  return {values: out, width: columns.length, height: rows.length};
}

/** For each new pixel along one side, the old pixels below it, each with its share of the new one. */
function overlaps(start: number, length: number, scale: number): {at: number; share: number}[][] {
  const count = Math.max(1, Math.round(length * scale));
  const step = 1 / scale;
  // Rounding to whole pixels leaves a little to both sides, or takes it from them.
  const begin = start + (length - count * step) / 2;
  return Array.from({length: count}, (_, i) => {
    const [from, to] = [begin + i * step, begin + (i + 1) * step];
    const covered = [];
    for (let at = Math.max(start, Math.floor(from)); at < Math.min(start + length, to); at++) {
      covered.push({at, share: (Math.min(to, at + 1) - Math.max(from, at)) / step});
    }
    return covered;
  });
}

function centreOfMass({values, width, height}: Grey): {x: number; y: number} {
  let [mass, x, y] = [0, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const ink = values[row * width + column]!;
      mass += ink;
      x += ink * (column + 0.5);
      y += ink * (row + 0.5);
    }
  }
  return {x: x / mass, y: y / mass};
}

/**
 * Where a side of the digit begins: all of it inside, and its centre between 14 and 15, just past the middle, where it is
 * in every picture of the data set.
 */
function startOf(centre: number, length: number): number {
  return Math.min(Math.max(Math.ceil(SIDE / 2 - centre), 0), SIDE - length);
}

function place({values, width, height}: Grey, left: number, top: number): Float32Array {
  const out = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) out[(top + y) * SIDE + left + x] = values[y * width + x]!;
  }
  return out;
}
