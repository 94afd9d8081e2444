// Operations that bring the numbers along axes together.
import {tf} from '../../tfjs/tensorflow';
import {
  along,
  asNumbers,
  axesOf,
  cast,
  counted,
  isWhere,
  overLast,
  takenFromRows,
  withoutGradient,
  type Given,
  type Operation,
  type Operations,
} from './kinds';

const reduction =
  (f: (x: tf.Tensor, axis?: number[], keepDims?: boolean) => tf.Tensor) =>
  ([x]: tf.Tensor[], {axis, keepdims}: Given): tf.Tensor =>
    f(asNumbers(x!), axesOf(axis), keepdims === true);
/** And with the number `initial`, where there is one. */
const bounded =
  (kind: 'maximum' | 'minimum', f: (x: tf.Tensor, axis?: number[], keepDims?: boolean) => tf.Tensor): Operation =>
  (operands, given) => {
    const found = reduction(f)(operands, given);
    const {initial = null} = given;
    return initial === null ? found : found[kind](cast(tf.scalar(initial as number), found.dtype));
  };

/** Keras counts the zero below 0 as smaller than the other. */
const zerosApart = (x: tf.Tensor) =>
  x.dtype === 'float32' ? tf.where(x.equal(0).logicalAnd(x.reciprocal().less(0)), tf.scalar(-SMALLEST), x) : x;
const SMALLEST = 1.1754943508222875e-38;

const extreme = (f: (x: tf.Tensor, axis: number) => tf.Tensor): Operation =>
  withoutGradient(([given], {axis, keepdims}) => {
    const x = zerosApart(asNumbers(given!));
    if (typeof axis !== 'number') return f(x.flatten(), 0).reshape(keepdims === true ? x.shape.map(() => 1) : []);
    const found = f(x, axis);
    return keepdims === true ? found.expandDims(counted(axis, x.rank)) : found;
  });
const squares = (x: tf.Tensor, axis: unknown, keepDims: boolean) => x.square().sum(axesOf(axis), keepDims);
const variance = (x: tf.Tensor, axis?: number[], keepDims?: boolean) =>
  tf.moments(x.toFloat(), axis, keepDims).variance;

const isBelow0 = isWhere((x) => x.less(0));
const isInfinite = isWhere((x) => x.isInf());

/** Where the numbers of each row are in order, the smallest first; equal ones as they stand. */
const placesInOrder = withoutGradient(([x]) => tf.topk(asNumbers(x!).neg(), x!.shape.at(-1)).indices.toFloat());
const sortedRows = (x: tf.Tensor) => takenFromRows(x, placesInOrder([x], {}));

/** Of each row, in order, the value in the middle, or between the two there. */
function middle(x: tf.Tensor): tf.Tensor {
  const sorted = sortedRows(x);
  const last = x.shape.at(-1)! - 1;
  const at = (place: number) => sorted.slice([...x.shape.slice(0, -1).map(() => 0), place], [...x.shape.slice(0, -1), 1]); // prettier-ignore
  return at(Math.floor(last / 2)).add(at(Math.ceil(last / 2))).div(2); // prettier-ignore
}

/** Along one axis what lies at these places of it; along the others both are broadcast. */
function takenAlong(x: tf.Tensor, places: tf.Tensor, at: number): tf.Tensor {
  const sizes = x.shape.map((size, i) => Math.max(size, places.shape[i]!));
  const broadcast = (each: tf.Tensor) => each.broadcastTo(sizes.map((size, i) => (i === at ? each.shape[at]! : size)));
  const order = x.shape.map((_, i) => (i === at ? x.rank - 1 : i === x.rank - 1 ? at : i));
  const counting = places.toInt();
  const positive = counting.add(isBelow0(counting).toInt().mul(tf.scalar(x.shape[at]!, 'int32')));
  return takenFromRows(broadcast(x).transpose(order), broadcast(positive).transpose(order)).transpose(order);
}

/** TensorFlow.js's own has no number where all are -Infinity. */
function logOfSum(x: tf.Tensor, axis?: number[], keepDims = false): tf.Tensor {
  const highest = x.max(axis, true);
  const moved = tf.where(isInfinite(highest), tf.scalar(0), highest);
  const sum = x.sub(moved).exp().sum(axis, true).log().add(moved);
  return keepDims ? sum : sum.squeeze(axis ?? undefined);
}

