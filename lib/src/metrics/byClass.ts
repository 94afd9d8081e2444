// Metrics that Keras's files name by their class and that TensorFlow.js lacks.
import {cosine} from '../losses/distances';
import {valuesOf} from '../losses/keras';
import {binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy} from '../losses/crossentropy';
import {functionNamed} from '../tfjs/functionNames';
import {binaryAccuracyAt, categoricalAccuracy, exactAccuracy, sparseCategoricalAccuracy} from './accuracy';
import {counted, precisionOf, recallOf} from './confusion';
import {fBeta, type FBetaOptions} from './fBeta';
import {mean} from './mean';
import type {Metric} from './metric';
import {meanOverlap, type OverlapOptions} from './overlap';
import {r2Score} from './r2Score';
import {operatingPoint, POINTS, type PointOptions} from './operatingPoint';
import {inTopK, sparseInTopK} from './topK';

/** A metric's options, in our words. */
export type Options = Readonly<Record<string, unknown>>;

/** For so many outputs. */
export type Make = (options: Options, columns: number) => Metric;

const threshold = (options: Options) => (options.threshold as number | undefined) ?? 0.5;
const k = (options: Options) => (options.k as number | undefined) ?? 5;
const asLoss = (name: string): Make => () => mean(valuesOf('metric', functionNamed(name))); // prettier-ignore

const overlap = (options: Options) =>
  meanOverlap({labelsAsNumbers: true, outputsAsNumbers: true, ...options} as OverlapOptions);

/** By Keras's class. */
export const BY_CLASS: Readonly<Record<string, Make>> = {
  Accuracy: () => mean(exactAccuracy),
  BinaryAccuracy: (options) => mean(binaryAccuracyAt(threshold(options))),
  BinaryCrossentropy: (options) => mean(binaryCrossentropy(options)),
  BinaryIoU: ({threshold: from = 0.5, ...options}) => overlap({...options, classes: 2, threshold: from}),
  CategoricalAccuracy: () => mean(categoricalAccuracy),
  CategoricalCrossentropy: (options) => mean(categoricalCrossentropy(options)),
  CategoricalHinge: asLoss('categoricalHinge'),
  CosineSimilarity: () => mean(cosine),
  F1Score: (options, columns) => fBeta(options as Options & FBetaOptions, columns),
  FBetaScore: (options, columns) => fBeta(options as Options & FBetaOptions, columns),
  FalseNegatives: (options) => counted(false, false, options),
  FalsePositives: (options) => counted(false, true, options),
  Hinge: asLoss('hinge'),
  IoU: overlap,
  KLDivergence: asLoss('kullbackLeiblerDivergence'),
  LogCoshError: asLoss('logcosh'),
  MeanAbsoluteError: asLoss('meanAbsoluteError'),
  MeanAbsolutePercentageError: asLoss('meanAbsolutePercentageError'),
  MeanIoU: overlap,
  MeanSquaredError: asLoss('meanSquaredError'),
  MeanSquaredLogarithmicError: asLoss('meanSquaredLogarithmicError'),
  OneHotIoU: (options) => overlap({labelsAsNumbers: false, outputsAsNumbers: false, ...options}),
  OneHotMeanIoU: (options) => overlap({labelsAsNumbers: false, outputsAsNumbers: false, ...options}),
  Poisson: asLoss('poisson'),
  Precision: (options) => precisionOf(options),
  R2Score: (_options, columns) => r2Score(columns),
  Recall: (options) => recallOf(options),
  RootMeanSquaredError: () => {
    const squares = mean(valuesOf('metric', functionNamed('meanSquaredError')));
    return {...squares, result: (counts) => Math.sqrt(squares.result(counts))};
  },
  SparseCategoricalAccuracy: () => mean(sparseCategoricalAccuracy, true),
  SparseCategoricalCrossentropy: (options) => mean(sparseCategoricalCrossentropy(options), true),
  SparseTopKCategoricalAccuracy: (options) => mean(sparseInTopK(k(options)), true),
  SquaredHinge: asLoss('squaredHinge'),
  TopKCategoricalAccuracy: (options) => mean(inTopK(k(options))),
  TrueNegatives: (options) => counted(true, false, options),
  TruePositives: (options) => counted(true, true, options),
  ...Object.fromEntries(
    Object.keys(POINTS).map((name): [string, Make] => [
      name,
      (options) => operatingPoint(name, options as Options & PointOptions),
    ]),
  ),
};
