// Metrics of compiled models and of Keras's files, by name or with options.
import {aucMetric} from '../../metrics/auc';
import {auc} from '../../metrics';
import {POINTS} from '../../metrics/operatingPoint';
import {BY_CLASS} from '../../metrics/byClass';
import {configuredMetric, metricConfigurationOf, renamed} from '../../metrics/configured';
import type {LossFunction} from '../../tfjs/functionNames';
import {tf} from '../../tfjs/tensorflow';
import {isObject, type Json, type JsonObject} from '../json';
import {optionsOf, withOptions} from './losses';
import {isDefault, named, nameInTfjs, otherArgument, type Named, type Table} from './names';

/** Those that both sides compute alike. Keras turns 'accuracy' into the one for the loss, as TensorFlow.js does. */
export const METRICS: Table = [
  ['accuracy', 'accuracy', 'sparse_categorical_accuracy', 'SparseCategoricalAccuracy'],
  ['acc', 'acc'],
  ['crossentropy', 'crossentropy'],
  ['ce', 'ce'],
  ['binaryAccuracy', 'binary_accuracy'],
  ['categoricalAccuracy', 'categorical_accuracy'],
  ['binaryCrossentropy', 'binary_crossentropy'],
  ['categoricalCrossentropy', 'categorical_crossentropy'],
  ['sparseCategoricalCrossentropy', 'sparse_categorical_crossentropy'],
  ['mse', 'mean_squared_error', 'MSE', 'meanSquaredError'],
  ['mae', 'mean_absolute_error', 'MAE', 'meanAbsoluteError'],
  ['mape', 'mean_absolute_percentage_error', 'MAPE', 'meanAbsolutePercentageError'],
];

/** Keras's class → its function or other names; what else Keras's files name by their class. */
export const CLASSES: Readonly<Record<string, readonly string[]>> = {
  Accuracy: [],
  BinaryAccuracy: [],
  BinaryCrossentropy: ['binary_crossentropy'],
  BinaryIoU: [],
  CategoricalAccuracy: ['categorical_accuracy'],
  CategoricalCrossentropy: ['categorical_crossentropy'],
  CategoricalHinge: ['categorical_hinge'],
  CosineSimilarity: ['cosine_similarity'],
  F1Score: [],
  FBetaScore: [],
  FalseNegatives: [],
  FalsePositives: [],
  Hinge: ['hinge'],
  IoU: [],
  KLDivergence: ['kl_divergence', 'kullback_leibler_divergence', 'kld', 'KLD'],
  LogCoshError: ['logcosh', 'log_cosh'],
  MeanAbsoluteError: ['mean_absolute_error', 'mae', 'MAE'],
  MeanAbsolutePercentageError: ['mean_absolute_percentage_error', 'mape', 'MAPE'],
  MeanIoU: [],
  MeanSquaredError: ['mean_squared_error', 'mse', 'MSE'],
  MeanSquaredLogarithmicError: ['mean_squared_logarithmic_error', 'msle', 'MSLE'],
  OneHotIoU: [],
  OneHotMeanIoU: [],
  Poisson: ['poisson'],
  Precision: ['precision'],
  R2Score: [],
  Recall: ['recall'],
  RootMeanSquaredError: [],
  SparseCategoricalAccuracy: ['sparse_categorical_accuracy'],
  SparseCategoricalCrossentropy: ['sparse_categorical_crossentropy'],
  SparseTopKCategoricalAccuracy: ['sparse_top_k_categorical_accuracy'],
  SquaredHinge: ['squared_hinge'],
  TopKCategoricalAccuracy: ['top_k_categorical_accuracy'],
  TrueNegatives: [],
  TruePositives: [],
  ...Object.fromEntries(Object.keys(POINTS).map((name) => [name, []])),
};

/** Counted over the epoch, and known to Keras by their class alone. */
const RATIOS: Readonly<Record<string, LossFunction>> = {Precision: tf.metrics.precision, Recall: tf.metrics.recall};

