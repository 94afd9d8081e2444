// Losses of compiled models and of Keras's files, by name or with options.
import * as losses from '../../losses';
import {madeLoss} from '../../losses/made';
import type {LossFunction} from '../../tfjs/functionNames';
import {shorten, type Json, type JsonObject} from '../json';
import {inCapitals, nameInKeras, named, nameInTfjs, otherArgument, type Named, type Table} from './names';

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
];

/** Those that take options here. */
const WITH_OPTIONS = {
  binaryCrossentropy: losses.binaryCrossentropy,
  categoricalCrossentropy: losses.categoricalCrossentropy,
  sparseCategoricalCrossentropy: (options: losses.CrossentropyOptions) =>
    losses.sparseCategoricalCrossentropy({fromLogits: options.fromLogits === true}),
};

/** A loss with options as Keras writes it; undefined for one without. */
export function optionsToKeras(f: unknown): JsonObject | undefined {
  const made = typeof f === 'function' ? madeLoss(f as LossFunction) : undefined;
  if (made === undefined || Object.keys(made.options).length === 0) return undefined;
  const keras = nameInKeras(LOSSES, made.name)!;
  const {fromLogits = false, labelSmoothing = 0} = made.options as losses.CrossentropyOptions;
  const config: JsonObject = {
    name: keras,
    ...(fromLogits && {from_logits: fromLogits}),
    ...(labelSmoothing !== 0 && {label_smoothing: labelSmoothing}),
  };
  return {module: 'keras.losses', class_name: inCapitals(keras), config, registered_name: null};
}

/** How much a loss counts among several; undefined where it wasn't said. */
export function weightOf(f: unknown): number | undefined {
  return typeof f === 'function' ? madeLoss(f as LossFunction)?.weight : undefined;
}

/** A loss with its options, if it is one that takes some and any are given. */
export function withOptions(tfjs: string, {config}: Named): LossFunction | undefined {
  const options = {
    ...(config.from_logits === true && {fromLogits: true}),
    ...(typeof config.label_smoothing === 'number' &&
      config.label_smoothing > 0 && {labelSmoothing: config.label_smoothing}),
  };
  if (Object.keys(options).length === 0 || !(tfjs in WITH_OPTIONS)) return undefined;
  return WITH_OPTIONS[tfjs as keyof typeof WITH_OPTIONS](options);
}

/** The arguments that `withOptions` looks after. */
export const OPTIONS = ['from_logits', 'label_smoothing'];

/** @throws Error for a loss that is computed nowhere here, or with an argument that isn't. */
export function lossToTfjs(value: Json): string | LossFunction {
  const found = named(value);
  const tfjs = found && nameInTfjs(LOSSES, found.name);
  if (!found || !tfjs) throw new Error(`TensorFlow.js has no loss ${shorten(found?.name ?? value)}`);
  const other = otherArgument(found.config, tfjs in WITH_OPTIONS ? OPTIONS : []);
  if (other !== undefined) {
    throw new Error(`its loss ${found.name} has ${other} ${shorten(found.config[other])}, which isn't computed here`);
  }
  return withOptions(tfjs, found) ?? tfjs;
}
