// Every public name, by theme. `tf` is TensorFlow.js itself, unwrapped.
//
// Four words for pictures: an Image is one picture's values with their shape, as `readImage` returns it; an ImageSet holds
// many of one size, each with its label, and is what models learn from; Images is whatever can be drawn, either of these
// or a tensor; a Picture is what has been drawn of them, a PNG.
export {tf} from './tfjs/tensorflow';

// Data
export {ImageSet} from './data/imageSet';
export type {ImageStream} from './data/imageStream';
export {rescale, type Limits, type RescaleOptions} from './data/rescale';
export type {ImageDataset, Skipped} from './data/imageDataset';
export type {Pixels} from './data/pixels';
export * as mnist from './data/mnist';
export * as fashionMnist from './data/fashionMnist';
export * as idx from './data/idx';
export * as csv from './data/csv';
export * as hdf5 from './data/hdf5';
export * as imageFolder from './data/imageFolder';
export * as npy from './data/npy';
export * as npz from './data/npz';

// Photographs: files to arrays
export {readImage, type Image, type ReadImageOptions} from './data/decoders/readImage';
export * as handwriting from './data/photographs/handwriting';
export * as samples from './data/samples';

// Pictures
export {formatMatrix, type MatrixOptions} from './pictures/matrix';
export {picture, Picture, type PictureOptions} from './pictures/picture';
export type {Images} from './pictures/images';

// Charts
export {calibrationChart, type CalibrationOptions} from './charts/calibration';
export {confusionChart, type ConfusionLike} from './charts/confusion';
export {embeddingChart, type EmbeddingOptions, type PlanePoints} from './charts/embedding';
export {featureMapChart, type FeatureMapOptions} from './charts/featureMaps';
export type {Figure} from './charts/figure';
export {historyChart, type HistoryLike} from './charts/history';
export {probabilityChart, type ProbabilityOptions} from './charts/probabilities';
export type {Probabilities} from './charts/probabilityRows';
export {runsChart, type RunsOptions} from './charts/runs';
export {saliencyChart, type SaliencyOptions} from './charts/saliency';
export {figureToPng, type FigureToPngOptions} from './charts/staticRender';
export {stripChart, type StripOptions} from './charts/strip';

// To touch: what a step does, for mouse and keys
export {convolutionExplorer, type ConvolutionExplorerOptions} from './explorers/convolution';
export type {Explorer} from './explorers/explorer';
export {gradientDescentExplorer, type GradientDescentExplorerOptions} from './explorers/gradientDescent';
export {poolingExplorer} from './explorers/pooling';
export {softmaxExplorer, type SoftmaxExplorerOptions} from './explorers/softmax';

// Exercises of the notebooks
export {check} from './exercises/check';
export type {Verdict} from './exercises/verdict';

// Training
export {fit} from './training/fit';
export type {FitOptions} from './training/fitOptions';
export type {ClassWeight} from './training/data/weights';
export * as losses from './losses';
export * as metrics from './metrics';
export * as optimizers from './optimizers';
export {augment, type AugmentOptions} from './training/data/augment';
export {evaluate, type EvaluateOptions} from './training/evaluate';
export {predict, predictAll, type PredictData, type PredictOptions} from './training/predict';
export {earlyStopping, type EarlyStoppingOptions} from './training/callbacks/earlyStopping';
export {learningRateSchedule} from './training/callbacks/learningRateSchedule';
export {terminateOnNaN} from './training/callbacks/terminateOnNaN';
export {summary} from './training/report/summary';
export {History} from './training/history';
export {interruptTraining} from './training/loop/interrupt';
export {setReporter, type Reporter, type Verbosity} from './progress/reporter';
export type {Progress} from './progress/format';
export type {BatchStream, FitCallback, Logs, SampleWeight, StreamBatch, TensorData} from './training/types';

// Evaluation
export {confusionMatrix, type ConfusionMatrix, type ConfusionMatrixOptions} from './evaluation/confusionMatrix';
export {cover, type CoverOptions} from './evaluation/cover';
export {misclassified} from './evaluation/misclassified';
export {classificationReport, type ClassificationReport} from './evaluation/classificationReport';
export {nearestNeighbours, type NearestNeighboursOptions} from './evaluation/nearestNeighbours';
export {occlusion, type OcclusionOptions} from './evaluation/occlusion';
// Earlier names of these: readers' notebooks may use them.
// eslint-disable-next-line @typescript-eslint/no-deprecated
export {confusionTable, type ConfusionTable} from './evaluation/confusionMatrix';
// eslint-disable-next-line @typescript-eslint/no-deprecated
export {classReport, type ClassReport} from './evaluation/classificationReport';

// In the notebook
export {show} from './notebook/show';
export {clearOutput, input} from './notebook/cell';
export {interact} from './notebook/interact';
export type {Control, Controls, ControlValues} from './notebook/controls';
// Not names, but acts: in a notebook, last values of cells show themselves, and fit and evaluate report in place.
import './notebook/displays';
import './notebook/liveReporter';

// Model files
export * as keras from './keras';
