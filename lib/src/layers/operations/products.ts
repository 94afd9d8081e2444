// Products of matrices and of tensors, attention among them, and normalization.
import {tf} from '../../tfjs/tensorflow';
import {einsumProduct} from '../einsumDense';
import {axesOf, counted, twoSided, type Operation, type Operations} from './kinds';

const letters = (count: number, from: number) => Array.from({length: count}, (_, i) => String.fromCharCode(from + i));

/** The sum of products over these axes of both. */
function contracted(a: tf.Tensor, b: tf.Tensor, ofA: number[], ofB: number[]): tf.Tensor {
  const [input, kernel] = [letters(a.rank, 97), letters(b.rank, 65)];
  ofA.forEach((axis, i) => (kernel[counted(ofB[i]!, b.rank)] = input[counted(axis, a.rank)]!));
  const summed = ofA.map((axis) => input[counted(axis, a.rank)]!);
  const output = [...input, ...kernel].filter((axis) => !summed.includes(axis));
  return einsumProduct(a, b, {input, kernel, output});
}

/** As NumPy's dot: over the last axis, and the last but one where the second has it. */
function dot(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (a.rank === 0 || b.rank === 0) return a.mul(b);
  return contracted(a, b, [-1], [b.rank === 1 ? 0 : -2]);
}

/** As NumPy's matmul: a vector is a row on the left and a column on the right, and that axis is gone in the end. */
function matmul(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const product = tf.matMul(a.rank === 1 ? a.expandDims(0) : a, b.rank === 1 ? b.expandDims(1) : b);
  const gone = [...(a.rank === 1 ? [product.rank - 2] : []), ...(b.rank === 1 ? [product.rank - 1] : [])];
  // Without axes, squeeze takes all that are 1.
  return gone.length === 0 ? product : product.squeeze(gone);
}

/** One or two tensors; '...' stands for the same axes in all of them. */
const einsum: Operation = (operands, {subscripts}) => {
  const [left = '', named] = (subscripts as string).replaceAll(' ', '').split('->');
  const parts = left.split(',');
  if (parts.length !== operands.length || operands.length > 2) {
    throw new Error(`einsum of '${subscripts as string}' is not computed; of one or two tensors it is`);
  }
  // Where no result is named, it has what is there once, in alphabetical order.
  const once = left.replace(/[.,]/g, '').split('').filter((axis, _, all) => all.indexOf(axis) === all.lastIndexOf(axis)); // prettier-ignore
  const right = named ?? `${left.includes('...') ? '...' : ''}${once.sort().join('')}`;
  const spread = operands[0]!.rank - parts[0]!.replace('...', '').length;
  const axes = (part: string) => {
    const [before = '', after] = part.split('...');
    return after === undefined ? before.split('') : [...before.split(''), ...letters(spread, 48), ...after.split('')];
  };
  const [input, kernel = []] = parts.map(axes);
  const output = axes(right);
  const all = [input!, kernel];
  if (all.some((each) => new Set(each).size < each.length)) {
    throw new Error(`einsum of '${subscripts as string}' is not computed: an axis is there twice in one tensor`);
  }
  // An axis that is in one of them alone, and not in the result, is summed before.
  const summed = operands.map((x, i) => {
    const gone = all[i]!.filter((axis) => !output.includes(axis) && !(all[1 - i] ?? []).includes(axis));
    const kept = x.sum(gone.map((axis) => all[i]!.indexOf(axis)));
    all[i] = all[i]!.filter((axis) => !gone.includes(axis));
    return gone.length === 0 ? x : kept;
  });
  const [a, b] = summed;
  if (!b) return a!.transpose(output.map((axis) => all[0]!.indexOf(axis)));
  return einsumProduct(a!, b, {input: all[0]!, kernel: all[1]!, output});
};

