import {publicCall} from '../../arguments/publicCall';
import {checkArguments} from '../../arguments/schema';
import {modelKind} from '../../tfjs/model';
import type {tf} from '../../tfjs/tensorflow';
import {summarize} from './modelSummary';

/**
 * The model as a table, as Keras prints it: each layer with the shape of its output and its number of parameters.
 * `None` stands for the batch, whose size is free. `show(model)` shows the same table in the notebook.
 *
 * @param model Any model with layers.
 * @returns The table, in several lines.
 * @throws Error for what is no model, or one without layers.
 *
 * @example
 * console.log(summary(model));
 * // Model: "sequential"
 * // _________________________________________________________________
 * //  Layer (type)                Output Shape              Param #
 * // =================================================================
 * //  conv2d (Conv2D)             (None, 26, 26, 32)        320
 * // …
 * // Total params: 35,530
 */
export function summary(model: tf.LayersModel): string {
  return publicCall('summary', () => {
    checkArguments({model}, {model: modelKind});
    return String(summarize(model));
  });
}
