import {isTensor} from '../arguments/describe';
import {count} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, type Kind, optional, optionsOf} from '../arguments/schema';
import {tf} from '../tfjs/tensorflow';

/** How `nearestNeighbours` looks. */
export interface NearestNeighboursOptions {
  /** How many neighbours each point gets. Default: 1. */
  count?: number;
}

/**
 * For each point the positions of the known points nearest to it, as `get.knnx` of R's FNN and scikit-learn's
 * `NearestNeighbors` find them. A point is a row: all numbers of a picture, or what a layer has made of it. Near is meant as a
 * ruler does: the square root of the summed squares of all differences.
 *
 * @param points [n, …], those that are asked about.
 * @param known [m, …] with as many numbers a row, such as the pictures that were learnt.
 * @param options How many neighbours.
 * @returns A list for each point, its nearest neighbour first: positions among the known ones, from 0. Of two as near the first
 *   comes first.
 * @throws Error when rows differ in length or hold NaN or infinity, or more neighbours are asked for than there are.
 *
 * @example
 * const nearest = nearestNeighbours(xTest, xTrain);
 * const answers = nearest.map(([i]) => train.labels[i]);
 */
export function nearestNeighbours(
  points: tf.Tensor,
  known: tf.Tensor,
  options: NearestNeighboursOptions = {},
): number[][] {
  return publicCall('nearestNeighbours', () => {
    checkArguments({points, known, options}, {points: rowsKind, known: rowsKind, options: neighboursOptions});
    const {count: wanted = 1} = options;
    const [width, knownWidth] = [widthOf(points), widthOf(known)];
    if (width !== knownWidth) {
      throw new CallError(`points have ${width} numbers each and known ones ${knownWidth}; they must be alike`);
    }
    if (wanted > known.shape[0]) {
      throw new CallError(`count is ${wanted}, and there are only ${known.shape[0]} known points`);
    }
    checkFinite({points, known});
    return find(points, known, wanted);
  });
}

/** One value that isn't would leave no distance to any point a number. */
function checkFinite(rows: Record<string, tf.Tensor>): void {
  for (const [name, each] of Object.entries(rows)) {
    const isFinite = tf.tidy(() => each.dtype !== 'float32' || Boolean(each.isFinite().all().dataSync()[0]));
    if (isFinite) continue;
    throw new CallError(
      `${name}: there are values that are NaN or infinite, from which nothing has a distance; leave these rows out, or mend what made them`,
    );
  }
}

function widthOf({size, shape: [rows]}: tf.Tensor): number {
  return size / rows;
}

const rowsKind: Kind = {
  expected: 'a tensor with a row for each point, and one row at least',
  fits: (value) => isTensor(value) && !value.isDisposed && value.shape.length > 1 && !value.shape.includes(0),
  help: 'set.tensor() makes one of an ImageSet',
};

const neighboursOptions = optionsOf<NearestNeighboursOptions>({count: optional(count)});

/** So many numbers at a time, 4 bytes each: all distances between two large sets would not fit in memory. */
const MOST_NUMBERS = 2e7;

function find(points: tf.Tensor, known: tf.Tensor, wanted: number): number[][] {
  const [asked, knownRows] = [points.shape[0], known.shape[0]];
  // Matrix products rank by floats, whose last digits are rounded: among a few more than are wanted are the nearest.
  const candidates = Math.min(2 * wanted + 10, knownRows);
  const step = Math.max(1, Math.floor(MOST_NUMBERS / Math.max(knownRows, candidates * widthOf(known))));
  return tf.tidy(() => {
    const [rows, others] = [points, known].map((each) => each.reshape<tf.Tensor2D>([each.shape[0], -1]));
    // Moving all by the same changes no distance, and small numbers lose fewer digits than large ones when they are squared.
    const middle = others!.toFloat().mean(0);
    const flat = others!.toFloat().sub<tf.Tensor2D>(middle);
    const squares = flat.square().sum(1);
    const found: number[][] = [];
    for (let from = 0; from < asked; from += step) {
      tf.tidy(() => {
        const some = rows!.slice(from, Math.min(step, asked - from));
        // (a - b)² = a² - 2ab + b², and a² is the same whatever a is compared with.
        const nearness = some.toFloat().sub<tf.Tensor2D>(middle).matMul(flat, false, true).mul(2).sub(squares);
        const near = tf.topk(nearness, candidates).indices.flatten().toInt();
        const exact = nearestOf(some.dataSync(), others!.gather(near).dataSync(), near.dataSync(), wanted);
        for (const row of exact) found.push(row);
      });
    }
    return found;
  });
}

/** Of each point's candidates, whose rows stand one after the other, the nearest, measured in double precision. */
function nearestOf(
  rows: ArrayLike<number>,
  others: ArrayLike<number>,
  positions: ArrayLike<number>,
  wanted: number,
): number[][] {
  const width = others.length / positions.length;
  const [asked, candidates] = [rows.length / width, (positions.length * width) / rows.length];
  return Array.from({length: asked}, (_, row) =>
    Array.from({length: candidates}, (_, i) => row * candidates + i)
      .map((at) => ({position: positions[at]!, far: squaredDistance(rows, row * width, others, at * width, width)}))
      .sort((a, b) => a.far - b.far || a.position - b.position)
      .slice(0, wanted)
      .map(({position}) => position),
  );
}

function squaredDistance(a: ArrayLike<number>, atA: number, b: ArrayLike<number>, atB: number, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += (a[atA + i]! - b[atB + i]!) ** 2;
  return sum;
}
