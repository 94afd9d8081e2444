// Every public name, by theme. `tf` is TensorFlow.js itself, unwrapped.
export {tf} from './tensorflow';

// Data
export {ImageSet, type ImageDataset} from './data/imageSet';

// Pictures
export {formatMatrix, type MatrixOptions} from './pictures/matrix';
export {picture, Picture, type PictureOptions} from './pictures/picture';
export type {Images} from './pictures/images';

// Charts
export {confusionChart, type ConfusionLike} from './charts/confusion';
export {featureMapChart, type FeatureMapOptions} from './charts/featureMaps';
export type {Figure} from './charts/figure';
export {historyChart, type HistoryLike} from './charts/history';
export {probabilityChart, type Probabilities, type ProbabilityOptions} from './charts/probabilities';
export {figureToPng, type StillOptions} from './charts/still';

// Training
export {History} from './training/history';

// In the notebook
export {show} from './notebook/show';
