// Operations that bring the numbers along axes together.
import {tf} from '../../tfjs/tensorflow';
import {
  along,
  axesOf,
  counted,
  isWhere,
  overLast,
  takenFromRows,
  withoutGradient,
  type Operation,
  type Operations,
} from './kinds';

const reduction =
  (f: (x: tf.Tensor, axis?: number[], keepDims?: boolean) => tf.Tensor) =>
  ([x]: tf.Tensor[], {axis, keepdims}: Readonly<Record<string, unknown>>): tf.Tensor =>
    f(x!, axesOf(axis), keepdims === true);
const extreme = (f: (x: tf.Tensor, axis: number) => tf.Tensor): Operation =>
  withoutGradient(([x], {axis, keepdims}) => {
    if (typeof axis !== 'number') return f(x!.flatten(), 0).reshape(keepdims === true ? x!.shape.map(() => 1) : []);
    const found = f(x!, axis);
    return keepdims === true ? found.expandDims(counted(axis, x!.rank)) : found;
  });
const squares = (x: tf.Tensor, axis: unknown, keepDims: boolean) => x.square().sum(axesOf(axis), keepDims);
const variance = (x: tf.Tensor, axis?: number[], keepDims?: boolean) => tf.moments(x, axis, keepDims).variance;

const isBelow0 = isWhere((x) => x.less(0));

/** Where the numbers of each row are in order, the smallest first; equal ones as they stand. */
const placesInOrder = withoutGradient(([x]) => tf.topk(x!.neg(), x!.shape.at(-1)).indices.toFloat());
const sortedRows = (x: tf.Tensor) => takenFromRows(x, placesInOrder([x], {}));

/** Of each row, in order, the value in the middle, or between the two there. */
function middle(x: tf.Tensor): tf.Tensor {
  const sorted = sortedRows(x);
  const last = x.shape.at(-1)! - 1;
  const at = (place: number) => sorted.slice([...x.shape.slice(0, -1).map(() => 0), place], [...x.shape.slice(0, -1), 1]); // prettier-ignore
  return at(Math.floor(last / 2)).add(at(Math.ceil(last / 2))).div(2); // prettier-ignore
}

/** The length of vectors; of matrices only that of all their numbers in a row. */
const norm: Operation = ([x], {ord = null, axis, keepdims}) => {
  const isOfMatrices = (axesOf(axis) ?? x!.shape).length > 1;
  if (ord === 1 && !isOfMatrices) return x!.abs().sum(axesOf(axis), keepdims === true);
  if (ord !== null && ord !== 'fro' && (ord !== 2 || isOfMatrices)) {
    throw new Error(`the norm of order ${JSON.stringify(ord)} is computed for vectors, 1 or 2, alone`);
  }
  return squares(x!, axis, keepdims === true).sqrt();
};

export const REDUCTIONS: Operations = {
  mean: reduction((x, axis, keepDims) => x.toFloat().mean(axis, keepDims)),
  sum: reduction((x, axis, keepDims) => x.sum(axis, keepDims)),
  prod: reduction((x, axis, keepDims) => x.prod(axis, keepDims)),
  average: ([x, weights], {axis}) => {
    const axes = axesOf(axis);
    if (!weights) return x!.mean(axes);
    const isShort = weights.rank === 1 && x!.rank > 1;
    const at = isShort ? counted(axes![0]!, x!.rank) : -1;
    const share = isShort ? weights.reshape(x!.shape.map((size, i) => (i === at ? size : 1))) : weights;
    return x!.mul(share).sum(axes).div(x!.onesLike().mul(share).sum(axes));
  },
  any: withoutGradient(reduction((x, axis, keepDims) => x.toBool().any(axis, keepDims))),
  all: withoutGradient(reduction((x, axis, keepDims) => x.toBool().all(axis, keepDims))),
  amax: reduction((x, axis, keepDims) => x.max(axis, keepDims)),
  amin: reduction((x, axis, keepDims) => x.min(axis, keepDims)),
  max: reduction((x, axis, keepDims) => x.max(axis, keepDims)),
  min: reduction((x, axis, keepDims) => x.min(axis, keepDims)),
  ptp: reduction((x, axis, keepDims) => x.max(axis, keepDims).sub(x.min(axis, keepDims))),
  var: reduction(variance),
  std: reduction((x, axis, keepDims) => variance(x, axis, keepDims).sqrt()),
  moments: ([x], {axes, keepdims}) => {
    const {mean, variance} = tf.moments(x!, axesOf(axes), keepdims === true);
    return [mean, variance];
  },
  countNonzero: withoutGradient(([x], {axis}) => x!.notEqual(0).toInt().sum(axesOf(axis))),
  median: ([x], {axis = null, keepdims}) => {
    if (Array.isArray(axis) && axis.length > 1) throw new Error('the median over several axes is not computed');
    const [one] = axesOf(axis) ?? [];
    const isWhole = one === undefined;
    const found = isWhole ? middle(x!.flatten()) : overLast(x!, counted(one, x!.rank), middle);
    if (isWhole) return found.reshape(keepdims === true ? x!.shape.map(() => 1) : []);
    return keepdims === true ? found : found.squeeze([counted(one, x!.rank)]);
  },
  logsumexp: reduction((x, axis, keepDims) => x.logSumExp(axis, keepDims)),
  norm,
  normalize: ([x], {axis = -1, epsilon}) =>
    x!.mul(
      squares(x!, axis, true)
        .rsqrt()
        .minimum(1 / ((epsilon as number | null | undefined) ?? 1e-7)),
    ),
  argmax: extreme((x, axis) => x.argMax(axis)),
  argmin: extreme((x, axis) => x.argMin(axis)),
  cumsum: along((x, axis) => overLast(x, axis, (each) => each.cumsum(each.rank - 1))),
  sort: along((x, axis) => overLast(x, axis, sortedRows)),
  argsort: along((x, axis) => overLast(x, axis, (each) => placesInOrder([each], {})).toInt()),
  topK: ([x], {k}) => {
    const places = withoutGradient(([each]) => tf.topk(each!, k as number).indices.toFloat())([x!], {});
    return [takenFromRows(x!, places), places.toInt()];
  },
  takeAlongAxis: ([x, places], {axis}) => {
    if (typeof axis !== 'number') return takenFromRows(x!.flatten(), places!.flatten());
    const at = counted(axis, x!.rank);
    const order = x!.shape.map((_, i) => (i === at ? x!.rank - 1 : i === x!.rank - 1 ? at : i));
    const size = x!.shape[at]!;
    const counting = places!.toInt();
    const positive = counting.add(isBelow0(counting).toInt().mul(tf.scalar(size, 'int32')));
    return takenFromRows(x!.transpose(order), positive.transpose(order)).transpose(order);
  },
};
