import {tf} from '../../tfjs/tensorflow';
import {asObject, asString, isObject, shorten, type Json, type JsonObject} from '../json';
import {optimizerToKeras, optimizerToTfjs, type OptimizerConfig} from './optimizers';

/** How a model was compiled, in Keras's words. */
export interface CompileConfig {
  optimizer: OptimizerConfig;
  loss: Json;
  metrics: Json;
}

/** TensorFlow.js's loss or metric → Keras's function; Keras's class is the same in capitals; then other names. */
const LOSSES: readonly (readonly [tfjs: string, keras: string, ...others: string[]])[] = [
  ['meanSquaredError', 'mean_squared_error', 'mse', 'MSE'],
  ['meanAbsoluteError', 'mean_absolute_error', 'mae', 'MAE'],
  ['meanAbsolutePercentageError', 'mean_absolute_percentage_error', 'mape', 'MAPE'],
  ['meanSquaredLogarithmicError', 'mean_squared_logarithmic_error', 'msle', 'MSLE'],
  ['binaryCrossentropy', 'binary_crossentropy'],
  ['categoricalCrossentropy', 'categorical_crossentropy'],
  ['sparseCategoricalCrossentropy', 'sparse_categorical_crossentropy'],
  ['kullbackLeiblerDivergence', 'kl_divergence', 'KLDivergence', 'kullback_leibler_divergence', 'kld', 'KLD'],
  ['poisson', 'poisson'],
  ['logcosh', 'log_cosh', 'logcosh', 'LogCosh'],
  ['hinge', 'hinge'],
  ['squaredHinge', 'squared_hinge'],
  ['categoricalHinge', 'categorical_hinge'],
];

/** The metrics that both sides compute alike. Keras turns 'accuracy' into the one for the loss, as TensorFlow.js does. */
const METRICS: typeof LOSSES = [
  ['accuracy', 'accuracy', 'acc', 'sparse_categorical_accuracy', 'SparseCategoricalAccuracy'],
  ['crossentropy', 'crossentropy', 'ce'],
  ['binaryAccuracy', 'binary_accuracy'],
  ['categoricalAccuracy', 'categorical_accuracy'],
  ['categoricalCrossentropy', 'categorical_crossentropy'],
  ['sparseCategoricalCrossentropy', 'sparse_categorical_crossentropy'],
  ['mse', 'mean_squared_error', 'MSE', 'meanSquaredError'],
  ['mae', 'mean_absolute_error', 'MAE', 'meanAbsoluteError'],
  ['mape', 'mean_absolute_percentage_error', 'MAPE', 'meanAbsolutePercentageError'],
];

/**
 * How a model was compiled, for Keras.
 *
 * @throws Error for a loss, metric or optimizer that Keras lacks, such as a function of one's own.
 */
