// What operations of keras.ops compute, out of tensors and the arguments that Keras's files have for them, in camelCase.
import {tf} from '../tfjs/tensorflow';
import {indexed, type Index} from './indexed';

type Given = Readonly<Record<string, unknown>>;
/** An operation: its tensors, constants among them, and its arguments. */
export type Operation = (operands: tf.Tensor[], given: Given) => tf.Tensor;

const oneSided =
  (f: (x: tf.Tensor) => tf.Tensor): Operation =>
  ([x]) =>
    f(x!);
const twoSided =
  (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Operation =>
  ([a, b]) =>
    f(a!, b!);

/** TensorFlow has no gradient of these, or none but zero, and TensorFlow.js would stop there: here it is zero. */
const withoutGradient =
  (operation: Operation): Operation =>
  (operands, given) =>
    tf.customGrad<tf.Tensor>((...all) => {
      const save = all.pop() as tf.GradSaveFunc;
      save(operands);
      const gradFunc = (_dy: tf.Tensor, saved: tf.Tensor[]) => saved.map((each) => tf.zerosLike(each.toFloat()));
      return {value: operation(all as tf.Tensor[], given), gradFunc};
    })(...operands);
const steps = (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) => withoutGradient(twoSided(f));

const axesOf = (axis: unknown) => (axis === null || axis === undefined ? undefined : ([axis].flat() as number[]));
const reduction =
  (f: (x: tf.Tensor, axis?: number[], keepDims?: boolean) => tf.Tensor): Operation =>
  ([x], {axis, keepdims}) =>
    f(x!, axesOf(axis), keepdims === true);
const extreme = (f: (x: tf.Tensor, axis: number) => tf.Tensor) =>
  withoutGradient(([x], {axis, keepdims}) => {
    if (typeof axis !== 'number') return f(x!.flatten(), 0).reshape(keepdims === true ? x!.shape.map(() => 1) : []);
    const found = f(x!, axis);
    return keepdims === true ? found.expandDims(axis < 0 ? axis + x!.rank : axis) : found;
  });

/** Along one axis, or along all the numbers in a row. */
const along =
  (f: (x: tf.Tensor, axis: number, operands: tf.Tensor[], given: Given) => tf.Tensor): Operation =>
  (operands, given) => {
    const [x] = operands;
    const {axis} = given;
    if (typeof axis !== 'number') return f(x!.flatten(), 0, operands, given);
    return f(x!, axis < 0 ? axis + x!.rank : axis, operands, given);
  };
const shapeKept =
  (operation: Operation): Operation =>
  (operands, given) =>
    operation(operands, given).reshape(operands[0]!.shape);
const squares = (x: tf.Tensor, axis: unknown, keepDims: boolean) => x.square().sum(axesOf(axis), keepDims);
const variance = (x: tf.Tensor, axis?: number[], keepDims?: boolean) => tf.moments(x, axis, keepDims).variance;
const hardSigmoid = (x: tf.Tensor) => x.add(3).clipByValue(0, 6).div(6);

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  add: twoSided((a, b) => a.add(b)),
  subtract: twoSided((a, b) => a.sub(b)),
  multiply: twoSided((a, b) => a.mul(b)),
  // Whole numbers are divided without a remainder in TensorFlow.js.
  divide: twoSided((a, b) => a.toFloat().div(b)),
  trueDivide: twoSided((a, b) => a.toFloat().div(b)),
  floorDivide: steps((a, b) => a.floorDiv(b)),
  mod: twoSided((a, b) => a.mod(b)),
  power: twoSided((a, b) => a.pow(b)),
  maximum: twoSided((a, b) => a.maximum(b)),
  minimum: twoSided((a, b) => a.minimum(b)),
  matmul: twoSided((a, b) => tf.matMul(a, b)),

  negative: oneSided((x) => x.neg()),
  absolute: oneSided((x) => x.abs()),
  abs: oneSided((x) => x.abs()),
  square: oneSided((x) => x.square()),
  sqrt: oneSided((x) => x.sqrt()),
  rsqrt: oneSided((x) => x.rsqrt()),
  reciprocal: oneSided((x) => x.reciprocal()),
  exp: oneSided((x) => x.exp()),
  expm1: oneSided((x) => x.expm1()),
  log: oneSided((x) => x.log()),
  log1p: oneSided((x) => x.log1p()),
  log2: oneSided((x) => x.log().div(Math.LN2)),
  log10: oneSided((x) => x.log().div(Math.LN10)),
  sin: oneSided((x) => x.sin()),
  cos: oneSided((x) => x.cos()),
  tan: oneSided((x) => x.tan()),
  arcsin: oneSided((x) => x.asin()),
  arccos: oneSided((x) => x.acos()),
  arctan: oneSided((x) => x.atan()),
  sinh: oneSided((x) => x.sinh()),
  cosh: oneSided((x) => x.cosh()),
  arcsinh: oneSided((x) => x.asinh()),
  arccosh: oneSided((x) => x.acosh()),
  arctanh: oneSided((x) => x.atanh()),
  erf: oneSided((x) => x.erf()),
  round: oneSided((x) => x.round()),
  zerosLike: withoutGradient(oneSided((x) => tf.zerosLike(x))),
  onesLike: withoutGradient(oneSided((x) => tf.onesLike(x))),
  floor: oneSided((x) => x.floor()),
  ceil: oneSided((x) => x.ceil()),
  sign: oneSided((x) => x.sign()),
  clip: ([x], {xMin, xMax}) => x!.clipByValue(xMin as number, xMax as number),

  tanh: oneSided((x) => x.tanh()),
  relu: oneSided((x) => x.relu()),
  relu6: oneSided((x) => x.clipByValue(0, 6)),
  sigmoid: oneSided((x) => x.sigmoid()),
  hardSigmoid: oneSided(hardSigmoid),
  softplus: oneSided((x) => tf.softplus(x)),
  softsign: oneSided((x) => x.div(x.abs().add(1))),
  silu: oneSided((x) => x.mul(x.sigmoid())),
  hardSilu: oneSided((x) => x.mul(hardSigmoid(x))),
  logSigmoid: oneSided((x) => tf.softplus(x.neg()).neg()),
  selu: oneSided((x) => x.selu()),
  elu: ([x], {alpha = 1}) =>
    x!.relu().add(
      x!
        .minimum(0)
        .exp()
        .sub(1)
        .mul(alpha as number),
    ),
  leakyRelu: ([x], {negativeSlope = 0.2}) => tf.leakyRelu(x!, negativeSlope as number),
  gelu: ([x], {approximate = true}) => {
    const inner =
      approximate === true
        ? x!
            .add(x!.pow(3).mul(0.044715))
            .mul(Math.sqrt(2 / Math.PI))
            .tanh()
        : x!.mul(Math.SQRT1_2).erf();
    return x!.mul(inner.add(1)).div(2);
  },
  softmax: shapeKept(along((x, axis) => overLast(x, axis, (each) => each.softmax()))),
  logSoftmax: shapeKept(along((x, axis) => overLast(x, axis, (each) => each.logSoftmax()))),

  mean: reduction((x, axis, keepDims) => x.mean(axis, keepDims)),
  sum: reduction((x, axis, keepDims) => x.sum(axis, keepDims)),
  prod: reduction((x, axis, keepDims) => x.prod(axis, keepDims)),
  average: reduction((x, axis) => x.mean(axis)),
  any: withoutGradient(reduction((x, axis, keepDims) => x.toBool().any(axis, keepDims))),
  all: withoutGradient(reduction((x, axis, keepDims) => x.toBool().all(axis, keepDims))),
  amax: reduction((x, axis, keepDims) => x.max(axis, keepDims)),
  amin: reduction((x, axis, keepDims) => x.min(axis, keepDims)),
  max: reduction((x, axis, keepDims) => x.max(axis, keepDims)),
  min: reduction((x, axis, keepDims) => x.min(axis, keepDims)),
  var: reduction(variance),
  std: reduction((x, axis, keepDims) => variance(x, axis, keepDims).sqrt()),
  logsumexp: reduction((x, axis, keepDims) => x.logSumExp(axis, keepDims)),
  norm: ([x], {axis, keepdims}) => squares(x!, axis, keepdims === true).sqrt(),
  normalize: ([x], {axis = -1, epsilon}) =>
    x!.mul(
      squares(x!, axis, true)
        .rsqrt()
        .minimum(1 / ((epsilon as number | null | undefined) ?? 1e-7)),
    ),
  argmax: extreme((x, axis) => x.argMax(axis)),
  argmin: extreme((x, axis) => x.argMin(axis)),
  cumsum: along((x, axis) => overLast(x, axis, (each) => each.cumsum(each.rank - 1))),

  greater: steps((a, b) => a.greater(b)),
  greaterEqual: steps((a, b) => a.greaterEqual(b)),
  less: steps((a, b) => a.less(b)),
  lessEqual: steps((a, b) => a.lessEqual(b)),
  equal: steps((a, b) => a.equal(b)),
  notEqual: steps((a, b) => a.notEqual(b)),
  logicalAnd: steps((a, b) => a.toBool().logicalAnd(b.toBool())),
  logicalOr: steps((a, b) => a.toBool().logicalOr(b.toBool())),
  logicalNot: withoutGradient(oneSided((x) => x.toBool().logicalNot())),
  where: ([condition, a, b]) =>
    a!.dtype === b!.dtype
      ? tf.where(condition!.toBool(), a!, b!)
      : tf.where(condition!.toBool(), a!.toFloat(), b!.toFloat()),
  cast: ([x], {targetDtype}) => cast(x!, targetDtype as string),
  oneHot: withoutGradient(([x], {numClasses}) => tf.oneHot(x!.toInt(), numClasses as number).toFloat()),

  reshape: ([x], {newshape}) => x!.reshape([newshape].flat() as number[]),
  ravel: oneSided((x) => x.flatten()),
  expandDims: ([x], {axis}) => {
    const axes = axesOf(axis)!;
    const rank = x!.rank + axes.length;
    const sorted = axes.map((each) => (each < 0 ? each + rank : each)).sort((a, b) => a - b);
    return sorted.reduce((expanded, each) => expanded.expandDims(each), x!);
  },
  squeeze: ([x], {axis}) => x!.squeeze(axesOf(axis)),
  transpose: ([x], {axes}) => x!.transpose(axesOf(axes)?.map((each) => (each < 0 ? each + x!.rank : each))),
  moveaxis: ([x], {source, destination}) => {
    const counted = (axes: unknown) => axesOf(axes)!.map((axis) => (axis < 0 ? axis + x!.rank : axis));
    const [from, to] = [counted(source), counted(destination)];
    const others = x!.shape.map((_, i) => i).filter((axis) => !from.includes(axis)).values(); // prettier-ignore
    return x!.transpose(x!.shape.map((_, i) => (to.includes(i) ? from[to.indexOf(i)]! : others.next().value!)));
  },
  roll: ([x], {shift, axis}) => {
    const axes = axesOf(axis);
    if (!axes) return rolled(x!.flatten(), shift as number, 0).reshape(x!.shape);
    return axes.reduce((each, one, i) => rolled(each, [shift].flat()[i] as number, one < 0 ? one + x!.rank : one), x!);
  },
  swapaxes: ([x], {axis1, axis2}) => {
    const order = x!.shape.map((_, i) => i);
    const [a, b] = [order.at(axis1 as number)!, order.at(axis2 as number)!];
    [order[a], order[b]] = [b, a];
    return x!.transpose(order);
  },
  flip: ([x], {axis}) => x!.reverse(axesOf(axis)),
  tile: ([x], {repeats}) => x!.tile(repeats as number[]),
  repeat: along((x, axis, _, {repeats}) => {
    const times = repeats as number;
    const places = Array.from({length: x.shape[axis]! * times}, (_each, i) => Math.floor(i / times));
    return x.gather(tf.tensor1d(places, 'int32'), axis);
  }),
  take: along((x, axis, [, indices]) => {
    const places = indices!.toInt();
    return x.gather(places.add(places.less(0).toInt().mul(x.shape[axis]!)).toInt(), axis);
  }),
  pad: ([x], {padWidth}) => x!.pad(padWidth as [number, number][]),
  concatenate: (operands, {axis = 0}) => tf.concat(operands, axis as number),
  stack: (operands, {axis = 0}) => {
    const rank = operands[0]!.rank + 1;
    return tf.stack(operands, (axis as number) < 0 ? (axis as number) + rank : (axis as number));
  },
  getItem: ([x], {indices}) => indexed(x!, indices as Index[]),
};

/** Moved on along an axis; what goes over the end comes in at the beginning. */
function rolled(x: tf.Tensor, shift: number, axis: number): tf.Tensor {
  const size = x.shape[axis]!;
  const places = Array.from({length: size}, (_, i) => (((i - shift) % size) + size) % size);
  return x.gather(tf.tensor1d(places, 'int32'), axis);
}

/** As if the axis were the last: TensorFlow.js has a softmax of no other, and a wrong gradient of cumsum over any other. */
function overLast(x: tf.Tensor, axis: number, f: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  const last = x.rank - 1;
  if (axis === last) return f(x);
  const order = x.shape.map((_, i) => (i === axis ? last : i === last ? axis : i));
  return f(x.transpose(order)).transpose(order);
}

function cast(x: tf.Tensor, dtype: string): tf.Tensor {
  if (dtype === 'bool') return withoutGradient(oneSided((each) => each.toBool()))([x], {});
  return dtype.startsWith('int') ? withoutGradient(oneSided((each) => each.toInt()))([x], {}) : x.toFloat();
}
