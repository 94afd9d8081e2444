// Losses of compiled models and of Keras's files, by name or with options.
import {binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy} from '../../losses/crossentropy';
import {cosineSimilarity, huber} from '../../losses/distances';
import {binaryFocalCrossentropy, categoricalFocalCrossentropy} from '../../losses/focal';
import {valuesOf} from '../../losses/keras';
import type {Values} from '../../losses/loss';
import {configuredLoss, lossConfigurationOf, type Counts} from '../../losses/configured';
import {dice, tversky} from '../../losses/overlap';
import {functionNamed, type LossFunction} from '../../tfjs/functionNames';
import {isObject, shorten, type Json, type JsonObject} from '../json';
import {classInKeras, isDefault, nameInKeras, named, nameInTfjs, otherArgument, type Named, type Table} from './names';

export const LOSSES: Table = [
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
  ['huber', 'huber'],
  ['cosineSimilarity', 'cosine_similarity'],
  ['binaryFocalCrossentropy', 'binary_focal_crossentropy'],
  ['categoricalFocalCrossentropy', 'categorical_focal_crossentropy'],
  ['dice', 'dice'],
  ['tversky', 'tversky'],
];

/** Our words for Keras's. */
const OF_CROSSENTROPY = {fromLogits: 'from_logits', labelSmoothing: 'label_smoothing'};
const FOCAL = {...OF_CROSSENTROPY, gamma: 'gamma', alpha: 'alpha'};

interface OwnLoss {
  words: Readonly<Record<string, string>>;
  values: (options: object) => Values;
  /** Which labels count. */
  counts?: (options: {ignoreClass?: number}) => Counts | undefined;
  /** What its arguments are where they aren't said, if that isn't what they mean elsewhere. */
  defaults?: JsonObject;
}

/** Those that take options here, and those that TensorFlow.js lacks. */
const OURS: Readonly<Record<string, OwnLoss>> = {
  binaryCrossentropy: {words: OF_CROSSENTROPY, values: binaryCrossentropy},
  categoricalCrossentropy: {words: OF_CROSSENTROPY, values: categoricalCrossentropy},
  sparseCategoricalCrossentropy: {
    words: {fromLogits: 'from_logits', ignoreClass: 'ignore_class'},
    values: sparseCategoricalCrossentropy,
    counts: ({ignoreClass}) => (ignoreClass === undefined ? undefined : (yTrue) => yTrue.notEqual(ignoreClass)),
  },
  binaryFocalCrossentropy: {
    words: {...FOCAL, applyClassBalancing: 'apply_class_balancing'},
    values: binaryFocalCrossentropy,
  },
  categoricalFocalCrossentropy: {words: FOCAL, values: categoricalFocalCrossentropy},
  huber: {words: {delta: 'delta'}, values: huber},
  cosineSimilarity: {words: {}, values: () => cosineSimilarity},
  dice: {words: {axis: 'axis'}, values: dice, defaults: {axis: null}},
  tversky: {
    words: {alpha: 'alpha', beta: 'beta', axis: 'axis'},
    values: tversky,
    defaults: {alpha: 0.5, beta: 0.5, axis: null},
  },
};

/** Those of them that TensorFlow.js knows by name. */
const THEIRS = new Set(['binaryCrossentropy', 'categoricalCrossentropy', 'sparseCategoricalCrossentropy']);

/** A loss with options as Keras writes it; undefined for one without. */
export function optionsToKeras(f: unknown): JsonObject | undefined {
  const configured = typeof f === 'function' ? lossConfigurationOf(f as LossFunction) : undefined;
  if (configured === undefined) return undefined;
  const {words = {}, defaults} = OURS[configured.name] ?? {};
  const given = configured.options as Record<string, Json | undefined>;
  const config: JsonObject = configured.reduction === 'sum' ? {reduction: 'sum'} : {};
  for (const [ours, keras] of Object.entries(words)) {
    const value = given[ours];
    if (value !== undefined && !isUsual(keras, value, defaults)) config[keras] = value;
  }
  if (Object.keys(config).length === 0) return undefined;
  const keras = nameInKeras(LOSSES, configured.name)!;
  return {
    module: 'keras.losses',
    class_name: classInKeras(keras),
    config: {name: keras, ...config},
    registered_name: null,
  };
}

/** How much a loss counts among several; undefined where it wasn't said. */
export function weightOf(f: unknown): number | undefined {
  return typeof f === 'function' ? lossConfigurationOf(f as LossFunction)?.weight : undefined;
}

/** A loss with its options; undefined for one that its name alone says. */
export function withOptions(tfjs: string, {config}: Named): LossFunction | undefined {
  const reduction = config.reduction === 'sum' ? 'sum' : 'mean';
  const ours = OURS[tfjs];
  const options = Object.fromEntries(
    Object.entries(ours?.words ?? {}).flatMap(([name, keras]) => {
      const value = listed(config[keras] ?? null);
      return value === null || isUsual(keras, value, ours?.defaults) ? [] : [[name, value] as const];
    }),
  );
  if (Object.keys(options).length === 0 && reduction === 'mean' && (ours === undefined || THEIRS.has(tfjs))) {
    return undefined;
  }
  const values = ours ? ours.values(options) : valuesOf('loss', functionNamed(tfjs));
  return configuredLoss(tfjs, options, values, reduction, ours?.counts?.(options));
}

function isUsual(key: string, value: Json, defaults: JsonObject | undefined): boolean {
  return defaults && key in defaults ? defaults[key] === value : isDefault(key, value);
}

/** Keras writes a tuple as an object. */
function listed(value: Json): Json {
  return isObject(value) && value.class_name === '__tuple__' ? value.items! : value;
}

/** The arguments of a loss that `withOptions` looks after, but for the reduction. */
export function optionsOf(tfjs: string): string[] {
  return Object.values(OURS[tfjs]?.words ?? {});
}

/** What a file doesn't say of a loss; undefined where it says all. */
export function unsaid(value: Json): string | undefined {
  const found = isObject(value) && value.class_name === 'Huber' ? named(value) : undefined;
  if (found === undefined || 'delta' in found.config) return undefined;
  return "Keras 3 doesn't write the delta of its loss Huber; it is taken to be 1, as Keras does";
}

/** @throws Error for a loss that is computed nowhere here, or with an argument that isn't. */
export function lossToTfjs(value: Json): string | LossFunction {
  const found = named(value);
  const tfjs = found && nameInTfjs(LOSSES, found.name);
  if (!found || !tfjs) throw new Error(`its loss ${shorten(found?.name ?? value)} isn't computed here`);
  const known = [...optionsOf(tfjs), ...(found.config.reduction === 'sum' ? ['reduction'] : [])];
  const other = otherArgument(found.config, known);
  if (other !== undefined) {
    throw new Error(`its loss ${found.name} has ${other} ${shorten(found.config[other])}, which isn't computed here`);
  }
  return withOptions(tfjs, found) ?? tfjs;
}
