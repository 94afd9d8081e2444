// What Python does with a model's tensors without a layer: `x + 3`, `x[:, 1:]`, `keras.ops.mean(x)`. Keras keeps each as an
// operation, with its constants among the call's arguments; here it is a layer that has them as arguments of its own.
import {OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

/** One piece of a tensor's index: a range (null where it is open), a place, all axes that are left, or a new axis. */
export type Index = (number | null)[] | number | 'ellipsis' | 'newaxis';

type Shape = tf.Shape;
type Given = Readonly<Record<string, unknown>>;

interface Operation {
  compute: (inputs: tf.Tensor[], given: Given) => tf.Tensor;
}

const twoSided = (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Operation => ({
  compute: (inputs, {constant, constantFirst}) => {
    if (constant === undefined || constant === null) return f(inputs[0]!, inputs[1]!);
    const value = tf.tensor(constant as number, undefined, 'float32');
    return constantFirst === true ? f(value, inputs[0]!) : f(inputs[0]!, value);
  },
});
const oneSided = (f: (x: tf.Tensor) => tf.Tensor): Operation => ({compute: ([x]) => f(x!)});
const reduction = (f: (x: tf.Tensor, axis?: number[], keepDims?: boolean) => tf.Tensor): Operation => ({
  compute: ([x], {axis, keepdims}) =>
    f(x!, axis === null || axis === undefined ? undefined : ([axis].flat() as number[]), keepdims === true),
});

const OPERATIONS: Readonly<Record<string, Operation>> = {
  add: twoSided((a, b) => a.add(b)),
  subtract: twoSided((a, b) => a.sub(b)),
  multiply: twoSided((a, b) => a.mul(b)),
  divide: twoSided((a, b) => a.div(b)),
  trueDivide: twoSided((a, b) => a.div(b)),
  power: twoSided((a, b) => a.pow(b)),
  maximum: twoSided((a, b) => a.maximum(b)),
  minimum: twoSided((a, b) => a.minimum(b)),
  matmul: twoSided((a, b) => tf.matMul(a, b)),
  negative: oneSided((x) => x.neg()),
  absolute: oneSided((x) => x.abs()),
  square: oneSided((x) => x.square()),
  sqrt: oneSided((x) => x.sqrt()),
  exp: oneSided((x) => x.exp()),
  log: oneSided((x) => x.log()),
  tanh: oneSided((x) => x.tanh()),
  relu: oneSided((x) => x.relu()),
  relu6: oneSided((x) => x.clipByValue(0, 6)),
  sigmoid: oneSided((x) => x.sigmoid()),
  softplus: oneSided((x) => tf.softplus(x)),
  silu: oneSided((x) => x.mul(x.sigmoid())),
  mean: reduction((x, axis, keepDims) => x.mean(axis, keepDims)),
  sum: reduction((x, axis, keepDims) => x.sum(axis, keepDims)),
  max: reduction((x, axis, keepDims) => x.max(axis, keepDims)),
  min: reduction((x, axis, keepDims) => x.min(axis, keepDims)),
  getItem: {compute: ([x], {indices}) => indexed(x!, indices as Index[])},
};

/** The operations that can be computed, in camelCase. */
export const KNOWN_OPERATIONS: ReadonlySet<string> = new Set(Object.keys(OPERATIONS));

/** `x[indices]`, as NumPy has it. */
function indexed(x: tf.Tensor, indices: Index[]): tf.Tensor {
  const named = indices.filter((index) => index !== 'ellipsis' && index !== 'newaxis').length;
  const open: Index = [null, null, null];
  const rest = Array.from({length: x.rank - named}, () => open);
  const at = indices.indexOf('ellipsis');
  const whole = at < 0 ? [...indices, ...rest] : [...indices.slice(0, at), ...rest, ...indices.slice(at + 1)];
  const steps = whole.filter((index) => index !== 'newaxis') as ((number | null)[] | number)[];
  const places = steps.map((step, axis): {from: number; to: number; by: number} => {
    const size = x.shape[axis]!;
    const place = (index: number) => Math.min(Math.max(index < 0 ? index + size : index, 0), size);
    if (!Array.isArray(step)) return {from: place(step), to: place(step) + 1, by: 1};
    const [start, stop, by] = step;
    return {from: place(start ?? 0), to: place(stop ?? size), by: by ?? 1};
  });
  // Not stridedSlice, which has no gradient.
  const begin = places.map(({from}) => from);
  let picked = x.slice(
    begin,
    places.map(({from, to}) => Math.max(to - from, 0)),
  );
  places.forEach(({by}, axis) => {
    if (by > 1) picked = picked.gather(tf.range(0, picked.shape[axis]!, by, 'int32'), axis);
  });
  let from = 0;
  const shape = whole.flatMap((index) => {
    if (index === 'newaxis') return [1];
    const size = picked.shape[from++]!;
    return Array.isArray(index) ? [size] : [];
  });
  return picked.reshape(shape);
}

/** One operation of Keras's, by its name: `{operation: 'add', constant: 3}`. */
export class KerasOperation extends OwnLayer {
  static readonly className = 'KerasOperation';

  private get operation(): Operation {
    const name = this.given.operation as string;
    const found = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
    if (!found) throw new Error(`layer '${this.name}': there is no operation '${name}'`);
    return found;
  }

  /** Tried on two numbers of examples: what changes with them stays open. */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    const [few, many] = [2, 3].map((count) =>
      tf.tidy(
        () => this.compute(this.spread(shapes).map((shape) => tf.zeros(shape.map((size) => size ?? count)))).shape,
      ),
    );
    return few!.map((size, i) => (size === many![i] ? size : null));
  }

  protected compute(inputs: tf.Tensor[]): tf.Tensor {
    return this.operation.compute(inputs, this.given);
  }
}

register(KerasOperation);
