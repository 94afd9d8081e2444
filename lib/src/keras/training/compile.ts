import {compileAs, containerOf} from '../../tfjs/compiled';
import type {LossFunction} from '../../tfjs/functionNames';
import {tf} from '../../tfjs/tensorflow';
import {weighted} from '../../losses/weighted';
import {isObject, shorten, type Json, type JsonObject} from '../json';
import {notice} from '../notice';
import {LOSSES, lossToTfjs, optionsToKeras, unsaid, weightOf} from './losses';
import {leftOut, leftOutWeighted} from './leftOut';
import {classToKeras, METRICS, metricToTfjs} from './metrics';
import {isName, nameInKeras, type Table} from './names';
import {optimizerToKeras, optimizerToTfjs, type OptimizerConfig} from './optimizers';
import {checkNames} from './ownOptimizers';
import {withoutScaling, optimizerNamed} from './optimizerNamed';

/** How a model was compiled, in Keras's words. */
export interface CompileConfig {
  optimizer: OptimizerConfig;
  loss: Json;
  metrics: Json;
  loss_weights: Json;
}

/**
 * How a model was compiled, for Keras.
 *
 * @throws Error for a loss, metric or optimizer that Keras lacks, such as a function of one's own.
 */
export function compileToKeras(model: tf.LayersModel, names: ReadonlyMap<string, string>): CompileConfig {
  const rename = (name: string) => names.get(name) ?? name;
  const {loss, metrics}: {loss: unknown; metrics: unknown} = model;
  const {outputNames} = model;
  const single = outputNames.length === 1;
  const lossToKeras = (value: unknown) => optionsToKeras(value) ?? inKeras(LOSSES, value, 'loss');
  const metricsToKeras = (value: unknown) =>
    [value ?? []]
      .flat()
      .map((metric) => classToKeras(metric) ?? optionsToKeras(metric) ?? inKeras(METRICS, metric, 'metric'));
  const byOutput = (values: object, convert: (value: unknown) => Json): JsonObject =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [rename(name), convert(value)]));
  let lossConfig: Json;
  if (Array.isArray(loss)) lossConfig = single ? lossToKeras(loss[0]) : loss.map(lossToKeras);
  else if (typeof loss === 'object' && loss !== null) lossConfig = byOutput(loss, lossToKeras);
  else lossConfig = single ? lossToKeras(loss) : outputNames.map(() => lossToKeras(loss));
  let metricsConfig: Json;
  if (isRecord(metrics)) metricsConfig = byOutput(metrics, metricsToKeras);
  // One list means every output's metrics here, and one metric for each output in Keras.
  else if (single) metricsConfig = metricsToKeras(metrics);
  else metricsConfig = Object.fromEntries(outputNames.map((name) => [rename(name), metricsToKeras(metrics)]));
  const weights = weightsToKeras(loss, rename);
  checkNames(model, names);
  return {
    optimizer: optimizerToKeras(model.optimizer),
    loss: lossConfig,
    metrics: metricsConfig,
    loss_weights: weights,
  };
}

