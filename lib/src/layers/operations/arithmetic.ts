// Operations of each number by itself, and of two tensors number by number.
import {tf} from '../../tfjs/tensorflow';
import {alike, asNumbers, cast, floating, isWhere, oneSided, step, steps, twoSided, type Operations} from './kinds';

const truncated = (x: tf.Tensor) => (x.dtype === 'int32' ? x.clone() : x.sign().mul(x.abs().floor()));
const isAt = (value: number) => isWhere((x) => x.equal(value));
const isZero = isAt(0);
const isNan = isWhere((x) => x.isNaN());
/** The largest number that 32 bits hold. */
const LARGEST = 3.4028234663852886e38;
const logOfSum = (a: tf.Tensor, b: tf.Tensor) => {
  const apart = a.sub(b);
  // Two infinite numbers have no difference.
  return tf.where(isNan(apart), a.add(b), a.maximum(b).add(apart.abs().neg().exp().log1p()));
};
const sinc = (x: tf.Tensor) => {
  const angle = tf.where(isZero(x), tf.scalar(1), x).mul(Math.PI);
  return tf.where(isZero(x), tf.scalar(1), angle.sin().div(angle));
};

export const ARITHMETIC: Operations = {
  add: twoSided((a, b) => a.add(b)),
  subtract: twoSided((a, b) => a.sub(b)),
  multiply: twoSided((a, b) => a.mul(b)),
  // Whole numbers are divided without a remainder in TensorFlow.js.
  divide: twoSided((a, b) => a.toFloat().div(b)),
  trueDivide: twoSided((a, b) => a.toFloat().div(b)),
  divideNoNan: twoSided((a, b) => {
    const isNone = isZero(b);
    return tf.where(isNone, tf.scalar(0), a.toFloat().div(tf.where(isNone, tf.scalar(1), b.toFloat())));
  }),
  floorDivide: steps((a, b) => a.floorDiv(b)),
  mod: twoSided((a, b) => a.mod(b)),
  power: twoSided((a, b) => a.pow(b)),
  maximum: twoSided((a, b) => a.maximum(b)),
  minimum: twoSided((a, b) => a.minimum(b)),
  arctan2: twoSided((a, b) => tf.atan2(a.toFloat(), b.toFloat())),
  hypot: twoSided((a, b) => a.toFloat().square().add(b.toFloat().square()).sqrt()),
  logaddexp: twoSided((a, b) => logOfSum(a.toFloat(), b.toFloat())),
  heaviside: steps((x, at0) => {
    const isOneSided = x.less(0).logicalOr(x.greater(0));
    return tf.where(isOneSided, x.greater(0).toFloat(), at0.toFloat());
  }),

  negative: oneSided((x) => x.neg()),
  absolute: oneSided((x) => x.abs()),
  abs: oneSided((x) => x.abs()),
  fabs: floating((x) => x.abs()),
  square: oneSided((x) => x.square()),
  sqrt: floating((x) => x.sqrt()),
  rsqrt: floating((x) => x.rsqrt()),
  cbrt: floating((x) => x.sign().mul(x.abs().pow(1 / 3))),
  reciprocal: floating((x) => x.reciprocal()),
  exp: floating((x) => x.exp()),
  exp2: floating((x) => x.mul(Math.LN2).exp()),
  expm1: floating((x) => x.expm1()),
  log: floating((x) => x.log()),
  log1p: floating((x) => x.log1p()),
  log2: floating((x) => x.log().div(Math.LN2)),
  log10: floating((x) => x.log().div(Math.LN10)),
  sin: floating((x) => x.sin()),
  cos: floating((x) => x.cos()),
  tan: floating((x) => x.tan()),
  arcsin: floating((x) => x.asin()),
  arccos: floating((x) => x.acos()),
  arctan: floating((x) => x.atan()),
  sinh: floating((x) => x.sinh()),
  cosh: floating((x) => x.cosh()),
  arcsinh: floating((x) => x.asinh()),
  arccosh: floating((x) => x.acosh()),
  arctanh: floating((x) => x.atanh()),
  sinc: floating(sinc),
  deg2rad: floating((x) => x.mul(Math.PI / 180)),
  rad2deg: floating((x) => x.mul(180 / Math.PI)),
  erf: floating((x) => x.erf()),
  erfc: floating((x) => tf.sub(1, x.erf())),
  // TensorFlow.js rounds whole numbers to nonsense.
  round: oneSided((x) => (x.dtype === 'int32' ? x.clone() : x.round())),
  floor: floating((x) => x.floor()),
  ceil: floating((x) => x.ceil()),
  trunc: step((x) => truncated(asNumbers(x))),
  sign: oneSided((x) => x.sign()),
  clip: ([x], {xMin, xMax}) => {
    const numbers = asNumbers(x!);
    const bound = (given: unknown) => cast(tf.tensor(given as number | number[]), numbers.dtype);
    // TensorFlow.js's own clip has no bounds for each number, and none that cross.
    return numbers.minimum(bound(xMax)).maximum(bound(xMin));
  },
  nanToNum: ([x], {nan, posinf, neginf}) => {
    const put = (numbers: tf.Tensor, replaced: number, value: unknown) =>
      tf.where(isAt(replaced)(numbers), tf.scalar(value as number), numbers);
    const finite = put(put(x!.toFloat(), Infinity, posinf ?? LARGEST), -Infinity, neginf ?? -LARGEST);
    return tf.where(isNan(finite), tf.scalar((nan ?? 0) as number), finite);
  },
  copy: oneSided((x) => x.clone()),
  stopGradient: step((x) => x.clone()),
};

export const COMPARISONS: Operations = {
  greater: steps((a, b) => a.greater(b)),
  greaterEqual: steps((a, b) => a.greaterEqual(b)),
  less: steps((a, b) => a.less(b)),
  lessEqual: steps((a, b) => a.lessEqual(b)),
  equal: steps((a, b) => a.equal(b)),
  notEqual: steps((a, b) => a.notEqual(b)),
  logicalAnd: steps((a, b) => a.toBool().logicalAnd(b.toBool())),
  logicalOr: steps((a, b) => a.toBool().logicalOr(b.toBool())),
  logicalXor: steps((a, b) => a.toBool().logicalXor(b.toBool())),
  logicalNot: step((x) => x.toBool().logicalNot()),
  isnan: step((x) => x.toFloat().isNaN()),
  isinf: step((x) => x.toFloat().isInf()),
  isfinite: step((x) => x.toFloat().isFinite()),
  where: ([condition, ...values]) => {
    const [a, b] = alike(values);
    return tf.where(condition!.toBool(), a!, b!);
  },
};
