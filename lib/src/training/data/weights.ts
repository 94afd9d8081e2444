import {CallError} from '../../arguments/publicCall';
import {isArrayLike, numbers} from '../../arguments/kinds';
import type {Kind} from '../../arguments/schema';
import {isTensor} from '../../arguments/describe';
import {tf} from '../../tfjs/tensorflow';
import type {CompiledModel} from '../compiled';
import {checkFinite, ordered} from './check';
import {printShape} from './hints';
import type {SampleWeight} from '../types';

/**
 * How much the examples of each class count in the loss: numbers by class, as a list or as {0: 1, 7: 5}, with 1 for a class
 * that isn't named; or 'balanced', which lets all classes together count alike: n examples of k classes give a class with
 * m examples the number n / (k m).
 */
export type ClassWeight = Readonly<Record<number, number>> | 'balanced';

/** The kind of value that `classWeight` takes. */
export const classWeightKind: Kind = {
  expected: "numbers of at least 0 by class, such as {0: 1, 1: 5}, or 'balanced'",
  fits: (value) =>
    value === 'balanced' ||
    (typeof value === 'object' &&
      value !== null &&
      !isTensor(value) &&
      // A Map has its numbers elsewhere.
      (isArrayLike(value) || !(Symbol.iterator in value)) &&
      Object.entries(value).every(
        ([key, number]) => Number.isInteger(Number(key)) && Number.isFinite(number) && (number as number) >= 0,
      )),
};

/**
 * The examples' weights, one tensor an output; none where all count alike.
 *
 * @param ys The targets, checked.
 * @throws CallError for weights that don't belong to them.
 */
export function checkWeights(
  {container}: CompiledModel,
  ys: tf.Tensor[],
  given: SampleWeight | undefined,
): tf.Tensor[] {
  if (given === undefined) return [];
  const weights = weightsByOutput(container.outputNames, given);
  weights.forEach((weight, i) => {
    const name = weights.length === 1 ? 'sampleWeight' : `sampleWeight for ${container.outputNames[i]!}`;
    const [examples] = ys[i]!.shape;
    if (weight.rank > 0 && weight.shape[0] !== examples) {
      throw new CallError(
        `${name} has ${weight.shape[0]} numbers but there are ${examples} examples; give each its own`,
      );
    }
    // A number for each example, or for each of the values that its loss is the mean of.
    const values = container.outputs[i]!.shape.slice(1, -1);
    const [, ...more] = weight.shape;
    if (weight.rank === 0 || !more.every((size, axis) => size === 1 || size === values[axis])) {
      const expected = [`[${examples}]`, ...(values.length > 0 ? [printShape([examples, ...values])] : [])];
      throw new CallError(`${name} must be numbers of shape ${expected.join(' or ')}, got ${printShape(weight.shape)}`);
    }
    checkFinite(name, weight);
  });
  return weights;
}

function weightsByOutput(outputNames: string[], given: SampleWeight): tf.Tensor[] {
  const isList = isArrayLike(given) && given.length > 0 && numbers.fits(given);
  const data = isList ? tf.tensor1d(Float32Array.from(given as ArrayLike<number>)) : given;
  // One number an example counts for all outputs.
  if (isTensor(data) && data.rank === 1 && outputNames.length > 1) return outputNames.map(() => data.clone());
  return ordered('sampleWeight', outputNames, data);
}

/**
 * The class number of each example, as Keras finds it: where the target is largest, or the target itself.
 *
 * @param y [n] or [n, 1] numbers, or [n, classes].
 * @throws CallError for an example of several classes.
 */
export function classNumbers(y: tf.Tensor): Int32Array {
  const columns = y.rank === 1 ? 1 : y.shape.at(-1)!;
  return tf.tidy(() => {
    if (columns === 1) return y.flatten().round().toInt().dataSync<'int32'>();
    const largest = y.equal(y.max(-1, true)).toFloat().sum(-1).dataSync();
    const several = largest.findIndex((count) => count > 1);
    if (several !== -1) {
      throw new CallError(
        `classWeight needs one class for each example, but a row of y (example ${several} of its batch) is largest at several; pass sampleWeight`,
      );
    }
    return y.argMax(-1).toInt().dataSync<'int32'>();
  });
}

/** What 'balanced' comes to. @param counts How many examples each class has. */
export function balanced(counts: ReadonlyMap<number, number>): Record<number, number> {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return Object.fromEntries([...counts].map(([label, count]) => [label, all / (counts.size * count)]));
}

/** @throws CallError for a model, or numbers, that the examples of single classes can't be weighed by. */
export function checkClassWeight({container}: CompiledModel, classWeight: ClassWeight): void {
  const {outputs, outputNames} = container;
  if (outputs.length > 1) {
    throw new CallError(
      `classWeight is for models with one output, but this one has ${outputs.length} (${outputNames.join(', ')}); pass sampleWeight`,
    );
  }
  const {shape} = outputs[0]!;
  if (shape.length !== 2) {
    throw new CallError(
      `classWeight needs one class for each example, but the model's output is ${printShape(shape)}; pass sampleWeight`,
    );
  }
  const units = shape[1]!;
  const unknown = Object.keys(classWeight).find((key) => units > 1 && !(Number(key) >= 0 && Number(key) < units));
  if (classWeight !== 'balanced' && unknown !== undefined) {
    throw new CallError(`classWeight names class ${unknown} but the model knows classes 0 to ${units - 1}`);
  }
}
