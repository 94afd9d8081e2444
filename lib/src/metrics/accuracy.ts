import type {Values} from '../losses/loss';
import {binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy} from '../losses/crossentropy';

/** How often an output is on the side of the threshold that its label says; the mean over the last axis. */
export const binaryAccuracyAt =
  (threshold: number): Values =>
  (yTrue, {values}) =>
    values.greater(threshold).toFloat().equal(yTrue.toFloat()).toFloat().mean(-1);

export const binaryAccuracy = binaryAccuracyAt(0.5);

/** How often an output is its label, to the last bit. */
export const exactAccuracy: Values = (yTrue, {values}) => values.equal(yTrue.toFloat()).toFloat();

/** How often the largest output is where the label is largest. */
export const categoricalAccuracy: Values = (yTrue, {values}) => yTrue.argMax(-1).equal(values.argMax(-1)).toFloat();

/** How often the largest output is at the class number. */
export const sparseCategoricalAccuracy: Values = (yTrue, {values}) => {
  const found = values.argMax(-1);
  return found.equal(yTrue.reshape(found.shape).toInt()).toFloat();
};

/** What 'accuracy' means depends on the shapes of labels and outputs, as in Keras (trainers/compile_utils.py). */
export const accuracy = byShape(binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy);
export const crossentropy = byShape(binaryCrossentropy(), categoricalCrossentropy(), sparseCategoricalCrossentropy());

function byShape(binary: Values, categorical: Values, sparse: Values): Values {
  return (yTrue, prediction) => {
    const {shape} = prediction.values;
    const isSparse = yTrue.rank < shape.length || yTrue.shape.at(-1) === 1;
    const values = shape.at(-1) === 1 ? binary : isSparse ? sparse : categorical;
    return values(yTrue, prediction);
  };
}