/** What metrics.auc takes, in Keras's words. */
const AUC: readonly (readonly [option: string, keras: string])[] = [
  ['curve', 'curve'],
  ['summationMethod', 'summation_method'],
  ['numThresholds', 'num_thresholds'],
  ['multiLabel', 'multi_label'],
  ['fromLogits', 'from_logits'],
];

const THRESHOLDS = [['threshold', 'thresholds']] as const;
const CHOICE = [...THRESHOLDS, ['topK', 'top_k'], ['classId', 'class_id']] as const; // prettier-ignore
const CROSSENTROPY = [['fromLogits', 'from_logits'], ['labelSmoothing', 'label_smoothing']] as const; // prettier-ignore
const TARGETS = [['targets', 'target_class_ids']] as const;
const OVERLAP = [['classes', 'num_classes'], ['ignoreClass', 'ignore_class'], ['axis', 'axis']] as const; // prettier-ignore
const OUTPUTS = [['outputsAsNumbers', 'sparse_y_pred']] as const;
const NUMBERS = [['labelsAsNumbers', 'sparse_y_true'], ...OUTPUTS] as const; // prettier-ignore
const F_BETA = [['average', 'average'], ['beta', 'beta'], ['threshold', 'threshold']] as const; // prettier-ignore

/** What the classes take. */
const WORDS: Readonly<Record<string, typeof AUC>> = {
  AUC: [...AUC, ['thresholds', 'thresholds']],
  BinaryAccuracy: [['threshold', 'threshold']],
  BinaryCrossentropy: CROSSENTROPY,
  BinaryIoU: [...TARGETS, ['threshold', 'threshold']],
  CategoricalCrossentropy: CROSSENTROPY,
  F1Score: F_BETA.filter(([ours]) => ours !== 'beta'),
  FBetaScore: F_BETA,
  FalseNegatives: THRESHOLDS,
  FalsePositives: THRESHOLDS,
  IoU: [...TARGETS, ...OVERLAP, ...NUMBERS],
  MeanIoU: [...OVERLAP, ...NUMBERS],
  OneHotIoU: [...TARGETS, ...OVERLAP, ...OUTPUTS],
  OneHotMeanIoU: [...OVERLAP, ...OUTPUTS],
  Precision: CHOICE,
  Recall: CHOICE,
  SparseCategoricalCrossentropy: [['fromLogits', 'from_logits']],
  SparseTopKCategoricalAccuracy: [['k', 'k']],
  TopKCategoricalAccuracy: [['k', 'k']],
  TrueNegatives: THRESHOLDS,
  TruePositives: THRESHOLDS,
  ...Object.fromEntries(
    Object.entries(POINTS).map(([name, [, , option]]) => [
      name,
      [['value', option], ['numThresholds', 'num_thresholds'], ['classId', 'class_id']] as const, // prettier-ignore
    ]),
  ),
};

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
  const own = typeof metric === 'function' ? metricConfigurationOf(metric as LossFunction) : undefined;
  if (own === undefined) return undefined;
  const options = own.options as Record<string, Json | undefined>;
  const config = (WORDS[own.keras] ?? []).flatMap(([ours, keras]) =>
    options[ours] === undefined ? [] : [[keras, options[ours]] as const],
  );
  return written(own.keras, {name: (metric as LossFunction).name, ...Object.fromEntries(config)});
}

