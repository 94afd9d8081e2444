import {compilation, type Compilation, type CompiledMetric} from '../tfjs/compiled';
import {nameOfFunction} from '../tfjs/functionNames';
import type {tf} from '../tfjs/tensorflow';
import {valuesOf} from '../losses/keras';
import type {Values} from '../losses/loss';
import {lossConfigurationOf, type Counts, type Reduction} from '../losses/configured';
import {metricOf} from '../metrics/keras';
import {ratio} from '../metrics/mean';
import type {Metric} from '../metrics/metric';

/** What `model.compile` settled, with Keras's meaning. */
export interface CompiledModel extends Pick<Compilation, 'container' | 'optimizer' | 'weights' | 'check'> {
  /** As it was compiled: a Sequential has its container inside. */
  model: tf.LayersModel;
  /** One an output. */
  losses: CompiledLoss[];
  /** Each with its name in the logs and the output it looks at. */
  metrics: {name: string; metric: Metric; output: number}[];
  /** What a step counts, in its order: the loss, with several outputs the loss of each, the metrics. */
  measures: Measure[];
}

export interface CompiledLoss {
  /** tfjs's name for it; undefined for a function of the user's own. */
  name: string | undefined;
  values: Values;
  /** How much it counts in the sum of several, as Keras's loss_weights; its own number in the logs stays without. */
  weight: number;
  reduction: Reduction;
  /** Which labels count; undefined where all do. */
  counts: Counts | undefined;
}

/** A number in the logs, and how it comes from what the steps count. */
export interface Measure extends Pick<Metric, 'size' | 'result'> {
  name: string;
}

/** @throws CallError when the model hasn't been compiled. */
export function compiledModel(model: tf.LayersModel): CompiledModel {
  const {container, optimizer, losses, metrics, weights, check} = compilation(model);
  const {outputNames, outputs} = container;
  const lossNames = outputNames.length > 1 ? ['loss', ...outputNames.map((name) => `${name}_loss`)] : ['loss'];
  const names = uniqueNames([...lossNames, ...metrics.map((metric) => nameOf(metric, outputNames))]);
  const counted = metrics.map((given, i) => ({
    name: names[lossNames.length + i]!,
    metric: metricOf(given, outputs[given.output]!.shape.at(-1)!),
    output: given.output,
  }));
  const measures = [...lossNames.map(() => averaged), ...counted.map(({metric}) => metric)];
  return {
    model,
    container,
    optimizer,
    losses: losses.map((f) => ({
      name: lossConfigurationOf(f)?.name ?? nameOfFunction(f),
      values: valuesOf('loss', f),
      weight: lossConfigurationOf(f)?.weight ?? 1,
      reduction: lossConfigurationOf(f)?.reduction ?? 'mean',
      counts: lossConfigurationOf(f)?.counts,
    })),
    metrics: counted,
    measures: measures.map(({size, result}, i) => ({name: names[i]!, size, result})),
    weights,
    check,
  };
}

/** A batch's loss counts as often as the batch has examples. */
const averaged: Pick<Metric, 'size' | 'result'> = {size: 2, result: ([sum, count]) => ratio(sum!, count!)};

/** As it was asked for, with its output's name before it where there are several: Keras's rule. tfjs shortens some. */
function nameOf({given, name, output}: CompiledMetric, outputNames: string[]): string {
  // A function without a name has none in tfjs either.
  if (typeof given !== 'string') return name === '' ? 'metric' : name;
  return outputNames.length > 1 ? `${outputNames[output]!}_${given}` : given;
}

/** The same metric twice gets a number, so that neither hides the other. */
function uniqueNames(names: string[]): string[] {
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}_${before}`;
  });
}
