// Operations that put numbers in another order or form, or pick some of them.
import {splitUp} from '../../tfjs/splitUp';
import {tf} from '../../tfjs/tensorflow';
import {indexed, type Index} from '../indexed';
import {
  alike,
  along,
  asNumbers,
  axesOf,
  cast,
  counted,
  type Given,
  withoutGradient,
  type Operation,
  type Operations,
} from './kinds';

const ofType = (x: tf.Tensor, {targetDtype}: Given) => cast(x, (targetDtype as string | null | undefined) ?? x.dtype);

const hot = (x: tf.Tensor, count: unknown) => tf.oneHot(x.toInt(), count as number).toFloat();

/** What the type doesn't hold becomes the nearest that it does. */
function saturated(x: tf.Tensor, dtype: string): tf.Tensor {
  if (x.dtype !== 'float32' || dtype.includes('float')) return cast(x, dtype);
  // The largest whole number of 32 bits that is a floating-point number as well.
  const [low, high] = dtype === 'bool' ? [0, 1] : [-2147483648, 2147483520];
  return cast(x.clipByValue(low, high), dtype);
}

/** [before, after] for each axis, from one number or pair for all of them, or from one for each. */
function margins(given: unknown, rank: number): [number, number][] {
  const list = Array.isArray(given) && Array.isArray(given[0]) ? (given as number[][]) : [given as number | number[]];
  return Array.from({length: rank}, (_, i) => {
    const [before, after = before] = [list.length === 1 ? list[0]! : list[i]!].flat();
    return [before!, after!];
  });
}

/** Moved on along an axis; what goes over the end comes in at the beginning. */
function rolled(x: tf.Tensor, shift: number, axis: number): tf.Tensor {
  const size = x.shape[axis]!;
  const places = Array.from({length: size}, (_, i) => (((i - shift) % size) + size) % size);
  return x.gather(tf.tensor1d(places, 'int32'), axis);
}

/** Beyond each end what lies before it, in the other direction, from the end itself or from the next on. */
function mirrored(x: tf.Tensor, widths: readonly [number, number][], from: 0 | 1): tf.Tensor {
  return widths.reduce((each, [before, after], axis) => {
    const size = x.shape[axis]!;
    if (before + after === 0) return each;
    const inside = (place: number) => (place < 0 ? from - 1 - place : place >= size ? 2 * size - 1 - from - place : place); // prettier-ignore
    const places = Array.from({length: size + before + after}, (_, i) => inside(i - before));
    return each.gather(tf.tensor1d(places, 'int32'), axis);
  }, x);
}

/** Into so many parts, or at these places. */
function parts(x: tf.Tensor, given: unknown, axis: number, isUneven = false): tf.Tensor[] {
  const size = x.shape[axis]!;
  if (Array.isArray(given)) {
    const ends = [0, ...(given as number[]).map((place) => Math.min(Math.max(counted(place, size), 0), size)), size];
    return splitUp(x, ends.slice(1).map((end, i) => Math.max(end - ends[i]!, 0)), axis); // prettier-ignore
  }
  const count = given as number;
  const [least, more] = [Math.floor(size / count), size % count];
  if (more > 0 && !isUneven) throw new Error(`an axis of ${size} can't be split into ${count} equal parts`);
  return splitUp(x, Array.from({length: count}, (_, i) => least + (i < more ? 1 : 0)), axis); // prettier-ignore
}

const splitAlong =
  (axis: number): Operation =>
  ([x], {indicesOrSections}) =>
    parts(x!, indicesOrSections, axis);

/** Only the numbers on one side of a diagonal stay, k places above the middle one. */
const triangle =
  (stays: (row: tf.Tensor, column: tf.Tensor) => tf.Tensor): Operation =>
  ([x], {k = 0}) => {
    const [rows, columns] = x!.shape.slice(-2) as [number, number];
    const row = tf.range(k as number, rows + (k as number)).expandDims(1);
    const kept = stays(row, tf.range(0, columns).expandDims(0)).broadcastTo(x!.shape);
    return tf.where(kept, x!, tf.zerosLike(x!));
  };

