// Model files that Keras opens, from Python and R, and the other way round.
export {save, type SaveOptions} from './save';
export {load} from './load';
export {saveWeights} from './saveWeights';
export {loadWeights, type LoadWeightsOptions} from './loadWeights';
export {describeFile} from './describeFile';
// eslint-disable-next-line @typescript-eslint/no-deprecated -- readers' notebooks may use it
export {tree} from './describeFile';
export {layerNames} from '../tfjs/layerNames';
