// Keras's .h5 files: the architecture as JSON in an attribute, the weights in a group for each layer of the model.
// Source: keras.src.legacy.saving.legacy_h5_format, which says what Keras 3 reads; Keras 2 reads the same.
import type {Attribute, Hdf5, Hdf5ToWrite} from '../../files/hdf5';
import {parseObject, stringify, type JsonObject} from '../json';
import type {ModelFile} from './modelFile';
import {snakeCase} from '../../tfjs/layerNames';
import type {SavedVariable} from '../training/savedState';
import {withoutModules} from '../architecture/write';
import {isH5Weights, namesIn, putArrays, putWeights, versions, weightName} from './h5Weights';
import {isKerasWeights} from './kerasWeights';
import {arrayAt} from './variables';

// Where convlab keeps the optimizer's state. Not in Keras's group: when Keras 3.15 finds one, even its own, it builds the
// optimizer for no weights at all, and the model can't be trained until it is compiled again.
const OPTIMIZER = 'convlab_optimizer_weights';
const KERAS_OPTIMIZER = 'optimizer_weights';

/** A model as the content of an .h5 file; its weights are held on to until they are written. */
export function modelToH5({architecture, version, compile, state, model, names}: ModelFile): Hdf5ToWrite {
  const file: Hdf5ToWrite = {attributes: new Map(), arrays: new Map()};
  const root = new Map<string, Attribute>([
    ...versions(version),
    ['model_config', stringify(withoutModules(architecture))],
  ]);
  file.attributes.set('', root);
  if (compile) {
    const {optimizer, ...rest} = compile;
    if (optimizer.class_name === 'Lamb') {
      throw new Error("Keras doesn't know Lamb in .h5 files; save as .keras, or pass {includeOptimizer: false}");
    }
    const training: JsonObject = {...rest, weighted_metrics: null, optimizer_config: {...optimizer}};
    root.set('training_config', stringify(training));
  }
  putWeights(file, 'model_weights', model, names);
  if (state) {
    const prefix = snakeCase(compile!.optimizer.class_name);
    const entries = state.map(({kind, weight, array}) => {
      const name = weight ? `${weightName(weight, names).replace(/:0$/, '').replaceAll('/', '_')}_${kind}` : kind;
      return [`${prefix}/${name}`, array] as const;
    });
    putArrays(file, OPTIMIZER, entries);
  }
  return file;
}

/** The configuration in an .h5 file. */
export function readH5(file: Hdf5): {architecture: JsonObject; version: string; compile?: JsonObject} {
  const root = file.attributes.get('');
  const config = root?.get('model_config');
  if (typeof config !== 'string') {
    const weightsOnly = isH5Weights(file, '') || isKerasWeights(file);
    throw new Error(
      weightsOnly
        ? 'it holds weights only, without the model; build the model as it was, or load the .json of its model.to_json(), ' +
            'then keras.loadWeights(model, path)'
        : "it is an HDF5 file, but not a model of Keras's: it has no attribute model_config",
    );
  }
  const version = root?.get('keras_version');
  const training = root?.get('training_config');
  let compile: JsonObject | undefined;
  if (typeof training === 'string') {
    const {optimizer_config, ...rest} = parseObject(training, 'training_config');
    compile = {...rest, optimizer: optimizer_config ?? null};
  }
  return {
    architecture: parseObject(config, 'model_config'),
    version: typeof version === 'string' ? version : '2',
    ...(compile && {compile}),
  };
}

/** The optimizer's variables of an .h5 file, with the names that say what they are. */
export function stateFromH5(file: Hdf5): SavedVariable[] {
  const group = [OPTIMIZER, KERAS_OPTIMIZER].find((place) => namesIn(file, place, 'weight_names').length > 0);
  if (group === undefined) return [];
  return namesIn(file, group, 'weight_names').map((name) => ({name, array: arrayAt(file, `${group}/${name}`)}));
}
