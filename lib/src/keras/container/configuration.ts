// What Keras's model.to_json() writes, and a .keras file's config.json: a model's architecture, and how it was compiled.
import {versionNumber} from '../architecture/versions';
import {isObject, type JsonObject} from '../json';

export interface Configuration {
  architecture: JsonObject;
  /** Of Keras, by which it was written. */
  version: string;
  compile?: JsonObject;
}

/** Whether a .json file is an architecture of Keras's, rather than a model.json of TensorFlow.js's. */
export function isConfiguration(json: JsonObject): boolean {
  return 'class_name' in json && 'config' in json;
}

/** Keras 3 names the module of every class, Keras 2 its own version at the end. */
export function configurationIn({compile_config, keras_version, ...architecture}: JsonObject): Configuration {
  const ofItself = 'module' in architecture ? '3' : '2';
  return {
    architecture,
    version: typeof keras_version === 'string' ? keras_version : ofItself,
    ...(isObject(compile_config) && {compile: compile_config}),
  };
}

/**
 * The layers that Keras 3 takes for frozen as wholes, whatever the layers inside of them are: a model within the model whose
 * trainable is false, though some of its layers were set to learn afterwards. Keras 2 goes by the layers inside.
 */
export function frozenLayers({architecture, version}: Configuration): ReadonlySet<string> {
  const {layers} = isObject(architecture.config) ? architecture.config : {};
  if (versionNumber(version) < 3 || !Array.isArray(layers)) return new Set();
  const configs = layers.flatMap((layer) => (isObject(layer) && isObject(layer.config) ? [layer.config] : []));
  return new Set(configs.filter(({trainable}) => trainable === false).map(({name}) => name as string));
}