/** The length of vectors; of matrices only that of all their numbers in a row. */
const norm: Operation = ([given], {ord = null, axis, keepdims}) => {
  const x = given!.toFloat();
  const [axes, keep] = [axesOf(axis), keepdims === true];
  const count = axes?.length ?? x.rank;
  if (ord === null || (ord === 'fro' && count === 2) || (ord === 2 && count === 1))
    return squares(x, axis, keep).sqrt();
  if (typeof ord !== 'number' || count !== 1)
    throw new Error(`the norm of order ${ord as number | string} of matrices is not computed`);
  if (ord === Infinity) return x.abs().max(axes, keep);
  if (ord === -Infinity) return x.abs().min(axes, keep);
  if (ord === 0) return withoutGradient(([each]) => each!.notEqual(0).toFloat().sum(axes, keep))([x], {});
  return x.abs().pow(ord).sum(axes, keep).pow(1 / ord); // prettier-ignore
};

export const REDUCTIONS: Operations = {
  mean: reduction((x, axis, keepDims) => x.toFloat().mean(axis, keepDims)),
  sum: reduction((x, axis, keepDims) => x.sum(axis, keepDims)),
  // Counted from the front: tfjs's gradient of a product knows no negative axes.
  prod: reduction((x, axis, keepDims) => x.prod(axis && tf.util.parseAxisParam(axis, x.shape), keepDims)),
  average: ([numbers, weights], {axis}) => {
    const x = numbers!.toFloat();
    const axes = axesOf(axis);
    if (!weights) return x.mean(axes);
    const isShort = weights.rank === 1 && x.rank > 1;
    const at = isShort ? counted(axes![0]!, x.rank) : -1;
    const share = isShort ? weights.reshape(x.shape.map((size, i) => (i === at ? size : 1))) : weights;
    return x.mul(share).sum(axes).div(x.onesLike().mul(share).sum(axes));
  },
  any: withoutGradient(reduction((x, axis, keepDims) => x.toBool().any(axis, keepDims))),
  all: withoutGradient(reduction((x, axis, keepDims) => x.toBool().all(axis, keepDims))),
  amax: bounded('maximum', (x, axis, keepDims) => x.max(axis, keepDims)),
  amin: bounded('minimum', (x, axis, keepDims) => x.min(axis, keepDims)),
  max: bounded('maximum', (x, axis, keepDims) => x.max(axis, keepDims)),
  min: bounded('minimum', (x, axis, keepDims) => x.min(axis, keepDims)),
  ptp: reduction((x, axis, keepDims) => x.max(axis, keepDims).sub(x.min(axis, keepDims))),
  var: reduction(variance),
  std: reduction((x, axis, keepDims) => variance(x, axis, keepDims).sqrt()),
  moments: ([x], {axes, keepdims}) => {
    const {mean, variance} = tf.moments(x!, axesOf(axes), keepdims === true);
    return [mean, variance];
  },
  countNonzero: withoutGradient(([x], {axis}) => x!.notEqual(0).toInt().sum(axesOf(axis))),
  median: ([x], {axis, keepdims}) => {
    const axes = axesOf(axis)?.map((each) => counted(each, x!.rank)) ?? [...x!.shape.keys()];
    const others = [...x!.shape.keys()].filter((each) => !axes.includes(each));
    const sizes = others.map((each) => x!.shape[each]!);
    const found = middle(x!.toFloat().transpose([...others, ...axes]).reshape([...sizes, -1])); // prettier-ignore
    return found.reshape(keepdims === true ? x!.shape.map((size, i) => (axes.includes(i) ? 1 : size)) : sizes);
  },
  logsumexp: reduction((x, axis, keepDims) => logOfSum(x.toFloat(), axis, keepDims)),
  norm,
  normalize: ([x], {axis = -1, epsilon}) =>
    x!.mul(
      squares(x!.toFloat(), axis, true)
        .rsqrt()
        .minimum(1 / ((epsilon as number | null | undefined) ?? 1e-7)),
    ),
  argmax: extreme((x, axis) => x.argMax(axis)),
  argmin: extreme((x, axis) => x.argMin(axis)),
  cumsum: along((x, axis) => overLast(asNumbers(x), axis, (each) => each.cumsum(each.rank - 1))),
  sort: along((x, axis) => overLast(x, axis, sortedRows)),
  argsort: along((x, axis) => overLast(x, axis, (each) => placesInOrder([each], {})).toInt()),
  topK: ([x], {k, sorted = true}) => {
    const places = withoutGradient(([each]) =>
      tf.topk(asNumbers(each!), k as number, sorted as boolean).indices.toFloat(),
    )([x!], {});
    return [takenFromRows(x!, places), places.toInt()];
  },
  takeAlongAxis: ([x, places], {axis}) =>
    typeof axis === 'number'
      ? takenAlong(x!, places!, counted(axis, x!.rank))
      : takenAlong(x!.flatten(), places!.flatten(), 0),
};
