import {tf} from '../../tfjs/tensorflow';
import type {CompiledModel} from '../compiled';

/**
 * What looks like a slip in the labels for a loss, or in the output that it compares them with. Sentences for the reader;
 * none where all is well.
 */
export function labelWarnings({container, losses}: CompiledModel, ys: readonly tf.Tensor[]): string[] {
  return ys.flatMap((y, i) => {
    const {shape, sourceLayer} = container.outputs[i]!;
    const {name = ''} = losses[i]!;
    const units = shape.at(-1)!;
    if (units === 1 && name.startsWith('categorical')) return [oneForAll(name)];
    return [
      ...(units === 1 && endsInSoftmax(sourceLayer) ? [SOFTMAX_OF_ONE] : []),
      ...(name === 'categoricalCrossentropy' ? oneHotWarning(y) : []),
      ...(name.startsWith('binary') ? binaryWarning(name, y) : []),
    ];
  });
}

function oneHotWarning(y: tf.Tensor): string[] {
  const [low, high] = tf.tidy(() => limits(y.toFloat().sum(-1)));
  const strange = [low, high].find((sum) => Math.abs(sum - 1) > 1e-3);
  if (strange === undefined) return [];
  return [
    `Note: a row of y adds up to ${Number(strange.toFixed(3))}, where the rows of one-hot labels add up to 1. ` +
      `tf.oneHot(numbers, classes) makes them from class numbers, which count from 0 to classes - 1; it leaves a row of zeros ` +
      `for any other.`,
  ];
}

function binaryWarning(loss: string, y: tf.Tensor): string[] {
  const [low, high] = limits(y);
  if (low >= 0 && high <= 1) return [];
  return [
    `Note: y holds ${Number((low < 0 ? low : high).toFixed(3))}, where ${loss} expects 0, 1 or a number between. ` +
      `Count two classes as 0 and 1; for more compile with sparseCategoricalCrossentropy and give the last layer a unit for each.`,
  ];
}

/** The smallest and the largest value. */
function limits(values: tf.Tensor): [low: number, high: number] {
  return tf.tidy(() => [values.min().dataSync()[0]!, values.max().dataSync()[0]!]);
}

function endsInSoftmax(layer: tf.layers.Layer): boolean {
  const {activation} = layer as {activation?: {getClassName?: () => string}};
  return activation?.getClassName?.() === 'softmax' || layer.getClassName() === 'Softmax';
}

const SOFTMAX_OF_ONE =
  'Note: the softmax of a single output is always 1, whatever the model learns. For two classes give the last layer ' +
  "activation: 'sigmoid'.";

function oneForAll(loss: string): string {
  return (
    `Note: one output can't tell classes apart by ${loss}. For two classes compile with binaryCrossentropy and give the last ` +
    "layer activation: 'sigmoid', or give it 2 units."
  );
}
