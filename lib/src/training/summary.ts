import {checkModel} from '../arguments/model';
import {layerNames} from '../keras/names';
import type {tf} from '../tensorflow';
import {containerOf} from './compiled';

/**
 * The model as a table, as Keras prints it: each layer with the shape of its output and its number of parameters.
 * `None` stands for the batch, whose size is free.
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
  checkModel('summary', model);
  const container = containerOf(model);
  const names = layerNames(model);
  const branched = !isChain(model.layers);
  const header = ['Layer (type)', 'Output Shape', 'Param #', ...(branched ? ['Connected to'] : [])];
  const rows = model.layers.map((layer) => [
    `${names.get(layer.name)!} (${layer.getClassName()})`,
    formatShape(layer.outputShape),
    layer.countParams().toLocaleString('en-US'),
    ...(branched
      ? [
          layersBefore(layer)
            .map((before) => names.get(before.name) ?? before.name)
            .join(', '),
        ]
      : []),
  ]);
  const least = [28, 26, 8, 0];
  const widths = header.map((title, column) =>
    Math.max(least[column]!, ...[title, ...rows.map((row) => row[column]!)].map((cell) => cell.length + 2)),
  );
  const line = (cells: string[]) => ` ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join('')}`.trimEnd();
  const width = 3 + widths.reduce((sum, columnWidth) => sum + columnWidth, 0);
  const trainable = countParameters(container.trainableWeights);
  const fixed = countParameters(container.nonTrainableWeights);
  return [
    `Model: "${names.get(model.name)!}"`,
    '_'.repeat(width),
    line(header),
    '='.repeat(width),
    ...rows.map(line),
    '='.repeat(width),
    `Total params: ${(trainable + fixed).toLocaleString('en-US')}`,
    `Trainable params: ${trainable.toLocaleString('en-US')}`,
    `Non-trainable params: ${fixed.toLocaleString('en-US')}`,
    '_'.repeat(width),
  ].join('\n');
}

/** Whether every layer follows on the one before, so that a column saying so would be idle. */
function isChain(layers: tf.layers.Layer[]): boolean {
  return layers.every((layer, i) => {
    const before = layersBefore(layer);
    return before.length === 0 ? i === 0 : before.length === 1 && (i === 0 || before[0] === layers[i - 1]);
  });
}

function layersBefore(layer: tf.layers.Layer): tf.layers.Layer[] {
  return layer.inboundNodes.flatMap((node) => node.inboundLayers);
}

function formatShape(shape: tf.Shape | tf.Shape[]): string {
  const several = shape.length > 0 && Array.isArray(shape[0]);
  if (several) return (shape as tf.Shape[]).map(formatShape).join(', ');
  return `(${(shape as tf.Shape).map((size) => size ?? 'None').join(', ')}${shape.length === 1 ? ',' : ''})`;
}

function countParameters(weights: tf.LayerVariable[]): number {
  return weights.reduce((sum, weight) => sum + weight.shape.reduce<number>((size, length) => size * length!, 1), 0);
}