function diagonal(x: tf.Tensor, {offset = 0, axis1 = 0, axis2 = 1}: Readonly<Record<string, unknown>>): tf.Tensor {
  const [a, b, from] = [counted(axis1 as number, x.rank), counted(axis2 as number, x.rank), offset as number];
  const others = x.shape.map((_, i) => i).filter((axis) => axis !== a && axis !== b);
  const [rows, columns] = [x.shape[a]!, x.shape[b]!];
  const length = Math.max(Math.min(rows + Math.min(from, 0), columns - Math.max(from, 0)), 0);
  const places = Array.from({length}, (_, i) => (i - Math.min(from, 0)) * columns + i + Math.max(from, 0));
  const sizes = others.map((axis) => x.shape[axis]!);
  return x.transpose([...others, a, b]).reshape([...sizes, rows * columns]).gather(tf.tensor1d(places, 'int32'), others.length); // prettier-ignore
}

function turned(x: tf.Tensor, times: number, [from, to]: [number, number]): tf.Tensor {
  const order = x.shape.map((_, i) => (i === from ? to : i === to ? from : i));
  const quarters = ((times % 4) + 4) % 4;
  if (quarters === 0) return x.clone();
  if (quarters === 2) {
    if (x.shape[from] === x.shape[to]) return x.reverse([from, to]);
    throw new Error(
      "a half turn of what isn't square is not computed: Keras on TensorFlow mixes its numbers up; in Python, turn it by " +
        'keras.ops.flip(x, axis=(1, 2)), and train it again',
    );
  }
  return quarters === 1 ? x.reverse(to).transpose(order) : x.transpose(order).reverse(to);
}

const joined =
  (axis: number, form: (x: tf.Tensor) => tf.Tensor): Operation =>
  (operands) =>
    tf.concat(alike(operands).map(form), axis);

