/** How TensorFlow.js's tensors, models, layers and weights are told in words: their own form is pages of internals. */
import {inspect} from 'node:util';
import {tf} from '../tfjs/tensorflow';
import {type ModelSummary, summarize} from '../training/report/modelSummary';

/** Shape, type and values, cut in the middle. */
export function tensorText(tensor: tf.Tensor): string {
  const head = `Tensor of shape [${tensor.shape.join(', ')}], ${tensor.dtype}`;
  if (tensor.isDisposed) return `${head}, disposed: its values are gone`;
  // The first line of the text is the word Tensor.
  return `${head}\n${tensor.toString().replace(/^Tensor\n/, '')}`;
}

/** The table of a model's layers; a line for one that has none. */
export function modelForm(model: tf.LayersModel): ModelSummary | string {
  if (model.layers.length === 0) return `Model: "${model.name}", without layers; model.add(…) adds one`;
  return summarize(model);
}

/** "Conv2D "conv2d_1": (None, 26, 26, 32), 320 parameters". */
export function layerText(layer: tf.layers.Layer): string {
  const head = `${layer.getClassName()} "${layer.name}"`;
  if (!layer.built || layer.inboundNodes.length === 0) return `${head}, in no model yet`;
  const shapes = shapeTexts(layer.outputShape);
  const frozen = layer.trainable ? '' : ', frozen';
  return `${head}: ${shapes.join(', ')}, ${layer.countParams().toLocaleString('en-US')} parameters${frozen}`;
}

function shapeTexts(shape: tf.Shape | tf.Shape[]): string[] {
  const shapes = Array.isArray(shape[0]) ? (shape as tf.Shape[]) : [shape as tf.Shape];
  return shapes.map((one) => `(${one.map((size) => size ?? 'None').join(', ')})`);
}

/** Has `console.log` and lists print them so, too. For notebooks alone: a program's objects stay as they are. */
export function tellNetworks(): void {
  tell(tf.Tensor.prototype, tensorText);
  tell(tf.layers.Layer.prototype, (layer) =>
    layer instanceof tf.LayersModel ? String(modelForm(layer)) : layerText(layer),
  );
  tell(tf.LayerVariable.prototype, (weight) => {
    const frozen = weight.trainable ? '' : ', frozen';
    return `Weight "${weight.name}" of shape [${weight.shape.join(', ')}], ${weight.dtype}${frozen}`;
  });
}

/** Has `console.table` make a table of a tensor's values. For notebooks alone. */
export function tabulateTensors(): void {
  const {table} = console;
  console.table = (data: unknown, columns?: readonly string[]) => {
    table(data instanceof tf.Tensor && !data.isDisposed ? (data as tf.Tensor).arraySync() : data, columns);
  };
}

function tell<T extends object>(prototype: T, text: (value: T) => string): void {
  Object.defineProperty(prototype, inspect.custom, {
    configurable: true,
    value(this: T) {
      return text(this);
    },
  });
}
