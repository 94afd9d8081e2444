// How files name an optimizer: alone, with its arguments, as if it were the user's, inside of another that scales the loss.
import {asObject, asString, isObject, type Json} from '../json';
import type {OptimizerConfig} from './optimizers';

/**
 * An optimizer as files have it: an object of a class, or a name, which stands for the class with its defaults. Without
 * one Keras compiles with RMSprop, and so is done here.
 */
export function optimizerNamed(given: Json): OptimizerConfig {
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

/**
 * The optimizer inside of a LossScaleOptimizer, which keeps small gradients of 16-bit floats from vanishing. In 32 bits
 * there are none that would: its steps are those of the optimizer inside.
 */
export function withoutScaling(given: Json, tell: (text: string) => void): Json {
  if (!isObject(given) || typeof given.class_name !== 'string') return given;
  if (!/LossScaleOptimizer(V\d)?$/.test(given.class_name)) return given;
  const {inner_optimizer, optimizer} = asObject(given.config ?? {}, "the optimizer's config");
  tell(
    'its LossScaleOptimizer is left out: weights here have 32 bits, and need no scaling; steps are those of what is in it',
  );
  return withoutScaling(inner_optimizer ?? optimizer ?? null, tell);
}