/** [examples, time, heads, features] each; a mask is true, or 1, where a query may look. */
const attention: Operation = ([query, key, value, bias, mask], {scale = null, isCausal}) => {
  const heads = (x: tf.Tensor) => x.transpose([0, 2, 1, 3]);
  const repeats = query!.shape[2]! / key!.shape[2]!;
  const [keys, values] = [key!, value!].map((x) => heads(repeats === 1 ? x : repeatedHeads(x, repeats)));
  const size = (scale as number | null) ?? 1 / Math.sqrt(query!.shape[3]!);
  let scores = tf.matMul(heads(query!), keys!, false, true).mul(size);
  if (bias) scores = scores.add(bias);
  const hide = (seen: tf.Tensor) => tf.where(seen.toBool().broadcastTo(scores.shape), scores, tf.scalar(-1e30));
  if (mask) scores = hide(mask);
  if (isCausal === true) {
    const [rows, columns] = scores.shape.slice(-2) as [number, number];
    scores = hide(tf.range(0, rows).expandDims(1).greaterEqual(tf.range(0, columns).expandDims(0)));
  }
  return heads(tf.matMul(tf.softmax(scores), values!));
};

/** Each head so many times, one beside the other. */
export function repeatedHeads(x: tf.Tensor, times: number): tf.Tensor {
  const [count, length, heads, size] = x.shape as [number, number, number, number];
  return x
    .expandDims(3)
    .tile([1, 1, 1, times, 1])
    .reshape([count, length, heads * times, size]);
}

/** Brought to mean 0 and variance 1 over axes, then scaled and moved. */
const layerNormalization: Operation = ([x, gamma, beta], {axis = -1, epsilon}) => {
  const axes = axesOf(axis)!.map((each) => counted(each, x!.rank));
  const {mean, variance} = tf.moments(x!, axes, true);
  const normal = x!.sub(mean).mul(variance.add((epsilon as number | null | undefined) ?? 1e-7).rsqrt());
  const spread = (weight: tf.Tensor) => weight.reshape(x!.shape.map((size, i) => (axes.includes(i) ? size : 1)));
  const scaled = gamma ? normal.mul(spread(gamma)) : normal;
  return beta ? scaled.add(spread(beta)) : scaled;
};

const batchNormalization: Operation = ([x, mean, variance, offset, scale], {axis, epsilon}) => {
  const at = counted(axis as number, x!.rank);
  const spread = (weight: tf.Tensor) => weight.reshape(x!.shape.map((size, i) => (i === at ? size : 1)));
  const inverse = spread(variance!).add((epsilon as number | null | undefined) ?? 1e-3).rsqrt(); // prettier-ignore
  const normal = x!.sub(spread(mean!)).mul(scale ? inverse.mul(spread(scale)) : inverse);
  return offset ? normal.add(spread(offset)) : normal;
};

const rmsNormalization: Operation = ([x, scale], {axis = -1, epsilon}) => {
  const axes = axesOf(axis)!;
  const normal = x!.mul(x!.square().mean(axes, true).add((epsilon as number | null | undefined) ?? 1e-7).rsqrt()); // prettier-ignore
  return scale ? normal.mul(scale) : normal;
};

export const PRODUCTS: Operations = {
  matmul: twoSided(matmul),
  dot: twoSided(dot),
  inner: twoSided((a, b) => (a.rank === 0 || b.rank === 0 ? a.mul(b) : contracted(a, b, [-1], [-1]))),
  outer: twoSided((a, b) => a.flatten().expandDims(1).mul(b.flatten().expandDims(0))),
  vdot: twoSided((a, b) => a.flatten().mul(b.flatten()).sum()),
  tensordot: ([a, b], {axes}) => {
    if (Array.isArray(axes)) return contracted(a!, b!, axesOf(axes[0])!, axesOf(axes[1])!);
    const count = (axes as number | null | undefined) ?? 2;
    const places = Array.from({length: count}, (_, i) => i);
    return contracted(a!, b!, places.map((i) => a!.rank - count + i), places); // prettier-ignore
  },
  einsum,
  dotProductAttention: attention,
  layerNormalization,
  batchNormalization,
  rmsNormalization,
};