/** null where none counts otherwise than the others. */
function weightsToKeras(loss: unknown, rename: (name: string) => string): Json {
  if (isRecord(loss)) {
    const weights = Object.entries(loss).map(([name, f]) => [rename(name), weightOf(f)] as const);
    if (weights.every(([, weight]) => weight === undefined)) return null;
    return Object.fromEntries(weights.map(([name, weight]) => [name, weight ?? 1]));
  }
  const weights = [loss].flat().map(weightOf);
  return weights.every((weight) => weight === undefined) ? null : weights.map((weight) => weight ?? 1);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inKeras(table: Table, value: unknown, what: string): string {
  const name = typeof value === 'string' ? value : nameOf(value);
  const found = nameInKeras(table, name);
  if (found !== undefined) return found;
  throw new Error(
    `Keras has no ${what} '${name}'${typeof value === 'function' ? ', a function' : ''}; ` +
      `to save the model without how it was compiled, pass {includeOptimizer: false}`,
  );
}

/** tf.metrics' own functions count as their names; any other function is the user's. */
function nameOf(value: unknown): string {
  const found = Object.entries(tf.metrics).find(([, metric]) => metric === value);
  return found ? found[0] : ((value as {name?: string} | null)?.name ?? String(value));
}

/**
 * Compiles a model as the file says. What can't be computed here is told once, on the console, with what follows:
 * without its loss or its optimizer the model stays uncompiled, a metric is left out.
 *
 * @returns whether the model is compiled.
 */
export function compile(model: tf.LayersModel, config: JsonObject, file: string): boolean {
  try {
    const given = withoutScaling(config.optimizer ?? null, (text) => {
      notice(file, text);
    });
    const optimizer = optimizerToTfjs(optimizerNamed(given));
    if (given === null) notice(file, "it names no optimizer; compiled with Keras's default for that, RMSprop");
    const metrics = (value: Json): (string | LossFunction)[] => {
      return namesIn(value).flatMap((name) => {
        const metric = metricToTfjs(name);
        if (metric === undefined) notice(file, leftOut(name));
        return metric ?? [];
      });
    };
    const weightedMetrics = namesIn(config.weighted_metrics ?? null);
    if (weightedMetrics.length > 0) notice(file, leftOutWeighted(weightedMetrics));
    const losses = mapNested(config.loss ?? null, (value) => {
      const text = unsaid(value);
      if (text !== undefined) notice(file, text);
      return lossToTfjs(value);
    });
    const loss = withWeights(losses, config.loss_weights ?? null, containerOf(model).outputNames);
    compileAs(model, {optimizer, loss, metrics: metricsToTfjs(config.metrics ?? [], model, metrics)});
    return true;
  } catch (error) {
    const next = 'it predicts; call model.compile() before training and evaluating';
    notice(file, `not compiled: ${(error as Error).message}; ${next}`);
    return false;
  }
}

/** Of one metric, of lists of them, or of those by outputs. */
function namesIn(value: Json): Json[] {
  if (value === null) return [];
  return isName(value) || typeof value !== 'object' ? [value] : Object.values(value).flatMap(namesIn);
}

type Losses = string | LossFunction | (string | LossFunction)[] | Record<string, string | LossFunction>;

/** Keras's loss_weights: a list, one for each output, or by the outputs' names. */
function withWeights(losses: Losses, weights: Json, outputNames: readonly string[]): Losses {
  if (weights === null) return losses;
  const weightAt = (name: string, i: number): number => {
    const found = isObject(weights) ? (weights[name] ?? null) : [weights].flat()[i];
    if (found === null) return 1;
    if (typeof found === 'number') return found;
    throw new Error(`its loss_weights should be numbers, got ${shorten(weights)}`);
  };
  const each = outputNames.map((name, i) => {
    const loss = typeof losses === 'object' ? (Array.isArray(losses) ? losses[i] : losses[name]) : losses;
    if (loss === undefined) throw new Error(`it has no loss for the output '${name}'`);
    return weighted(loss, weightAt(name, i));
  });
  return each.length === 1 ? each[0]! : each;
}

/** Keras's list has one entry, or a list of them, for each output; with a single output it is that output's list. */
function metricsToTfjs<Metric>(
  given: Json,
  model: tf.LayersModel,
  convert: (value: Json) => Metric[],
): Metric[] | Record<string, Metric[]> {
  const named = isObject(given) && !isName(given) ? given : undefined;
  if (model.outputs.length === 1) return convert(named ? Object.values(named) : given);
  const metrics: Record<string, Metric[]> = {};
  model.outputNames.forEach((name, i) => {
    metrics[name] = convert((named ? named[name] : (given as Json[])[i]) ?? []);
  });
  return metrics;
}

function mapNested<Loss>(value: Json, convert: (value: Json) => Loss): Loss | Loss[] | Record<string, Loss> {
  if (Array.isArray(value)) return value.map(convert);
  if (isName(value) || !isObject(value)) return convert(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, convert(inner)]));
}
