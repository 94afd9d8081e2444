// Every public name, by theme. `tf` is TensorFlow.js itself, unwrapped.
export {tf} from './tensorflow';

// Data
export {ImageSet, type ImageDataset} from './data/imageSet';
export * as mnist from './data/mnist';
export * as idx from './data/idx';

// Charts
export type {Figure} from './charts/figure';

// Training
export {History} from './training/history';

// Evaluation
export {confusionTable, type ConfusionTable} from './evaluation/confusionTable';
export {misclassified} from './evaluation/misclassified';
export {classReport} from './evaluation/classReport';