export function compileToKeras(model: tf.LayersModel, names: ReadonlyMap<string, string>): CompileConfig {
  const rename = (name: string) => names.get(name) ?? name;
  const {loss, metrics} = model as unknown as {loss: unknown; metrics: unknown};
  const {outputNames} = model;
  const single = outputNames.length === 1;
  const lossToKeras = (value: unknown) => toKeras(LOSSES, value, 'loss');
  const metricsToKeras = (value: unknown) => [value ?? []].flat().map((metric) => toKeras(METRICS, metric, 'metric'));
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
  return {optimizer: optimizerToKeras(model.optimizer), loss: lossConfig, metrics: metricsConfig};
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toKeras(table: typeof LOSSES, value: unknown, what: string): string {
  const name = typeof value === 'string' ? value : nameOf(value);
  for (const [tfjs, keras, ...others] of table) if ([tfjs, keras, ...others].includes(name)) return keras;
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
 * Compiles a model as the file says. What TensorFlow.js lacks is told once, on the console: without its loss or its
 * optimizer the model stays uncompiled, a metric is left out.
 *
 * @returns whether the model is compiled.
 */
export function compile(model: tf.LayersModel, config: JsonObject, file: string): boolean {
  try {
    if (config.loss_weights) throw new Error('TensorFlow.js has no loss_weights');
    const given = config.optimizer ?? null;
    const optimizer = optimizerToTfjs(optimizerNamed(given));
    if (given === null) warn(file, "it names no optimizer; compiled with Keras's default for that, RMSprop");
    const metrics = (value: Json): string[] => {
      const names = isName(value) ? [value] : ((value ?? []) as Json[]).flat(2).filter((name) => name !== null);
      return names.flatMap((name) => {
        const metric = toTfjs(METRICS, name);
        if (metric === undefined) warn(file, `left out metric ${describe(name)}, which TensorFlow.js lacks`);
        return metric ?? [];
      });
    };
    const loss = mapNested(config.loss ?? null, (value) => {
      const name = toTfjs(LOSSES, value);
      if (name === undefined) throw new Error(`TensorFlow.js has no loss ${describe(value)}`);
      return name;
    });
    model.compile({optimizer, loss: loss, metrics: metricsToTfjs(config.metrics ?? [], model, metrics)});
    return true;
  } catch (error) {
    warn(file, `not compiled: ${(error as Error).message}; call model.compile() before training`);
    return false;
  }
}

/**
 * An optimizer as files have it: an object of a class, or a name, which stands for the class with its defaults. Without
 * one Keras compiles with RMSprop, and so is done here.
 */
function optimizerNamed(given: Json): OptimizerConfig {
  if (given === null) return {class_name: 'RMSprop', config: {}};
  if (typeof given === 'string') return {class_name: withoutPackage(given), config: {}};
  const {class_name, config} = asObject(given, 'optimizer');
  return {
    class_name: withoutPackage(asString(class_name, "the optimizer's class_name")),
    config: asObject(config ?? {}, "the optimizer's config"),
  };
}

/** Keras 2.11 to 2.15 wrote its own new optimizers as if they were the user's: Custom>Adam. */
function withoutPackage(className: string): string {
  return className.replace(/^Custom>/, '');
}

/** Keras's list has one entry, or a list of them, for each output; with a single output it is that output's list. */
function metricsToTfjs(given: Json, model: tf.LayersModel, convert: (value: Json) => string[]): string[] {
  const named = isObject(given) && !isName(given) ? given : undefined;
  if (model.outputs.length === 1) return convert(named ? Object.values(named) : given);
  const metrics: Record<string, string[]> = {};
  model.outputNames.forEach((name, i) => {
    metrics[name] = convert((named ? named[name] : (given as Json[])[i]) ?? []);
  });
  return metrics as unknown as string[]; // compile() takes such an object, although its type says otherwise
}

/** A string or an object of a class: what stands for one loss or metric. */
function isName(value: Json): boolean {
  return typeof value === 'string' || (isObject(value) && 'class_name' in value);
}

function mapNested(value: Json, convert: (value: Json) => string): string | string[] | Record<string, string> {
  if (Array.isArray(value)) return value.map(convert);
  if (isName(value) || !isObject(value)) return convert(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, convert(inner)]));
}

// Arguments of Keras's loss and metric classes, with the values that mean what TensorFlow.js's functions do.
const DEFAULTS: Readonly<Record<string, readonly Json[]>> = {
  reduction: ['sum_over_batch_size', 'auto', null],
  from_logits: [false],
  label_smoothing: [0],
  axis: [-1],
  ignore_class: [null],
  threshold: [0.5],
};

function toTfjs(table: typeof LOSSES, value: Json): string | undefined {
  let name = value;
  if (isObject(value)) {
    const config = isObject(value.config) ? value.config : {};
    const differs = Object.entries(DEFAULTS).some(([key, alike]) => key in config && !alike.includes(config[key]!));
    if (differs) return undefined;
    // Keras 2 wraps functions: {class_name: 'MeanMetricWrapper', config: {fn: 'categorical_accuracy'}}
    const wrapped = config.name === 'accuracy' || config.name === 'acc' ? config.name : config.fn;
    name = wrapped ?? (value.class_name === 'function' ? (value.config ?? null) : (value.class_name ?? null));
  }
  for (const [tfjs, keras, ...others] of table) {
    const className = keras.replace(/(^|_)([a-z])/g, (_match, _start, letter: string) => letter.toUpperCase());
    if (typeof name === 'string' && [tfjs, keras, className, ...others].includes(name)) return tfjs;
  }
  return undefined;
}

function describe(value: Json): string {
  return isObject(value) ? shorten(value.class_name) : shorten(value);
}

function warn(file: string, text: string): void {
  console.warn(`keras.load: ${file}: ${text}`);
}
