// Metrics of compiled models and of Keras's files, by name or with options.
import {auc, type AucOptions} from '../../metrics';
import {metricMade} from '../../metrics/made';
import type {LossFunction} from '../../tfjs/functionNames';
import {tf} from '../../tfjs/tensorflow';
import {shorten, type Json, type JsonObject} from '../json';
import {OPTIONS, withOptions} from './losses';
import {named, nameInTfjs, otherArgument, type Table} from './names';

/** Those that both sides compute alike. Keras turns 'accuracy' into the one for the loss, as TensorFlow.js does. */
export const METRICS: Table = [
  ['accuracy', 'accuracy', 'acc', 'sparse_categorical_accuracy', 'SparseCategoricalAccuracy'],
  ['crossentropy', 'crossentropy', 'ce'],
  ['binaryAccuracy', 'binary_accuracy'],
  ['categoricalAccuracy', 'categorical_accuracy'],
  ['binaryCrossentropy', 'binary_crossentropy'],
  ['categoricalCrossentropy', 'categorical_crossentropy'],
  ['sparseCategoricalCrossentropy', 'sparse_categorical_crossentropy'],
  ['mse', 'mean_squared_error', 'MSE', 'meanSquaredError'],
  ['mae', 'mean_absolute_error', 'MAE', 'meanAbsoluteError'],
  ['mape', 'mean_absolute_percentage_error', 'MAPE', 'meanAbsolutePercentageError'],
];

/** Counted over the epoch, and known to Keras by their class alone. */
const RATIOS: Readonly<Record<string, LossFunction>> = {Precision: tf.metrics.precision, Recall: tf.metrics.recall};

/** What metrics.auc takes, in Keras's words. */
const AUC: readonly (readonly [option: keyof AucOptions, keras: string])[] = [
  ['curve', 'curve'],
  ['summationMethod', 'summation_method'],
  ['numThresholds', 'num_thresholds'],
  ['multiLabel', 'multi_label'],
  ['fromLogits', 'from_logits'],
];

/** A metric of a class of Keras's as Keras writes it; undefined for any other. */
export function classToKeras(metric: unknown): JsonObject | undefined {
  const written = (class_name: string, config: JsonObject) => ({
    module: 'keras.metrics',
    class_name,
    config,
    registered_name: null,
  });
  const ratio = Object.entries(RATIOS).find(([name, f]) => f === metric || name.toLowerCase() === metric);
  if (ratio) return written(ratio[0], {name: ratio[0].toLowerCase()});
  const own = typeof metric === 'function' ? metricMade(metric as LossFunction) : undefined;
  if (own === undefined) return undefined;
  const options = own.options as Record<string, Json | undefined>;
  const config = AUC.flatMap(([ours, keras]) => (options[ours] === undefined ? [] : [[keras, options[ours]] as const]));
  return written(own.keras, {name: own.keras.toLowerCase(), ...Object.fromEntries(config)});
}

/** @returns undefined for a metric that isn't computed here. */
export function metricToTfjs(value: Json): string | LossFunction | undefined {
  const found = named(value);
  if (found === undefined) return undefined;
  const {name, config} = found;
  if (name.toLowerCase() === 'auc') return aucToTfjs(config);
  const ratio = Object.entries(RATIOS).find(([keras]) => keras.toLowerCase() === name.toLowerCase())?.[1];
  // Keras writes one threshold as a list or as a number.
  if (ratio) return otherArgument({...config, thresholds: oneHalf(config.thresholds)}) ? undefined : ratio;
  const tfjs = nameInTfjs(METRICS, name);
  if (tfjs === undefined || otherArgument(config, OPTIONS) !== undefined) return undefined;
  return withOptions(tfjs, found) ?? tfjs;
}

function oneHalf(thresholds: Json | undefined): Json {
  const [one, ...more] = [thresholds ?? 0.5].flat();
  return one === 0.5 && more.length === 0 ? null : (thresholds ?? null);
}

function aucToTfjs(config: JsonObject): LossFunction | undefined {
  // The thresholds that Keras has without any being asked for are written, too.
  const evenly = config.num_thresholds === undefined || config.thresholds === undefined || config.thresholds === null;
  const known = [...AUC.map(([, keras]) => keras), ...(evenly ? [] : ['thresholds'])];
  if (otherArgument(config, known) !== undefined || !isEven(config)) return undefined;
  const options = AUC.flatMap(([ours, keras]) => {
    const value = config[keras] ?? null;
    return value === null ? [] : [[ours, value] as const];
  });
  try {
    return auc(Object.fromEntries(options));
  } catch {
    return undefined; // a curve of another kind
  }
}

/** Whether thresholds, without 0 and 1, are those that their number alone would give. */
function isEven({thresholds, num_thresholds}: JsonObject): boolean {
  if (!Array.isArray(thresholds)) return true;
  return (
    thresholds.length + 2 === (num_thresholds ?? thresholds.length + 2) &&
    thresholds.every((each, i) => Math.abs((each as number) - (i + 1) / (thresholds.length + 1)) < 1e-6)
  );
}

/** A metric as a notice shows it. */
export function shown(value: Json): string {
  return shorten(named(value)?.name ?? value);
}
