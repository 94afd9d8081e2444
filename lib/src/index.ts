// Every public name, by theme. `tf` is TensorFlow.js itself, unwrapped.
export {tf} from './tensorflow';

// Data
export {ImageSet, type ImageDataset} from './data/imageSet';

// Charts
export type {Figure} from './charts/figure';

// Training
export {History} from './training/history';

// Model files
export * as keras from './keras';
