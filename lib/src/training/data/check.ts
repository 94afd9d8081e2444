import {describe, isTensor} from '../../arguments/describe';
import {tf} from '../../tfjs/tensorflow';
import type {CompiledModel} from '../compiled';
import {containerOf} from '../../tfjs/compiled';
import type {TensorData} from '../types';

/** The tensors for the model's inputs in their order, after checking their shapes and values. */
export function checkInputs(caller: string, model: tf.LayersModel, x: TensorData): tf.Tensor[] {
  const {inputs, inputNames} = containerOf(model);
  const given = ordered(caller, 'x', inputNames, x);
  const tensors = given.map((tensor, i) => asColumn(tensor, inputs[i]!.shape.length));
  tensors.forEach((tensor, i) => {
    const expected = inputs[i]!.shape;
    if (!fits(tensor.shape, expected)) {
      const {shape} = given[i]!;
      throw new Error(
        `${caller}: ${nameOf('x', inputNames, i)} has shape ${print(shape)} but the model takes ${print(expected)}${inputHint(shape, expected)}`,
      );
    }
    checkFinite(caller, nameOf('x', inputNames, i), tensor);
  });
  checkSameLength(caller, tensors, 'inputs');
  return tensors;
}

/** The tensors for the model's losses in the order of its outputs, after checking their shapes and values. */
export function checkTargets(caller: string, {container, losses}: CompiledModel, y: TensorData): tf.Tensor[] {
  const {outputs, outputNames} = container;
  return ordered(caller, 'y', outputNames, y).map((tensor, i) => {
    const name = nameOf('y', outputNames, i);
    const outputShape = outputs[i]!.shape;
    const lossName = losses[i]!.name;
    const sparse = lossName === 'sparseCategoricalCrossentropy';
    const target = asColumn(tensor, outputShape.length);
    const numbers = outputShape.slice(0, -1);
    const expected = !sparse ? outputShape : target.rank === numbers.length ? numbers : [...numbers, 1];
    // A loss of the user's own may take labels of any shape.
    if (lossName !== undefined && !fits(target.shape, expected)) {
      throw new Error(`${caller}: ${labelProblem(name, tensor, outputShape, lossName)}`);
    }
    checkFinite(caller, name, target);
    if (!sparse) return target;
    checkClasses(caller, name, target, outputShape.at(-1)!);
    // tfjs's loss rounds its labels down, which it can do to floating point numbers only.
    return target.dtype === 'float32' ? target : target.toFloat();
  });
}

/** @throws Error unless there are examples, and as many inputs as labels. */
export function checkPairs(caller: string, xs: tf.Tensor[], ys: tf.Tensor[]): void {
  const images = xs[0]!.shape[0];
  for (const y of ys) {
    if (y.shape[0] !== images) {
      throw new Error(
        `${caller}: x has ${images} examples but y has ${y.shape[0]} labels; do they come from the same set?`,
      );
    }
  }
  if (images === 0) throw new Error(`${caller}: x has no examples; expected at least one`);
}

function ordered(caller: string, what: 'x' | 'y', names: string[], data: unknown): tf.Tensor[] {
  const one = names.length === 1;
  const ends = what === 'x' ? 'inputs' : 'outputs';
  const expected = one ? 'a tensor' : `a tensor for each of the model's ${ends} ${names.join(', ')}`;
  const wrong = (value: unknown) =>
    new Error(`${caller}: ${what} must be ${expected}, got ${describe(value)}${tensorHint(what, value)}`);
  const isNamed =
    typeof data === 'object' &&
    data !== null &&
    !isTensor(data) &&
    !Array.isArray(data) &&
    names.some((name) => Object.hasOwn(data, name));
  const list: unknown[] = isNamed
    ? names.map((name) => (data as Record<string, unknown>)[name])
    : Array.isArray(data) && data.every(isTensor)
      ? data
      : [data];
  if (list.length !== names.length) {
    const came = isTensor(data) ? 'one' : list.length;
    if (!isTensor(data) && !Array.isArray(data)) throw wrong(data);
    throw new Error(
      `${caller}: the model has ${names.length} ${one ? ends.slice(0, -1) : ends} (${names.join(', ')}), so ${what} must be as many tensors, got ${came}`,
    );
  }
  for (const tensor of list) {
    if (!(tensor instanceof tf.Tensor) || tensor.isDisposed || tensor.dtype === 'string') throw wrong(tensor);
  }
  return list as tf.Tensor[];
}

/** How to make a tensor of what came instead. */
function tensorHint(what: 'x' | 'y', value: unknown): string {
  if (Array.isArray(value)) return '; make one of it with tf.tensor(…)';
  if (ArrayBuffer.isView(value)) {
    return what === 'y' ? "; for labels use tf.oneHot(tf.tensor1d(labels, 'int32'), classes)" : '; see set.tensor()';
  }
  const {tensor} = (value ?? {}) as {tensor?: unknown};
  return typeof tensor === 'function' ? '; use its pixels, set.tensor().expandDims(-1).div(255)' : '';
}

