// What operations of keras.ops are made of: functions of tensors and of the arguments that Keras's files have for them.
import {tf} from '../../tfjs/tensorflow';
import {narrowed} from './narrow';

/** Arguments, in camelCase. */
export type Given = Readonly<Record<string, unknown>>;
/** An operation: its tensors, constants among them, and its arguments. */
export type Operation = (operands: tf.Tensor[], given: Given) => tf.Tensor | tf.Tensor[];
export type Operations = Readonly<Record<string, Operation>>;

/** Truth values as 0 and 1. */
export const asNumbers = (x: tf.Tensor) => (x.dtype === 'bool' ? x.toInt() : x);

/** Of one type, that of the widest of them: truth values, whole numbers, any numbers. */
export function alike(xs: tf.Tensor[]): tf.Tensor[] {
  const types = new Set(xs.map(({dtype}) => dtype));
  if (types.size === 1) return xs;
  return xs.map((x) => (types.has('float32') ? x.toFloat() : x.toInt()));
}

/** Of any numbers; whole ones stay whole where the function leaves them so. */
export const oneSided =
  (f: (x: tf.Tensor) => tf.Tensor): Operation =>
  ([x]) =>
    f(asNumbers(x!));
/** Computed with any numbers, also where whole ones come. */
export const floating = (f: (x: tf.Tensor) => tf.Tensor): Operation => oneSided((x) => f(x.toFloat()));
export const twoSided =
  (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Operation =>
  (operands) => {
    const [a, b] = alike(operands.map(asNumbers));
    return f(a!, b!);
  };

/** TensorFlow has no gradient of these, or none but zero, and TensorFlow.js would stop there: here it is zero. */
export const withoutGradient =
  (operation: (operands: tf.Tensor[], given: Given) => tf.Tensor) =>
  (operands: tf.Tensor[], given: Given): tf.Tensor =>
    tf.customGrad<tf.Tensor>((...all) => {
      const save = all.pop() as tf.GradSaveFunc;
      save(operands);
      const gradFunc = (_dy: tf.Tensor, saved: tf.Tensor[]) => saved.map((each) => tf.zerosLike(each.toFloat()));
      return {value: operation(all as tf.Tensor[], given), gradFunc};
    })(...operands);
export const step = (f: (x: tf.Tensor) => tf.Tensor): Operation => withoutGradient(([x]) => f(x!));
export const steps = (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Operation =>
  withoutGradient((operands) => {
    const [a, b] = alike(operands.map(asNumbers));
    return f(a!, b!);
  });

const toInt = withoutGradient(([x]) => x!.toInt());
const toBool = withoutGradient(([x]) => x!.toBool());

/** As numbers of a type of Keras's, or of the nearest that TensorFlow.js has. */
export function cast(x: tf.Tensor, dtype: string): tf.Tensor {
  if (dtype === 'bool') return toBool([x], {});
  if (dtype.startsWith('int')) return toInt([x], {});
  return dtype === 'float16' || dtype === 'bfloat16' ? narrowed(x.toFloat(), dtype) : x.toFloat();
}

export const axesOf = (axis: unknown) =>
  axis === null || axis === undefined ? undefined : ([axis].flat() as number[]);
/** An axis that may be counted from the end. */
export const counted = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);

/** Along one axis, or along all the numbers in a row. */
export const along =
  (f: (x: tf.Tensor, axis: number, operands: tf.Tensor[], given: Given) => tf.Tensor) =>
  (operands: tf.Tensor[], given: Given): tf.Tensor => {
    const [x] = operands;
    const {axis} = given;
    if (typeof axis !== 'number') return f(x!.flatten(), 0, operands, given);
    return f(x!, counted(axis, x!.rank), operands, given);
  };

/** As if the axis were the last: TensorFlow.js has a softmax of no other, and a wrong gradient of cumsum over any other. */
export function overLast(x: tf.Tensor, axis: number, f: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  const last = x.rank - 1;
  if (axis === last) return f(x);
  const order = x.shape.map((_, i) => (i === axis ? last : i === last ? axis : i));
  return f(x.transpose(order)).transpose(order);
}

/** Times a matrix, along one axis. */
export function timesMatrix(x: tf.Tensor, matrix: tf.Tensor2D, axis: number): tf.Tensor {
  const [from, to] = matrix.shape;
  return overLast(x, axis, (each) => tf.matMul(each.reshape([-1, from]), matrix).reshape([...each.shape.slice(0, -1), to])); // prettier-ignore
}

/** Of each row along the last axis, what lies at these places of it. */
export function takenFromRows(x: tf.Tensor, places: tf.Tensor): tf.Tensor {
  const flat = (each: tf.Tensor): tf.Tensor1D => {
    const rows = each.toInt().reshape([-1, each.shape.at(-1)!]);
    const begins = tf.range(0, rows.shape[0], 1, 'int32').mul(tf.scalar(x.shape.at(-1)!, 'int32'));
    return rows.add(begins.expandDims(1)).toInt().flatten();
  };
  // TensorFlow.js can't go on backwards where the places were computed, too.
  const taken = tf.customGrad<tf.Tensor>((...all) => {
    const save = all.pop() as tf.GradSaveFunc;
    const [numbers, at] = all as tf.Tensor[];
    save([at!]);
    return {
      value: numbers!.flatten().gather(flat(at!)).reshape(at!.shape),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => [
        tf.unsortedSegmentSum(dy.flatten(), flat(saved!), x.size).reshape(x.shape),
        tf.zeros(saved!.shape),
      ],
    };
  });
  return taken(x, places);
}

/** Where something holds: TensorFlow.js can't go on backwards from there. */
export const isWhere = (f: (x: tf.Tensor) => tf.Tensor) => {
  const found = withoutGradient(([x]) => f(x!));
  return (x: tf.Tensor) => found([x], {});
};
