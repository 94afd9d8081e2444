// Keras's optimizers that this library computes itself: their configuration in Keras's words, both ways.
import {createOptimizer} from '../../optimizers/createOptimizer';
import type {KerasOptimizer} from '../../optimizers/optimizer';
import {RULES} from '../../optimizers/rules';
import {type Schedule, scheduleOf} from '../../optimizers/schedules';
import {asObject, asString, isObject, shorten, type Json, type JsonObject} from '../json';
import type {OptimizerConfig} from './optimizers';

/** What every optimizer of Keras's may have, under our names. */
const COMMON = ['weightDecay', 'clipnorm', 'globalClipnorm', 'clipvalue', 'gradientAccumulationSteps'];
const AVERAGE = ['useEma', 'emaMomentum', 'emaOverwriteFrequency'];

/** beta1 → beta_1, useEma → use_ema */
function inKeras(name: string): string {
  return name.replace(/^beta(\d)$/, 'beta_$1').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function ownToKeras(optimizer: KerasOptimizer): OptimizerConfig {
  const {rule, schedule, options} = optimizer;
  const config: JsonObject = {
    name: rule.name.toLowerCase(),
    learning_rate: schedule ? scheduleToKeras(schedule) : optimizer.learningRate,
  };
  for (const [name, value] of Object.entries(options)) config[inKeras(name)] = value;
  return {class_name: rule.name, config};
}

function scheduleToKeras({name, config}: Schedule): JsonObject {
  return {
    module: 'keras.optimizers.schedules',
    class_name: name,
    config: config as JsonObject,
    registered_name: null,
  };
}

/** @throws Error for a class or a schedule that isn't Keras's, and for what Keras would refuse. */
export function ownToTfjs({class_name, config}: OptimizerConfig): KerasOptimizer {
  const rule = [...RULES.values()].find(({name}) => name.toLowerCase() === class_name.toLowerCase());
  if (rule === undefined) throw new Error(`there is no optimizer ${class_name} here`);
  const options: Record<string, number | boolean> = {};
  const average = config.use_ema === true ? AVERAGE : [];
  for (const name of [...COMMON, ...average, ...Object.keys(rule.kinds)]) {
    const value = config[inKeras(name)] ?? null;
    const isOff = value === 0 && COMMON.includes(name);
    if (value === null || isOff) continue;
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new Error(`its ${inKeras(name)} should be a number, got ${shorten(value)}`);
    }
    options[name] = value;
  }
  const rate = config.learning_rate ?? config.lr ?? rule.defaults.learningRate;
  const schedule = scheduleToTfjs(rate, config.decay ?? 0);
  if (schedule === undefined) options.learningRate = rate as number;
  return createOptimizer(`the optimizer ${class_name}`, rule, options, schedule);
}

/** undefined for a number that stays. Keras 2 had a decay beside the number. */
function scheduleToTfjs(rate: Json, decay: Json): Schedule | undefined {
  if (isObject(rate)) {
    return scheduleOf(
      asString(rate.class_name, "the schedule's class_name"),
      asObject(rate.config ?? {}, 'its config'),
    );
  }
  if (typeof rate !== 'number')
    throw new Error(`its learning rate should be a number or a schedule, got ${shorten(rate)}`);
  if (typeof decay !== 'number' || decay === 0) return undefined;
  return scheduleOf('InverseTimeDecay', {initial_learning_rate: rate, decay_steps: 1, decay_rate: decay});
}
