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
 * @throws Error when rows differ in length, or more neighbours are asked for than there are.
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
    return find(points, known, wanted);
  });
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

/** So many distances at a time, 4 bytes each: all between two large sets would not fit in memory. */
const MOST_DISTANCES = 2e7;

function find(points: tf.Tensor, known: tf.Tensor, wanted: number): number[][] {
  const [asked, knownRows] = [points.shape[0], known.shape[0]];
  const step = Math.max(1, Math.floor(MOST_DISTANCES / knownRows));
  return tf.tidy(() => {
    const flat = known.reshape<tf.Tensor2D>([knownRows, -1]).toFloat();
    const rows = points.reshape<tf.Tensor2D>([asked, -1]).toFloat();
    const squares = flat.square().sum(1);
    const found: number[][] = [];
    for (let from = 0; from < asked; from += step) {
      const nearest = tf.tidy(() => {
        const some = rows.slice(from, Math.min(step, asked - from));
        // (a - b)² = a² - 2ab + b², and a² is the same whatever a is compared with.
        const nearness = some.matMul(flat, false, true).mul(2).sub(squares);
        return tf.topk(nearness, wanted).indices.dataSync();
      });
      for (let at = 0; at < nearest.length; at += wanted) found.push(Array.from(nearest.slice(at, at + wanted)));
    }
    return found;
  });
}
