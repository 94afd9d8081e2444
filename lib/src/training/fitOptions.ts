import {anything, count, notNegativeWhole, oneOf, trueOrFalse, wholeNumber} from '../arguments/kinds';
import {optional, optionsOf} from '../arguments/schema';
import type {ImageSet} from '../data/imageSet';
import type {Verbosity} from '../progress/reporter';
import {callbackKind} from './callbacks/callbacks';
import {type ClassWeight, classWeightKind} from './data/weights';
import type {EngineChoice} from './loop/engine';
import type {BatchStream, FitCallback, SampleWeight, TensorData} from './types';

/** How `fit` trains. */
export interface FitOptions {
  /**
   * Examples a step: the model learns once from each batch. Streams bring batches of their own. Default 32;
   * a model with a `stateful` layer takes the number that it was built with, and no other.
   */
  batchSize?: number;
  /** The last epoch to train, counting from 1: how often to go through all the examples. Default 1. */
  epochs?: number;
  /**
   * How many epochs are behind the model already, from an earlier `fit`. Default 0. As in Keras `epochs` counts these,
   * too: {initialEpoch: 5, epochs: 8} trains for three more.
   */
  initialEpoch?: number;
  /**
   * The share of the examples, at least 0 and below 1, kept aside to judge the model by after each epoch.
   * As in Keras it is the last part of x and y, cut before any shuffling and changing. Of
   * streams only for those of `augment` over examples in memory: what is kept aside stays as it is.
   */
  validationSplit?: number;
  /**
   * Examples to judge by after each epoch: [x, y], [x, y, sampleWeight], an ImageSet, or a stream. Used instead of
   * `validationSplit`.
   */
  validationData?: [x: TensorData | ImageSet, y: TensorData, sampleWeight?: SampleWeight] | ImageSet | BatchStream;
  /**
   * How much the examples of each class count in the loss: numbers by class, {0: 1, 1: 5}, or 'balanced', which lets each
   * class count as much as any other, however few examples it has. For training alone, as in Keras: neither the metrics
   * nor the validation know of it. With a stream 'balanced' first walks through it once to count.
   */
  classWeight?: ClassWeight;
  /**
   * How much each example counts in the loss, for training and for what `validationSplit` keeps aside; metrics count all
   * alike. A stream's batches bring theirs along: {xs, ys, sampleWeight}.
   */
  sampleWeight?: SampleWeight;
  /** Whether each epoch takes the examples in a new order. Default true. Streams keep their own order. */
  shuffle?: boolean;
  /**
   * Any whole number. Two runs with the same seed, engine, data and starting weights give the same result: the same
   * order of examples and, on the graph engine, the same dropout and noise.
   */
  seed?: number;
  /** 0 prints nothing, 1 a line an epoch and a moving progress display, 2 the lines alone. Default 1. */
  verbose?: Verbosity;
  /** Called as training goes on; the same objects as tfjs's `model.fit` takes. */
  callbacks?: FitCallback | FitCallback[];
  /**
   * "graph" runs a training step as one TensorFlow graph and fails where that can't be, "eager" runs it one operation
   * at a time, as tfjs does, and "auto", the default, takes the graph where it can.
   */
  engine?: EngineChoice;
}

/** What each of them has to be. */
export const fitOptions = optionsOf<FitOptions>({
  batchSize: optional(count),
  epochs: optional(count),
  initialEpoch: optional(notNegativeWhole),
  validationSplit: optional({
    expected: 'at least 0 and below 1',
    fits: (value) => typeof value === 'number' && value >= 0 && value < 1,
    help: '0.2 keeps the last fifth for validation',
  }),
  // Looked at with the model's inputs and outputs at hand.
  validationData: optional(anything),
  classWeight: optional(classWeightKind),
  sampleWeight: optional(anything),
  shuffle: optional(trueOrFalse),
  seed: optional(wholeNumber),
  verbose: optional(oneOf(0, 1, 2)),
  callbacks: optional(callbackKind),
  engine: optional(oneOf('auto', 'graph', 'eager')),
});
