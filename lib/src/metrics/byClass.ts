// Metrics that Keras's files name by their class and that TensorFlow.js lacks.
import {cosine} from '../losses/distances';
import {valuesOf} from '../losses/keras';
import {binaryCrossentropy} from '../losses/crossentropy';
import {functionNamed} from '../tfjs/functionNames';
import {binaryAccuracyAt, exactAccuracy} from './accuracy';
import {counted, precisionAt, recallAt} from './confusion';
import {fBeta, type FBetaOptions} from './fBeta';
import {mean} from './mean';
import type {Metric} from './metric';
import {r2Score} from './r2Score';
import {inTopK, sparseInTopK} from './topK';

/** A metric's options, in our words. */
export type Options = Readonly<Record<string, unknown>>;

/** For so many outputs. */
export type Make = (options: Options, columns: number) => Metric;

const threshold = (options: Options) => (options.threshold as number | undefined) ?? 0.5;
const k = (options: Options) => (options.k as number | undefined) ?? 5;
const asLoss = (name: string): Make => () => mean(valuesOf('metric', functionNamed(name))); // prettier-ignore

/** By Keras's class. */
export const BY_CLASS: Readonly<Record<string, Make>> = {
  Accuracy: () => mean(exactAccuracy),
  BinaryAccuracy: (options) => mean(binaryAccuracyAt(threshold(options))),
  BinaryCrossentropy: () => mean(binaryCrossentropy()),
  CategoricalHinge: asLoss('categoricalHinge'),
  CosineSimilarity: () => mean(cosine),
  F1Score: (options, columns) => fBeta(options as Options & FBetaOptions, columns),
  FBetaScore: (options, columns) => fBeta(options as Options & FBetaOptions, columns),
  FalseNegatives: (options) => counted(false, false, threshold(options)),
  FalsePositives: (options) => counted(false, true, threshold(options)),
  Hinge: asLoss('hinge'),
  KLDivergence: asLoss('kullbackLeiblerDivergence'),
  LogCoshError: asLoss('logcosh'),
  MeanSquaredLogarithmicError: asLoss('meanSquaredLogarithmicError'),
  Poisson: asLoss('poisson'),
  Precision: (options) => precisionAt(threshold(options)),
  R2Score: (_options, columns) => r2Score(columns),
  Recall: (options) => recallAt(threshold(options)),
  RootMeanSquaredError: () => {
    const squares = mean(valuesOf('metric', functionNamed('meanSquaredError')));
    return {...squares, result: (counts) => Math.sqrt(squares.result(counts))};
  },
  SparseTopKCategoricalAccuracy: (options) => mean(sparseInTopK(k(options))),
  SquaredHinge: asLoss('squaredHinge'),
  TopKCategoricalAccuracy: (options) => mean(inTopK(k(options))),
  TrueNegatives: (options) => counted(true, false, threshold(options)),
  TruePositives: (options) => counted(true, true, threshold(options)),
};
