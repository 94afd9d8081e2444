// Training, evaluating and predicting: `convlab/training`. `tf` is TensorFlow.js itself, unwrapped.
export {tf} from '../tfjs/tensorflow';
export {fit, type FitOptions} from './fit';
export type {ClassWeight} from './data/weights';
export * as losses from '../losses';
export * as metrics from '../metrics';
export * as optimizers from '../optimizers';
export {augment, type AugmentOptions} from './data/augment';
export {evaluate, type EvaluateOptions} from './evaluate';
export {predict, predictAll, type PredictData, type PredictOptions} from './predict';
export {earlyStopping, type EarlyStoppingOptions} from './callbacks/earlyStopping';
export {learningRateSchedule} from './callbacks/learningRateSchedule';
export {terminateOnNaN} from './callbacks/terminateOnNaN';
export {summary} from './report/summary';
export {History} from './history';
export {interruptTraining} from './loop/interrupt';
export type {BatchStream, FitCallback, Logs, SampleWeight, StreamBatch, TensorData} from './types';
export {setReporter, type Reporter, type Verbosity} from '../progress/reporter';
export type {Progress} from '../progress/format';
