// Keras's optimizers with all of Keras's options: `import {optimizers} from 'convlab'`. tfjs's own, `tf.train.adam()` and
// 'adam', go on working; these have weight decay, clipping, moving averages, and those that tfjs lacks.
export {sgd, type SgdOptions} from './sgd';
export {rmsprop, type RmspropOptions} from './rmsprop';
export {adam, type AdamOptions} from './adam';
export {adamW} from './adamW';
export {adamax} from './adamax';
export {nadam} from './nadam';
export {adagrad, type AdagradOptions} from './adagrad';
export {adadelta, type AdadeltaOptions} from './adadelta';
export {adafactor, type AdafactorOptions} from './adafactor';
export {ftrl, type FtrlOptions} from './ftrl';
export {lion, type LionOptions} from './lion';
export {lamb} from './lamb';
export {muon, type MuonOptions} from './muon';
export {scheduleFreeAdamW, type ScheduleFreeAdamWOptions} from './scheduleFreeAdamW';
export type {KerasOptimizer} from './optimizer';
export type {OptimizerOptions} from './rule';
