// Operations of each number by itself, and of two tensors number by number.
import {tf} from '../../tfjs/tensorflow';
import {isWhere, oneSided, step, steps, twoSided, type Operations} from './kinds';

const truncated = (x: tf.Tensor) => x.sign().mul(x.abs().floor());
const logOfSum = (a: tf.Tensor, b: tf.Tensor) => a.maximum(b).add(a.sub(b).abs().neg().exp().log1p());
const isZero = isWhere((x) => x.equal(0));
const isNan = isWhere((x) => x.isNaN());
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
  arctan2: twoSided((a, b) => tf.atan2(a, b)),
  hypot: twoSided((a, b) => a.square().add(b.square()).sqrt()),
  logaddexp: twoSided(logOfSum),
  heaviside: steps((x, at0) => tf.where(x.equal(0), at0.toFloat().broadcastTo(x.shape), x.greater(0).toFloat())),

  negative: oneSided((x) => x.neg()),
  absolute: oneSided((x) => x.abs()),
  abs: oneSided((x) => x.abs()),
  fabs: oneSided((x) => x.abs()),
  square: oneSided((x) => x.square()),
  sqrt: oneSided((x) => x.sqrt()),
  rsqrt: oneSided((x) => x.rsqrt()),
  cbrt: oneSided((x) => x.sign().mul(x.abs().pow(1 / 3))),
  reciprocal: oneSided((x) => x.reciprocal()),
  exp: oneSided((x) => x.exp()),
  exp2: oneSided((x) => x.mul(Math.LN2).exp()),
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
  sinc: oneSided(sinc),
  deg2rad: oneSided((x) => x.mul(Math.PI / 180)),
  rad2deg: oneSided((x) => x.mul(180 / Math.PI)),
  erf: oneSided((x) => x.erf()),
  erfc: oneSided((x) => tf.sub(1, x.erf())),
  round: oneSided((x) => x.round()),
  floor: oneSided((x) => x.floor()),
  ceil: oneSided((x) => x.ceil()),
  trunc: step(truncated),
  sign: oneSided((x) => x.sign()),
  clip: ([x], {xMin, xMax}) => x!.clipByValue(xMin as number, xMax as number),
  nanToNum: ([x], {nan = 0, posinf = null, neginf = null}) => {
    const [high, low] = [posinf ?? 3.4028234663852886e38, neginf ?? -3.4028234663852886e38] as [number, number];
    const numbers = tf.where(isNan(x!), tf.scalar(nan as number), x!);
    return numbers.clipByValue(low, high);
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
  isnan: step((x) => x.isNaN()),
  isinf: step((x) => x.isInf()),
  isfinite: step((x) => x.isFinite()),
  where: ([condition, a, b]) =>
    a!.dtype === b!.dtype
      ? tf.where(condition!.toBool(), a!, b!)
      : tf.where(condition!.toBool(), a!.toFloat(), b!.toFloat()),
};