/** @returns undefined for a metric that isn't computed here. */
export function metricToTfjs(value: Json): string | LossFunction | undefined {
  const found = named(value);
  if (found === undefined) return undefined;
  const {name, config} = found;
  if (name.toLowerCase() === 'auc') return aucToTfjs(config);
  const own = ownName(value, found);
  // Of the class, which compares to the last bit; the name alone means the accuracy for the loss.
  if (isObject(value) && value.class_name === 'Accuracy') return byClass('Accuracy', config);
  const ratio = Object.entries(RATIOS).find(([keras]) => keras.toLowerCase() === name.toLowerCase())?.[1];
  if (ratio && otherArgument({...config, thresholds: oneThreshold(config)}) === undefined && own === undefined)
    return ratio;
  const tfjs = nameInTfjs(METRICS, name);
  if (tfjs !== undefined && own === undefined && otherArgument(config, OPTIONS) === undefined) {
    const made = withOptions(tfjs, found);
    if (made !== undefined) return made;
    if (tfjs !== 'binaryCrossentropy') return tfjs;
  }
  const className = Object.entries(CLASSES).find(([each, names]) => each === name || names.includes(name))?.[0];
  return className === undefined ? undefined : byClass(className, config);
}

/** The name that it has in Keras's logs, where that isn't what it is called by itself. */
function ownName(value: Json, {name, config}: Named): string | undefined {
  if (!isObject(value) || typeof config.name !== 'string') return undefined;
  const names = [name.toLowerCase(), nameInTfjs(METRICS, name)];
  return names.includes(config.name) ? undefined : config.name;
}

/** What the cross-entropies among the metrics take. */
const OPTIONS = optionsOf('categoricalCrossentropy');

/** A metric of this class; undefined where it has an argument that isn't computed here. */
function byClass(className: string, config: JsonObject): LossFunction | undefined {
  const words = WORDS[className] ?? [];
  const single: JsonObject = {...config, ...('thresholds' in config && {thresholds: oneThreshold(config)})};
  const known = words.map(([, keras]) => keras);
  const isScore = className === 'F1Score' || className === 'FBetaScore';
  // A score for each class isn't one number.
  if (otherArgument(single, known) !== undefined || Array.isArray(single.thresholds)) return undefined;
  if (isScore && (single.average ?? null) === null) return undefined;
  if (single.num_thresholds === 1) return undefined;
  const options = Object.fromEntries(
    words.flatMap(([ours, keras]) => {
      const given = single[keras] ?? null;
      return given === null || (!isScore && isDefault(keras, given)) ? [] : [[ours, given] as const];
    }),
  );
  const name = typeof config.name === 'string' ? config.name : nameInLogs(className);
  return configuredMetric(name, className, options, (columns) => BY_CLASS[className]!(options, columns));
}

/** RootMeanSquaredError → root_mean_squared_error, as Keras calls it in the logs. */
function nameInLogs(className: string): string {
  const special: Readonly<Record<string, string>> = {
    F1Score: 'f1_score',
    FBetaScore: 'fbeta_score',
    KLDivergence: 'kl_divergence',
    LogCoshError: 'logcosh',
    R2Score: 'r2_score',
  };
  return special[className] ?? className.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase();
}

/** Keras writes one threshold as a list or as a number; null for the usual one, which is one half but for the top k. */
function oneThreshold({thresholds, top_k = null}: JsonObject): Json {
  const [one = null, ...more] = [thresholds ?? null].flat();
  if (more.length > 0) return thresholds!;
  return one === 0.5 && top_k === null ? null : one;
}

function aucToTfjs(config: JsonObject): LossFunction | undefined {
  const known = [...AUC.map(([, keras]) => keras), 'thresholds'];
  if (otherArgument(config, known) !== undefined) return undefined;
  // The thresholds that Keras has without any being asked for are written, too.
  const own = isEven(config) ? undefined : (config.thresholds as number[]);
  const options = Object.fromEntries(
    AUC.flatMap(([ours, keras]) => {
      const value = config[keras] ?? null;
      return value === null ? [] : [[ours, value] as const];
    }),
  );
  const name = typeof config.name === 'string' ? config.name : 'auc';
  try {
    const made = renamed(auc(options), name);
    if (own === undefined) return made;
    const counted = {...options, numThresholds: own.length + 2};
    return configuredMetric(name, 'AUC', {...counted, thresholds: own}, (columns) => aucMetric(counted, columns, own));
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
