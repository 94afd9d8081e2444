import {inspect} from 'node:util';
import {layerNames} from '../../tfjs/layerNames';
import {header, htmlTable} from '../../tables/htmlTable';
import {grouped} from '../../tables/numbers';
import type {tf} from '../../tfjs/tensorflow';
import {containerOf} from '../../tfjs/compiled';

/** A layer's line in the summary. */
export interface SummaryRow {
  /** Its name and, in brackets, its kind: "conv2d (Conv2D)". */
  layer: string;
  /** The shape of what comes out: "(None, 26, 26, 32)". */
  outputShape: string;
  parameters: number;
  /** The layers that it follows on: "conv2d, conv2d_1"; only where the layers don't form a chain. */
  connectedTo?: string;
}

/** A model's layers with their shapes and parameters. It prints itself as Keras does. */
export class ModelSummary {
  constructor(
    /** What the model is called: "sequential". */
    readonly name: string,
    readonly rows: readonly SummaryRow[],
    /** How many parameters training moves, and how many it leaves alone. */
    readonly parameters: {readonly trainable: number; readonly fixed: number},
  ) {}

  /** The table as Keras prints it. */
  toString(): string {
    const [columns, ...rows] = this.cells();
    const least = [28, 26, 8, 0];
    const widths = columns!.map((title, column) =>
      Math.max(least[column]!, ...[title, ...rows.map((row) => row[column]!)].map((cell) => cell.length + 2)),
    );
    const line = (cells: string[]) => ` ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join('')}`.trimEnd();
    const width = 3 + widths.reduce((sum, columnWidth) => sum + columnWidth, 0);
    return [
      `Model: "${this.name}"`,
      '_'.repeat(width),
      line(columns!),
      '='.repeat(width),
      ...rows.map(line),
      '='.repeat(width),
      ...this.totals().map(([what, count]) => `${what}: ${count}`),
      '_'.repeat(width),
    ].join('\n');
  }

  /** Lets `console.log` and a cell's last line print the table. */
  [inspect.custom](): string {
    return this.toString();
  }

  /** The table as `show` puts it into the notebook. */
  toHTML(): string {
    const [columns, ...rows] = this.cells();
    return htmlTable({
      caption: `Model: "${this.name}"`,
      head: [columns!.map(header('col'))],
      body: rows.map(([layer, ...others]) => [header('row')(layer!), ...others]),
      foot: this.totals().map(([what, count]) => [
        {text: what, header: 'row'},
        '',
        count,
        ...columns!.slice(3).map(() => ''),
      ]),
      align: ['left', 'left', 'right', 'left'],
    });
  }

  /** The titles and the lines of the table. */
  private cells(): string[][] {
    const branched = this.rows.some(({connectedTo}) => connectedTo !== undefined);
    return [
      ['Layer (type)', 'Output Shape', 'Param #', ...(branched ? ['Connected to'] : [])],
      ...this.rows.map(({layer, outputShape, parameters, connectedTo = ''}) => [
        layer,
        outputShape,
        grouped(parameters),
        ...(branched ? [connectedTo] : []),
      ]),
    ];
  }

  private totals(): [what: string, count: string][] {
    const {trainable, fixed} = this.parameters;
    return [
      ['Total params', grouped(trainable + fixed)],
      ['Trainable params', grouped(trainable)],
      ['Non-trainable params', grouped(fixed)],
    ];
  }
}

/** What `summary` prints and `show(model)` puts into the notebook. */
export function summarize(model: tf.LayersModel): ModelSummary {
  const container = containerOf(model);
  const names = layerNames(model);
  const chain = isChain(model.layers);
  const rows = model.layers.map((layer): SummaryRow => {
    const before = layersBefore(layer, model.layers).map(({name}) => names.get(name) ?? name);
    return {
      layer: `${names.get(layer.name)!} (${layer.getClassName()})`,
      outputShape: formatShape(layer.outputShape),
      parameters: layer.countParams(),
      ...(chain ? {} : {connectedTo: before.join(', ')}),
    };
  });
  return new ModelSummary(names.get(model.name)!, rows, {
    trainable: countParameters(container.trainableWeights),
    fixed: countParameters(container.nonTrainableWeights),
  });
}

/** Whether every layer follows on the one before, so that a column saying so would be idle. */
function isChain(layers: tf.layers.Layer[]): boolean {
  return layers.every((layer, i) => {
    const before = layersBefore(layer, layers);
    return before.length === 0 ? i === 0 : before.length === 1 && (i === 0 || before[0] === layers[i - 1]);
  });
}

/** Those that feed a layer within its model: another model may use the same layer. */
function layersBefore(layer: tf.layers.Layer, layers: tf.layers.Layer[]): tf.layers.Layer[] {
  const feeding = layer.inboundNodes.flatMap((node) => node.inboundLayers);
  return [...new Set(feeding)].filter((other) => layers.includes(other));
}

function formatShape(shape: tf.Shape | tf.Shape[]): string {
  const several = shape.length > 0 && Array.isArray(shape[0]);
  if (several) return (shape as tf.Shape[]).map(formatShape).join(', ');
  return `(${(shape as tf.Shape).map((size) => size ?? 'None').join(', ')}${shape.length === 1 ? ',' : ''})`;
}

function countParameters(weights: tf.LayerVariable[]): number {
  return weights.reduce((sum, weight) => sum + weight.shape.reduce<number>((size, length) => size * length!, 1), 0);
}
