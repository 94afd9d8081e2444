// Keras's optimizers that this library computes itself: their configuration in Keras's words, both ways.
import {createOptimizer} from '../../optimizers/createOptimizer';
import {KerasOptimizer} from '../../optimizers/optimizer';
import type {Setting} from '../../optimizers/rule';
import {RULES} from '../../optimizers/rules';
import {type Schedule, scheduleOf} from '../../optimizers/schedules';
import {variableOf} from '../../tfjs/layers';
import type {tf} from '../../tfjs/tensorflow';
import {asObject, asString, isObject, shorten, type Json, type JsonObject} from '../json';
import type {OptimizerConfig} from './optimizers';

/** What every optimizer of Keras's may have, under our names. */
const COMMON = ['weightDecay', 'clipnorm', 'globalClipnorm', 'clipvalue', 'gradientAccumulationSteps'];
const AVERAGE = ['useEma', 'emaMomentum', 'emaOverwriteFrequency'];
/** Those of them that do nothing at 0. */
const OFF_AT_0: ReadonlySet<string> = new Set([...COMMON, 'emaOverwriteFrequency']);

/** Where Keras's None turns off what is on by default, and what says so here. */
const OFF: Readonly<Record<string, 0 | null>> = {weightDecay: 0, adamWeightDecay: 0, rmsRate: null};

/** Keras's that are left out on purpose. */
const NOT_HERE: Readonly<Record<string, string>> = {
  MultiOptimizer:
    'its MultiOptimizer has an optimizer for each part of the model, which nothing does here; ' +
    'Keras 3.15, too, forgets which is whose when it reads its own file',
};

/** beta1 → beta_1, useEma → use_ema */
function inKeras(name: string): string {
  return name.replace(/(eta|epsilon)(\d)/, '$1_$2').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Some optimizers go by the names of weights, which TensorFlow.js gives otherwise where the reader gave none.
 *
 * @throws Error for a weight that such an optimizer would treat otherwise in Keras.
 */
export function checkNames({optimizer, trainableWeights}: tf.LayersModel, names: ReadonlyMap<string, string>): void {
  if (!(optimizer instanceof KerasOptimizer)) return;
  for (const {name, shape} of trainableWeights.map(variableOf)) {
    const [layer = '', ...rest] = name.split('/');
    const kept = (as: string) =>
      optimizer.slotGroups.flat().map((slot) => optimizer.slotShape(slot, {name: as, shape}));
    const inKerasToo = [names.get(layer) ?? layer, ...rest].join('/');
    if (JSON.stringify(kept(name)) === JSON.stringify(kept(inKerasToo))) continue;
    throw new Error(
      `${optimizer.rule.name} goes by the name '${name}', which is '${inKerasToo}' in Keras; ` +
        'give the layer a name of its own, or pass {includeOptimizer: false}',
    );
  }
}

/** What the arguments that one of Keras's has for itself are where a file doesn't say. */
export function usualInKeras(className: string): JsonObject {
  const {kinds, defaults} = RULES.get(className)!;
  return Object.fromEntries(Object.keys(kinds).map((name) => [inKeras(name), defaults[name] as Json]));
}

export function ownToKeras(optimizer: KerasOptimizer): OptimizerConfig {
  const {rule, schedule, options} = optimizer;
  const config: JsonObject = {
    name: rule.name.toLowerCase(),
    learning_rate: schedule ? scheduleToKeras(schedule) : optimizer.learningRate,
  };
  for (const [name, value] of Object.entries(options)) config[inKeras(name)] = value as Json;
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
  if (rule === undefined) throw new Error(NOT_HERE[class_name] ?? `there is no optimizer ${class_name} here`);
  const options: Record<string, Setting> = {};
  const average = config.use_ema === true ? AVERAGE : [];
  for (const name of [...COMMON, ...average, ...Object.keys(rule.kinds)]) {
    const usual = rule.defaults[name];
    const value = config[inKeras(name)];
    if (value === undefined || value === usual) continue;
    const isOff = value === null || (value === 0 && OFF_AT_0.has(name));
    if (isOff) {
      if (usual !== undefined && name in OFF) options[name] = OFF[name]!;
    } else if (isObject(value) || typeof value === 'string') {
      throw new Error(`its ${inKeras(name)} should be a number, got ${shorten(value)}`);
    } else options[name] = value as Setting;
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
