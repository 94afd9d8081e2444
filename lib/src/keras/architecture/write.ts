import {modelTopology} from '../../tfjs/artifacts';
import type {tf} from '../../tfjs/tensorflow';
import {asList, asObject, asString, omit, type Json, type JsonObject} from '../json';
import {LAYERS} from './layers';
import {nodesToKeras, withLists} from './nodes';
import {argumentToKeras, type KerasVersion} from './objects';
import {standsForOperation} from './operations';
import {savedNames} from './savedNames';
import {versionNumber} from './versions';
import {operationToKeras} from './operationsToKeras';
import {kerasClass} from '../../tfjs/ownNames';
import {forgottenConfig, isContainer, sublayers} from '../../tfjs/layers';

/**
 * A model's architecture as Keras 3's JSON: `{module, class_name, config, registered_name}`, all the way down.
 * Pure data: nothing of the model is changed.
 *
 * @param version of Keras, which says what some names mean
 * @throws Error that names the layer for what Keras lacks or computes differently.
 */
export function modelToKeras(model: tf.LayersModel, version: KerasVersion = 3): JsonObject {
  const json = modelTopology(model);
  return containerToKeras({...json, name: model.name}, model, {names: savedNames(model), version});
}

interface Target {
  /** TensorFlow.js's names → Keras's. */
  names: ReadonlyMap<string, string>;
  version: KerasVersion;
}

function containerToKeras(json: JsonObject, model: tf.LayersModel, target: Target, within = true): JsonObject {
  const {names} = target;
  // Keras freezes what is inside one by one; TensorFlow.js asks the model around it.
  const trainable = within && model.trainable;
  const config = asObject(json.config, 'config');
  const layers = asList(config.layers, 'layers').map((layer) => asObject(layer, 'layer'));
  const byName = new Map(model.layers.map((layer) => [layer.name, layer]));
  const converted = layers.map((layer) => {
    const name = asString(asObject(layer.config, 'config').name, 'name');
    return layerToKeras(layer, byName.get(name)!, target, trainable);
  });
  const base = {name: names.get(model.name) ?? model.name, trainable};
  if (json.class_name === 'Sequential') {
    // Keras builds a Sequential from its InputLayer; TensorFlow.js leaves the shape with the first layer.
    if (converted[0]?.class_name !== 'InputLayer') converted.unshift(inputLayer(model, layers[0]!));
    return keras('keras', 'Sequential', {...base, layers: converted});
  }
  const unused = model.inputs.find(({sourceLayer}) => !byName.has(sourceLayer.name));
  if (unused) throw new Error(`the input '${unused.sourceLayer.name}' leads to no output: build the model without it`);
  const graph = nodesToKeras(config, layers, model, names);
  const withNodes = converted.map((layer, i) => ({
    ...layer,
    name: asObject(layer.config, 'config').name!,
    inbound_nodes: graph.inboundNodes[i]!,
  }));
  const {inputLayers: input_layers, outputLayers: output_layers} = graph;
  return keras(
    'keras.src.models.functional',
    'Functional',
    {...base, layers: withNodes, input_layers, output_layers},
    'Functional',
  );
}

function inputLayer(model: tf.LayersModel, first: JsonObject): JsonObject {
  const dtype = asObject(first.config, 'config').dtype ?? 'float32';
  const config = {batch_shape: [...model.inputs[0]!.shape], dtype, sparse: false, name: 'input_layer'};
  return keras('keras.layers', 'InputLayer', config);
}

