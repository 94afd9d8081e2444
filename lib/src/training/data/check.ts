import {describe, isTensor} from '../../arguments/describe';
import {CallError} from '../../arguments/publicCall';
import {tf} from '../../tfjs/tensorflow';
import type {CompiledModel} from '../compiled';
import {containerOf} from '../../tfjs/compiled';
import type {TensorData} from '../types';
import {fits, inputHint, labelProblem, metricProblem, printShape, tensorHint} from './hints';

/** The tensors for the model's inputs in their order, after checking their shapes and values. */
export function checkInputs(model: tf.LayersModel, x: TensorData): tf.Tensor[] {
  const {inputs, inputNames} = containerOf(model);
  const given = ordered('x', inputNames, x);
  const tensors = given.map((tensor, i) => asColumn(tensor, inputs[i]!.shape.length));
  tensors.forEach((tensor, i) => {
    const expected = inputs[i]!.shape;
    if (!fits(tensor.shape, expected)) {
      const {shape} = given[i]!;
      throw new CallError(
        `${nameOf('x', inputNames, i)} has shape ${printShape(shape)} but the model takes ${printShape(expected)}${inputHint(shape, expected)}`,
      );
    }
    checkFinite(nameOf('x', inputNames, i), tensor);
  });
  checkSameLength(tensors, 'inputs');
  return tensors;
}

/** The tensors for the model's losses in the order of its outputs, after checking their shapes and values. */
export function checkTargets({container, losses, metrics}: CompiledModel, y: TensorData): tf.Tensor[] {
  const {outputs, outputNames} = container;
  return ordered('y', outputNames, y).map((tensor, i) => {
    const name = nameOf('y', outputNames, i);
    const outputShape = outputs[i]!.shape;
    const {name: lossName, counts} = losses[i]!;
    const sparse = lossName === 'sparseCategoricalCrossentropy';
    const target = asColumn(tensor, outputShape.length);
    const numbers = outputShape.slice(0, -1);
    const expected = !sparse ? outputShape : target.rank === numbers.length ? numbers : [...numbers, 1];
    // A loss of the user's own may take labels of any shape.
    if (lossName !== undefined && !fits(target.shape, expected)) {
      throw new CallError(labelProblem(name, tensor, outputShape, lossName));
    }
    const strict = metrics.find(({metric, output}) => output === i && metric.anyLabels !== true);
    if (strict && !fits(target.shape, outputShape)) {
      throw new CallError(metricProblem(strict.name, name, tensor, outputShape));
    }
    checkFinite(name, target);
    if (!sparse) return target;
    // A label that is left out may be any number, such as 255.
    const counted = counts ? tf.where(counts(target).toBool(), target, 0) : target;
    checkClasses(name, counted, outputShape.at(-1)!);
    // tfjs's loss rounds its labels down, which it can do to floating point numbers only.
    return target.dtype === 'float32' ? target : target.toFloat();
  });
}

/** @throws CallError unless there are examples, and as many inputs as labels. */
export function checkPairs(xs: tf.Tensor[], ys: tf.Tensor[]): void {
  const images = xs[0]!.shape[0];
  for (const y of ys) {
    if (y.rank === 0) throw new CallError('y is a single number, shape [], expected one for each example, shape [n]');
    if (y.shape[0] !== images) {
      throw new CallError(`x has ${images} examples but y has ${y.shape[0]} labels; do they come from the same set?`);
    }
  }
  if (images === 0) throw new CallError('x has no examples; expected at least one');
}

const NUMBERS = new Set(['float32', 'int32', 'bool']);

/** The tensors for a model's inputs or outputs, in the model's order. */
export function ordered(what: 'x' | 'y' | 'sampleWeight', names: string[], data: unknown): tf.Tensor[] {
  const one = names.length === 1;
  const ends = what === 'x' ? 'inputs' : 'outputs';
  const expected = one ? 'a tensor' : `a tensor for each of the model's ${ends} ${names.join(', ')}`;
  const wrong = (value: unknown) =>
    new CallError(
      `${what} must be ${expected}, got ${describe(value)}${what === 'sampleWeight' ? '' : tensorHint(what, value)}`,
    );
  const isNamed =
    typeof data === 'object' &&
    data !== null &&
    !isTensor(data) &&
    !Array.isArray(data) &&
    names.some((name) => Object.hasOwn(data, name));
  if (isNamed && !names.every((name) => Object.hasOwn(data, name))) throw wrong(data);
  const list: unknown[] = isNamed
    ? names.map((name) => (data as Record<string, unknown>)[name])
    : Array.isArray(data) && data.every(isTensor)
      ? data
      : [data];
  if (list.length !== names.length) {
    const came = isTensor(data) ? 'one' : list.length;
    if (!isTensor(data) && !Array.isArray(data)) throw wrong(data);
    throw new CallError(
      `the model has ${names.length} ${one ? ends.slice(0, -1) : ends} (${names.join(', ')}), so ${what} must be as many tensors, got ${came}`,
    );
  }
  for (const tensor of list) {
    if (!(tensor instanceof tf.Tensor) || tensor.isDisposed || !NUMBERS.has(tensor.dtype)) throw wrong(tensor);
  }
  return list as tf.Tensor[];
}

/** A list of numbers as a matrix of one column, which is what layers want: [n] to [n, 1]. Shares its values. */
function asColumn(tensor: tf.Tensor, rank: number): tf.Tensor {
  return tensor.rank === 1 && rank === 2 ? tensor.expandDims(1) : tensor;
}

function checkSameLength(tensors: tf.Tensor[], what: string): void {
  const lengths = tensors.map((tensor) => tensor.shape[0]);
  if (lengths.some((length) => length !== lengths[0])) {
    throw new CallError(`the ${what} must have equally many examples, got ${lengths.join(', ')}`);
  }
}

/** @throws CallError for a NaN or an infinity, which it says where it found. */
export function checkFinite(name: string, tensor: tf.Tensor): void {
  if (tensor.dtype !== 'float32') return;
  // One NaN or infinity makes the sum one too, and a sum is the fastest way to look at everything.
  const sum = tf.tidy(() => tf.sum(tensor).dataSync()[0]!);
  if (Number.isFinite(sum)) return;
  const values = tensor.dataSync();
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at === -1) return;
  const example = Math.floor(at / (tensor.size / tensor.shape[0]));
  throw new CallError(
    `${name} holds ${values[at]!} in example ${example}; expected finite numbers only: look for missing values or a division by zero`,
  );
}

/** @throws CallError unless the labels are class numbers that a model of so many outputs knows. */
export function checkClasses(name: string, labels: tf.Tensor, classes: number): void {
  if (labels.size === 0) return;
  if (labels.dtype === 'float32' && tf.tidy(() => tf.any(tf.notEqual(labels, tf.floor(labels))).dataSync()[0] === 1)) {
    const values = labels.dataSync();
    const at = values.findIndex((value) => !Number.isInteger(value));
    throw new CallError(`${name} must hold class numbers 0, 1, 2, …, got ${values[at]!} in example ${at}`);
  }
  const [low, high] = tf.tidy(() => [tf.min(labels).dataSync()[0]!, tf.max(labels).dataSync()[0]!]);
  if (low < 0 || high >= classes) {
    throw new CallError(
      `${name} holds class ${low < 0 ? low : high} but the model knows classes 0 to ${classes - 1}; count classes from 0, or give the last layer more units`,
    );
  }
}

function nameOf(what: string, names: string[], i: number): string {
  return names.length === 1 ? what : `${what} for ${names[i]!}`;
}
