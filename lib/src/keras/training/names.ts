// Names of losses and metrics: TensorFlow.js's, and those that versions of Keras gave them.
import {isObject, type Json, type JsonObject} from '../json';

/** TensorFlow.js's loss or metric → Keras's function; Keras's class is the same in capitals; then other names. */
export type Table = readonly (readonly [tfjs: string, keras: string, ...others: string[]])[];

/** A loss or metric as files have it: a name alone, or with arguments. */
export interface Named {
  name: string;
  config: JsonObject;
}

/** mean_squared_error → MeanSquaredError */
export function inCapitals(keras: string): string {
  return keras.replace(/(^|_)([a-z])/g, (_match, _start, letter: string) => letter.toUpperCase());
}

/** Keras's class for a function of its. */
export function classInKeras(keras: string): string {
  return keras === 'kl_divergence' ? 'KLDivergence' : inCapitals(keras);
}

/** Keras's function for a name of TensorFlow.js's or any of Keras's own; undefined where it has none. */
export function nameInKeras(table: Table, name: string): string | undefined {
  return table.find((names) => names.includes(name))?.[1];
}

/** TensorFlow.js's name for one of Keras's; undefined where it has none. */
export function nameInTfjs(table: Table, name: string): string | undefined {
  return table.find((names) => names.includes(name) || inCapitals(names[1]) === name)?.[0];
}

/** A string or an object of a class: what stands for one loss or metric. */
export function isName(value: Json): boolean {
  return typeof value === 'string' || (isObject(value) && 'class_name' in value);
}

/** undefined for what names nothing. Keras 2 wraps functions: {class_name: 'MeanMetricWrapper', config: {fn: 'mse'}} */
export function named(value: Json): Named | undefined {
  if (typeof value === 'string') return {name: value, config: {}};
  if (!isObject(value)) return undefined;
  const config = isObject(value.config) ? value.config : {};
  const isWrapped = value.class_name === 'MeanMetricWrapper';
  const short = isWrapped && (config.name === 'accuracy' || config.name === 'acc') ? config.name : config.fn;
  const wrapped = isObject(short) ? short.config : short;
  const name = wrapped ?? (value.class_name === 'function' ? value.config : value.class_name);
  return typeof name === 'string' ? {name, config} : undefined;
}

// Arguments of Keras's loss and metric classes, with the values that mean what a name alone does.
const DEFAULTS: Readonly<Record<string, readonly Json[]>> = {
  // What "mean_with_sample_weight" divides by is another number as soon as there are such weights.
  // null is Keras 3's None, 'none'.
  reduction: ['sum_over_batch_size', 'mean', 'auto'],
  from_logits: [false],
  label_smoothing: [0],
  axis: [-1],
  ignore_class: [null],
  threshold: [0.5],
  thresholds: [null],
  top_k: [null],
  class_id: [null],
  label_weights: [null],
  delta: [1],
  alpha: [0.25],
  gamma: [2],
  apply_class_balancing: [false],
  k: [5],
  from_sorted_ids: [false],
  beta: [1],
  class_aggregation: ['uniform_average'],
  num_regressors: [0],
};

/** Whether an argument's value is what the name alone means. */
export function isDefault(key: string, value: Json): boolean {
  return DEFAULTS[key]?.includes(value) === true;
}

/** The first argument, but for those that are looked after, that asks for something else than the name alone. */
export function otherArgument(config: JsonObject, known: readonly string[] = []): string | undefined {
  return Object.keys(DEFAULTS).find(
    (key) => key in config && !known.includes(key) && !DEFAULTS[key]!.includes(config[key]!),
  );
}
