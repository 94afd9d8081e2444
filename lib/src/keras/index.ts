// Model files that Keras opens, from Python and R, and the other way round.
export {save, type SaveOptions} from './save';
export {load} from './load';
export {tree} from './tree';
export {layerNames} from '../tfjs/layerNames';
