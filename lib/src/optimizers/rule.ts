import type {Kind} from '../arguments/schema';
import type {tf} from '../tfjs/tensorflow';
import type {Schedule} from './schedules';

/** What all optimizers take. */
export interface OptimizerOptions {
  /** How far a step goes. */
  learningRate?: number;
  /** Each step takes this share of the weights, times the learning rate, off them. */
  weightDecay?: number;
  /** The gradient of each weight is shortened to at most this length. */
  clipnorm?: number;
  /** The gradients of all weights together are shortened to at most this length. */
  globalClipnorm?: number;
  /** Each number of a gradient is kept within plus and minus this. */
  clipvalue?: number;
  /** Keeps a moving average of the weights, which they are set to when `fit` is done. Default false. */
  useEma?: boolean;
  /** The share of the average that stays in each step. Default 0.99. */
  emaMomentum?: number;
  /** Sets the weights to their average every so many steps as well. */
  emaOverwriteFrequency?: number;
  /** Adds up the gradients of so many batches for one step. */
  gradientAccumulationSteps?: number;
}

/** A number or a flag that an optimizer works by, or texts that weights' names are held against; null turns off. */
export type Setting = number | boolean | null | readonly string[];

/** What one optimizer works by, under the public names. */
export type Settings = Readonly<Record<string, Setting>>;

/** What of a weight says whether something is kept for it. */
export interface OfWeight {
  /** 'dense/kernel' */
  readonly name: string;
  readonly shape: readonly number[];
}

/** One weight in one step. */
export interface Update {
  gradient: tf.Tensor;
  weight: tf.Tensor;
  /** What the optimizer keeps for this weight. */
  slots: Readonly<Record<string, tf.Tensor>>;
  /** The learning rate, a scalar. */
  rate: tf.Tensor;
  settings: Settings;
  /** What `begin` found for the step. */
  shared: Readonly<Record<string, tf.Tensor>>;
}

/** What a weight and its slots become. */
export interface Updated {
  weight: tf.Tensor;
  slots: Readonly<Record<string, tf.Tensor>>;
}

/** How one of Keras's optimizers computes a step: functions of tensors. */
export interface Rule {
  /** Keras's class. */
  readonly name: string;
  /** Keras's defaults, under the public names. */
  readonly defaults: Settings & {readonly learningRate: number};
  /** What its own options must be. */
  readonly kinds: Readonly<Record<string, Kind>>;
  /** What it keeps for each weight: Keras goes through a group weight by weight, and from group to group. */
  readonly slots: (settings: Settings) => readonly (readonly string[])[];
  /** A slot's shape for a weight, undefined where there is none: the weight's own where it isn't said. */
  readonly slotShape?: (slot: string, weight: OfWeight, settings: Settings) => readonly number[] | undefined;
  /** What slots hold before the first step: a number, or what the weight is; 0 where it isn't said. */
  readonly initial?: (settings: Settings) => Readonly<Record<string, number | 'weight'>>;
  /** Numbers that it keeps besides, with their first values. */
  readonly globals?: Readonly<Record<string, number>>;
  /** What all weights share in a step, which counts from 1; what is named as a global is kept. */
  readonly begin?: (
    step: tf.Scalar,
    settings: Settings,
    globals: Readonly<Record<string, tf.Tensor>>,
  ) => Record<string, tf.Tensor>;
  /** Weight decay where it isn't the same for all weights: by the slots that are kept for one. */
  readonly weightDecay?: (slots: Readonly<Record<string, tf.Tensor>>, settings: Settings) => number;
  readonly update: (update: Update) => Updated;
}

/** How an optimizer of a rule is set up. */
export interface Setup {
  settings: Settings;
  learningRate: number;
  schedule?: Schedule | undefined;
}
