import {KerasOptimizer} from '../../optimizers/optimizer';
import {tf} from '../../tfjs/tensorflow';
import type {Json, JsonObject} from '../json';
import {ownToKeras, ownToTfjs, usualInKeras} from './ownOptimizers';

/** How one optimizer of TensorFlow.js and one of Keras correspond. */
export interface OptimizerRule {
  /** Keras's class. */
  readonly keras: string;
  /** TensorFlow.js's argument → Keras's, beside the learning rate. */
  readonly config: Readonly<Record<string, string>>;
  /** Arguments, in Keras's words, for which both sides compute the same with this value only. */
  readonly only?: Readonly<Record<string, Json>>;
  /** What Keras keeps for each trained weight, in Keras's order, and what of it with these arguments. */
  readonly slots: (config: JsonObject) => readonly string[];
  /** What TensorFlow.js keeps, in the order of getWeights(): all weights' first slot, then all weights' second. */
  readonly tfjsSlots: (config: JsonObject) => readonly string[];
  /** Keras goes weight by weight (true) or slot by slot. */
  readonly interleaved?: boolean;
  /** A slot of Keras is this many times TensorFlow.js's. */
  readonly factor?: (config: JsonObject) => number;
  /** A slot's value before the first step. */
  readonly initial?: (config: JsonObject) => number;
  readonly create: (learningRate: number, config: Record<string, number> & {nesterov?: boolean}) => tf.Optimizer;
}

const none = () => [];

/**
 * By TensorFlow.js's class. Missing although both have them: Adadelta and Adamax, whose state isn't handed out as it is.
 * Sources: keras.src.optimizers, build() of each; tfjs-core's optimizers, getWeights().
 */
export const OPTIMIZERS: ReadonlyMap<string, OptimizerRule> = new Map<string, OptimizerRule>([
  ['SGD', {keras: 'SGD', config: {}, slots: none, tfjsSlots: none, create: (rate) => tf.train.sgd(rate)}],
  [
    'Momentum',
    {
      keras: 'SGD',
      config: {momentum: 'momentum', useNesterov: 'nesterov'},
      slots: () => ['momentum'],
      tfjsSlots: () => ['momentum'],
      // Keras multiplies by the learning rate when it adds a gradient, TensorFlow.js when it takes a step.
      factor: ({learning_rate}) => -(learning_rate as number),
      create: (rate, {momentum, nesterov}) => tf.train.momentum(rate, momentum!, nesterov),
    },
  ],
  [
    'RMSProp',
    {
      keras: 'RMSprop',
      config: {decay: 'rho', momentum: 'momentum', epsilon: 'epsilon', centered: 'centered'},
      // Centred, TensorFlow.js's alone keeps its memory in another order.
      only: {centered: false},
      slots: ({momentum}) => ((momentum as number) > 0 ? ['velocity', 'momentum'] : ['velocity']),
      tfjsSlots: () => ['velocity', 'momentum'],
      create: (rate, {rho, momentum, epsilon}) => tf.train.rmsprop(rate, rho, momentum, epsilon),
    },
  ],
  [
    'Adam',
    {
      keras: 'Adam',
      config: {beta1: 'beta_1', beta2: 'beta_2', epsilon: 'epsilon'},
      slots: () => ['momentum', 'velocity'],
      tfjsSlots: () => ['momentum', 'velocity'],
      interleaved: true,
      create: (rate, {beta_1, beta_2, epsilon}) => tf.train.adam(rate, beta_1, beta_2, epsilon),
    },
  ],
  [
    'Adagrad',
    {
      keras: 'Adagrad',
      config: {initialAccumulatorValue: 'initial_accumulator_value'},
      slots: () => ['accumulator'],
      tfjsSlots: () => ['accumulator'],
      initial: ({initial_accumulator_value}) => initial_accumulator_value as number,
      create: (rate, {initial_accumulator_value}) => tf.train.adagrad(rate, initial_accumulator_value),
    },
  ],
]);

/** An optimizer's class and arguments as Keras reads them. */
export interface OptimizerConfig {
  class_name: string;
  config: JsonObject;
}

/** The rule for a TensorFlow.js optimizer; an error that names it if Keras has no such one. */
export function ruleFor(optimizer: tf.Optimizer): OptimizerRule {
  const rule = OPTIMIZERS.get(optimizer.getClassName());
  const name = optimizer.getClassName();
  if (!rule) throw new Error(`Keras has no optimizer that does what ${name} does; pass {includeOptimizer: false}`);
  return rule;
}

export function optimizerToKeras(optimizer: tf.Optimizer): OptimizerConfig {
  if (optimizer instanceof KerasOptimizer) return ownToKeras(optimizer);
  const rule = ruleFor(optimizer);
  const {learningRate, ...own} = optimizer.getConfig();
  const config: JsonObject = {name: rule.keras.toLowerCase(), learning_rate: learningRate!};
  for (const [tfjs, keras] of Object.entries(rule.config)) config[keras] = own[tfjs] ?? null;
  for (const [key, value] of Object.entries(rule.only ?? {})) {
    if (config[key] === value) continue;
    throw new Error(`Keras's ${rule.keras} computes ${key} differently; pass {includeOptimizer: false}`);
  }
  return {class_name: rule.keras, config};
}

// Arguments of all of Keras's optimizers that change what a step does, with the value that TensorFlow.js's own amount to, as
// they do with 0.
const WITHOUT: JsonObject = {
  weight_decay: null,
  clipnorm: null,
  global_clipnorm: null,
  clipvalue: null,
  use_ema: false,
  decay: 0,
  gradient_accumulation_steps: null,
};

/**
 * A Keras optimizer: TensorFlow.js's own where it computes the same, else one of ours.
 *
 * @throws Error that says why it can't be.
 */
export function optimizerToTfjs({class_name, config}: OptimizerConfig): tf.Optimizer {
  const name = class_name.toLowerCase() === 'sgd' && config.momentum ? 'Momentum' : class_name;
  const rule = [...OPTIMIZERS].find(([tfjs]) => tfjs.toLowerCase() === name.toLowerCase())?.[1];
  const rate: Json = config.learning_rate ?? config.lr ?? (rule?.keras === 'SGD' ? 0.01 : 0.001);
  if (!rule || !isPlain(rule, config) || typeof rate !== 'number') return ownToTfjs({class_name, config});
  const numbers = Object.entries(config).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean');
  return rule.create(rate, Object.fromEntries(numbers) as never);
}

/** Whether all that TensorFlow.js's own optimizer doesn't take is as if it weren't there. */
function isPlain({keras, config: taken, only}: OptimizerRule, config: JsonObject): boolean {
  const theirs = Object.values(taken);
  const others = Object.entries(usualInKeras(keras)).filter(([key]) => !theirs.includes(key));
  return (
    Object.entries(WITHOUT).every(([key, usual]) => [null, usual, 0].includes(config[key] ?? usual)) &&
    Object.entries({...Object.fromEntries(others), ...only}).every(([key, usual]) => (config[key] ?? usual) === usual)
  );
}
