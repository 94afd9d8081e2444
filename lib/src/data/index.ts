// Data sets and image files: `convlab/data`. `tf` is TensorFlow.js itself, unwrapped.
export {tf} from '../tfjs/tensorflow';
export {ImageSet} from './imageSet';
export type {ImageStream} from './imageStream';
export {rescale, type Limits, type RescaleOptions} from './rescale';
export type {ImageDataset, Skipped} from './imageDataset';
export type {Pixels} from './pixels';
export * as mnist from './mnist';
export * as fashionMnist from './fashionMnist';
export * as idx from './idx';
export * as csv from './csv';
export * as hdf5 from './hdf5';
export * as imageFolder from './imageFolder';
export * as npy from './npy';
export * as npz from './npz';
export {readImage, type Image, type ReadImageOptions} from './decoders/readImage';
export * as handwriting from './photographs/handwriting';
export * as samples from './samples';