export const SHAPES: Operations = {
  zerosLike: withoutGradient(([x], given) => ofType(tf.zerosLike(x!), given)),
  onesLike: withoutGradient(([x], given) => ofType(tf.onesLike(x!), given)),
  fullLike: ([x, value], {targetDtype}) =>
    cast(value!, (targetDtype as string | null | undefined) ?? x!.dtype).broadcastTo(x!.shape),
  cast: ([x], given) => ofType(x!, given),
  saturateCast: ([x], given) => saturated(x!, given.targetDtype as string),
  oneHot: withoutGradient(([x], {numClasses, targetDtype}) =>
    cast(hot(x!, numClasses), (targetDtype ?? 'float32') as string),
  ),
  multiHot: withoutGradient(([x], {numClasses, targetDtype}) =>
    cast(hot(x!, numClasses).max(x!.rank > 1 ? 1 : 0), (targetDtype ?? 'float32') as string),
  ),

  reshape: ([x], {newshape}) => x!.reshape([newshape].flat() as number[]),
  ravel: ([x]) => x!.flatten(),
  expandDims: ([x], {axis}) => {
    const axes = axesOf(axis)!;
    const rank = x!.rank + axes.length;
    const sorted = axes.map((each) => counted(each, rank)).sort((a, b) => a - b);
    return sorted.reduce((expanded, each) => expanded.expandDims(each), x!);
  },
  squeeze: ([x], {axis}) => x!.squeeze(axesOf(axis)?.map((each) => counted(each, x!.rank))),
  transpose: ([x], {axes}) => x!.transpose(axesOf(axes)?.map((each) => counted(each, x!.rank))),
  moveaxis: ([x], {source, destination}) => {
    const places = (axes: unknown) => axesOf(axes)!.map((axis) => counted(axis, x!.rank));
    const [from, to] = [places(source), places(destination)];
    const others = x!.shape.map((_, i) => i).filter((axis) => !from.includes(axis)).values(); // prettier-ignore
    return x!.transpose(x!.shape.map((_, i) => (to.includes(i) ? from[to.indexOf(i)]! : others.next().value!)));
  },
  roll: ([x], {shift, axis}) => {
    const axes = axesOf(axis);
    if (!axes) return rolled(x!.flatten(), shift as number, 0).reshape(x!.shape);
    return axes.reduce((each, one, i) => rolled(each, [shift].flat()[i] as number, counted(one, x!.rank)), x!);
  },
  swapaxes: ([x], {axis1, axis2}) => {
    const order = x!.shape.map((_, i) => i);
    const [a, b] = [order.at(axis1 as number)!, order.at(axis2 as number)!];
    [order[a], order[b]] = [b, a];
    return x!.transpose(order);
  },
  flip: ([x], {axis}) => x!.reverse(axesOf(axis)),
  flipud: ([x]) => x!.reverse(0),
  fliplr: ([x]) => x!.reverse(1),
  rot90: ([x], {k = 1, axes = [0, 1]}) => {
    const [from, to] = (axes as [number, number]).map((axis) => counted(axis, x!.rank));
    return turned(x!, k as number, [from!, to!]);
  },
  broadcastTo: ([x], {targetShape}) => x!.broadcastTo(targetShape as number[]),
  tile: ([x], {repeats}) => {
    const times = [repeats].flat() as number[];
    const before = Array.from({length: Math.max(x!.rank - times.length, 0)}, () => 1);
    const after = Array.from({length: Math.max(times.length - x!.rank, 0)}, () => 1);
    return x!.reshape([...after, ...x!.shape]).tile([...before, ...times]);
  },
  repeat: along((x, axis, _, {repeats}) => {
    const each = [repeats].flat() as number[];
    const times = (i: number) => (each.length === 1 ? each[0]! : each[i]!);
    const places = Array.from({length: x.shape[axis]!}, (_each, i) => Array.from({length: times(i)}, () => i)).flat();
    return x.gather(tf.tensor1d(places, 'int32'), axis);
  }),
  take: along((x, axis, [, indices]) => {
    const places = indices!.toInt();
    return x.gather(places.add(places.less(0).toInt().mul(x.shape[axis]!)).toInt(), axis);
  }),
  pad: ([x], {padWidth, constantValues, mode}) => {
    const widths = margins(padWidth, x!.rank);
    if (mode === 'reflect' || mode === 'symmetric') return mirrored(x!, widths, mode === 'reflect' ? 1 : 0);
    return x!.pad(widths, (constantValues as number | null | undefined) ?? 0);
  },
  concatenate: (operands, {axis = 0}) => tf.concat(alike(operands), axis as number),
  append: (operands, {axis = null}) => {
    const both = alike(operands);
    return axis === null ? tf.concat(both.map((x) => x.flatten())) : tf.concat(both, axis as number);
  },
  stack: (operands, {axis = 0}) => tf.stack(alike(operands), counted(axis as number, operands[0]!.rank + 1)),
  hstack: (operands) => tf.concat(alike(operands), operands[0]!.rank === 1 ? 0 : 1),
  vstack: joined(0, (x) => (x.rank === 1 ? x.expandDims(0) : x)),
  dstack: joined(2, (x) => (x.rank === 1 ? x.reshape([1, -1, 1]) : x.rank === 2 ? x.expandDims(2) : x)),
  split: ([x], {indicesOrSections, axis = 0}) => parts(x!, indicesOrSections, counted(axis as number, x!.rank)),
  arraySplit: ([x], {indicesOrSections, axis = 0}) =>
    parts(x!, indicesOrSections, counted(axis as number, x!.rank), true),
  vsplit: splitAlong(0),
  hsplit: ([x], given) => splitAlong(x!.rank === 1 ? 0 : 1)([x!], given),
  dsplit: splitAlong(2),
  unstack: ([x], {axis = 0}) => tf.unstack(x!, counted(axis as number, x!.rank)),
  tril: triangle((row, column) => row.greaterEqual(column)),
  triu: triangle((row, column) => row.lessEqual(column)),
  diagonal: ([x], given) => diagonal(x!, given),
  trace: ([x], given) => diagonal(x!, given).sum(-1),
  diff: ([given], {n = 1, axis = -1}) => {
    const x = asNumbers(given!);
    const at = counted(axis as number, x.rank);
    const from = (each: tf.Tensor, place: number) => {
      const sizes = each.shape.map((size, i) => (i === at ? size - 1 : size));
      return each.slice(each.shape.map((_, i) => (i === at ? place : 0)), sizes); // prettier-ignore
    };
    return Array.from({length: n as number}).reduce<tf.Tensor>((each) => from(each, 1).sub(from(each, 0)), x);
  },
  slice: ([x], {startIndices, targetShape}) => {
    const starts = startIndices as number[];
    const sizes = (targetShape as number[]).map((size, i) => (size === -1 ? x!.shape[i]! - starts[i]! : size));
    return x!.slice(starts, sizes);
  },
  getItem: ([x], {indices}) => indexed(x!, indices as Index[]),
};