function layerToKeras(json: JsonObject, layer: tf.layers.Layer, target: Target, within: boolean): JsonObject {
  if (isContainer(layer)) return containerToKeras(json, layer, target, within);
  const ownName = asString(json.class_name, 'class_name');
  const className = kerasClass(ownName);
  const source: JsonObject = {...forgottenConfig(layer), ...asObject(json.config, 'config')};
  const name = target.names.get(layer.name) ?? layer.name;
  if (className === 'InputLayer') {
    const {batch_input_shape, dtype, sparse} = source;
    return keras('keras.layers', 'InputLayer', {batch_shape: batch_input_shape!, dtype: dtype!, sparse: sparse!, name});
  }
  if (standsForOperation(ownName)) return operationToKeras(layer.getConfig(), name);
  const rule = LAYERS.get(className);
  if (!rule) throw new Error(`layer '${layer.name}' is a ${className}, which can't be written for Keras`);
  if (target.version < Math.floor(versionNumber(rule.since ?? '0'))) {
    throw new Error(`layer '${layer.name}' is a ${className}, which Keras ${target.version} computes otherwise`);
  }
  const wanted = rule.as?.(source) ?? className;
  if (wanted !== ownName) {
    throw new Error(`layer '${layer.name}' is TensorFlow.js's ${ownName}, which computes otherwise than Keras's`);
  }
  const config: JsonObject = {name, ...(!rule.untrainable && {trainable: within && layer.trainable}), dtype: 'float32'};
  for (const key of rule.keys) {
    const value = source[key];
    if (value === undefined) continue;
    try {
      if (rule.only && key in rule.only && value !== rule.only[key]) {
        throw new Error(`${key} must be ${JSON.stringify(rule.only[key])} for Keras to compute the same`);
      }
      if (key === rule.sorted) checkSorted(key, value);
      config[rule.renamed?.[key] ?? key] =
        insideToKeras(key, value, layer, target, within && layer.trainable) ??
        argumentToKeras(key, value, target.version);
    } catch (error) {
      throw new Error(`layer '${layer.name}' (${className}): ${(error as Error).message}`, {cause: error});
    }
  }
  return keras(rule.module ?? 'keras.layers', className, config, rule.module === undefined ? null : className);
}

function checkSorted(key: string, value: Json): void {
  const axes = [value].flat() as number[];
  const sorted = [...axes].sort((a, b) => a - b);
  if (axes.every((axis, i) => axis === sorted[i])) return;
  const [given, wanted] = [axes, sorted].map((each) => JSON.stringify(each));
  throw new Error(`${key} ${given} is in another order than Keras's, ${wanted}: build it with that`);
}

/** The layers inside a wrapper or a recurrent layer; undefined for every other argument. */
function insideToKeras(
  key: string,
  value: Json,
  layer: tf.layers.Layer,
  target: Target,
  within: boolean,
): Json | undefined {
  if (key !== 'layer' && key !== 'cell' && key !== 'cells') return undefined;
  const inside = sublayers(layer).map((inner) => inner.layer);
  if (key === 'cells')
    return asList(value, key).map((cell, i) => layerToKeras(asObject(cell, key), inside[i]!, target, within));
  const inner = layerToKeras(asObject(value, key), inside[0]!, target, within);
  const config = asObject(inner.config, 'config');
  // Bidirectional's copies are called forward_… and backward_…; Keras adds that itself.
  return {...inner, config: {...config, name: asString(config.name, 'name').replace(/^forward_/, '')}};
}

function keras(module: string, className: string, config: JsonObject, registered: string | null = null): JsonObject {
  return {module, class_name: className, config, registered_name: registered};
}

/** TensorFlow.js and Keras 2 share the names that Keras 3 changed, and Keras 3 still knows them. */
function withOldNames(config: JsonObject, className: string): JsonObject {
  const old = new Map(Object.entries(LAYERS.get(className)?.renamed ?? {}).map(([tfjs, keras]) => [keras, tfjs]));
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [old.get(key) ?? key, value]));
}

/**
 * The same configuration as .h5 files have it: a model's layers without modules, which Keras 2 didn't know, what is
 * inside of them with, which Keras 3 asks for; nodes as lists where that means the same in both.
 */
export function withoutModules({module, class_name, config, registered_name, ...rest}: JsonObject): JsonObject {
  const own = asObject(config, 'config');
  if (class_name === 'Sequential' || class_name === 'Functional') {
    const layers = asList(own.layers, 'layers').map((layer) => withoutModules(asObject(layer, 'layer')));
    const inner = {...own, layers};
    return {class_name, config: class_name === 'Functional' ? withLists(inner) : inner, ...rest};
  }
  if (class_name === 'InputLayer') {
    const {batch_shape, ...others} = own;
    return {class_name, config: {...others, batch_input_shape: batch_shape!, ragged: false}, ...rest};
  }
  // Keras 3 forgets a list of axes of a layer that has no module.
  // Nor does it find an operation of the same name as a layer, Add, or what isn't among its layers.
  const isElsewhere = typeof module === 'string' && module.startsWith('keras.src.');
  const isList = Array.isArray(own.axis) && (own.axis.length !== 1 || class_name === 'Normalization');
  if (isElsewhere || isList) {
    return {module: module!, class_name: class_name!, config: own, registered_name: registered_name!, ...rest};
  }
  // Without its module Keras 3 takes 'dot', which it is by default, for the name of a function.
  const written = class_name === 'Attention' && own.score_mode === 'dot' ? omit(own, 'score_mode') : own;
  return {class_name: class_name!, config: withOldNames(written, class_name as string), ...rest};
}