/** A list of numbers as a matrix of one column, which is what layers want: [n] to [n, 1]. Shares its values. */
function asColumn(tensor: tf.Tensor, rank: number): tf.Tensor {
  return tensor.rank === 1 && rank === 2 ? tensor.expandDims(1) : tensor;
}

function fits(shape: number[], expected: (number | null)[]): boolean {
  return shape.length === expected.length && expected.every((size, i) => i === 0 || size === null || size === shape[i]);
}

function inputHint(shape: number[], expected: (number | null)[]): string {
  if (expected.at(-1) === 1 && fits([...shape, 1], expected))
    return '; add the channel dimension with x.expandDims(-1)';
  if (fits([1, ...shape], expected)) return '; for a single example use x.expandDims(0)';
  const [n, a, b, c] = shape;
  if (shape.length === 4) {
    if (fits([n!, b!, c!, a!], expected)) return '; the channels come last: x.transpose([0, 2, 3, 1])';
    if (fits([n!, b!, a!, c!], expected)) return '; height and width are exchanged: x.transpose([0, 2, 1, 3])';
  }
  if (shape.length === 3 && fits([n!, b!, a!, 1], expected)) {
    return '; height and width are exchanged: x.transpose([0, 2, 1]).expandDims(-1)';
  }
  const example = expected.slice(1);
  if (example.every((size) => size !== null) && product(shape.slice(1)) === product(example)) {
    return `; if each example is in this order, x.reshape([-1, ${example.join(', ')}])`;
  }
  return '; reshape x, or give the first layer this inputShape';
}

function product(sizes: readonly (number | null)[]): number {
  return sizes.reduce<number>((size, length) => size * length!, 1);
}

function labelProblem(name: string, y: tf.Tensor, output: (number | null)[], loss: string): string {
  const classes = output.at(-1)!;
  const columns = y.shape.at(-1)!;
  if (loss === 'sparseCategoricalCrossentropy') {
    return `${name} has shape ${print(y.shape)} but the loss ${loss} expects one class number an example, shape [n]; for one-hot labels compile with categoricalCrossentropy`;
  }
  if (loss === 'categoricalCrossentropy' && (y.rank === output.length - 1 || columns === 1)) {
    return `${name} has shape ${print(y.shape)}, class numbers, but the loss ${loss} expects a column for each of the ${classes} classes; use tf.oneHot(labels, ${classes}), or compile with sparseCategoricalCrossentropy`;
  }
  if (y.rank === 2 && y.shape[0] === classes && output.length === 2) {
    return `${name} has shape ${print(y.shape)}, a row for each class, but labels have a row for each example; y.transpose() exchanges the two`;
  }
  if (y.rank === 2 && output.length === 2) {
    return `labels have ${columns} columns but the model has ${classes} outputs; pass numClasses to oneHot (tf.oneHot(labels, ${classes})), or give the last layer ${columns} units`;
  }
  return `${name} has shape ${print(y.shape)} but the model puts out ${print(output)}, and the loss ${loss} compares the two number by number`;
}

function checkSameLength(caller: string, tensors: tf.Tensor[], what: string): void {
  const lengths = tensors.map((tensor) => tensor.shape[0]);
  if (lengths.some((length) => length !== lengths[0])) {
    throw new Error(`${caller}: the ${what} must have equally many examples, got ${lengths.join(', ')}`);
  }
}

function checkFinite(caller: string, name: string, tensor: tf.Tensor): void {
  if (tensor.dtype !== 'float32') return;
  // One NaN or infinity makes the sum one too, and a sum is the fastest way to look at everything.
  const sum = tf.tidy(() => tf.sum(tensor).dataSync()[0]!);
  if (Number.isFinite(sum)) return;
  const values = tensor.dataSync();
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at === -1) return;
  const example = Math.floor(at / (tensor.size / tensor.shape[0]));
  throw new Error(
    `${caller}: ${name} holds ${values[at]!} in example ${example}; expected finite numbers only: look for missing values or a division by zero`,
  );
}

function checkClasses(caller: string, name: string, labels: tf.Tensor, classes: number): void {
  if (labels.size === 0) return;
  if (labels.dtype === 'float32' && tf.tidy(() => tf.any(tf.notEqual(labels, tf.floor(labels))).dataSync()[0] === 1)) {
    const values = labels.dataSync();
    const at = values.findIndex((value) => !Number.isInteger(value));
    throw new Error(`${caller}: ${name} must hold class numbers 0, 1, 2, …, got ${values[at]!} in example ${at}`);
  }
  const [low, high] = tf.tidy(() => [tf.min(labels).dataSync()[0]!, tf.max(labels).dataSync()[0]!]);
  if (low < 0 || high >= classes) {
    throw new Error(
      `${caller}: ${name} holds class ${low < 0 ? low : high} but the model knows classes 0 to ${classes - 1}; count classes from 0, or give the last layer more units`,
    );
  }
}

function nameOf(what: string, names: string[], i: number): string {
  return names.length === 1 ? what : `${what} for ${names[i]!}`;
}

function print(shape: (number | null)[]): string {
  return `[${shape.map((size) => size ?? 'n').join(', ')}]`;
}
