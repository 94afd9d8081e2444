import {asList, asObject, asString, isObject, omit, shorten, type Json, type JsonObject} from '../json';
import {IGNORED, LAYERS, ONLY, type LayerRule} from './layers';
import {withoutMasks} from './masks';
import {nodesToTfjs} from './nodes';
import {attentionCall, HEADED} from './attentionCalls';
import {isOperation, operationToTfjs} from './operations';
import {operationOfKeras2} from './operationsOfKeras2';
import {ownArguments} from './ownCalls';
import {argumentToTfjs} from './objects';
import {whyDtypeRefused, whyRefused} from './refused';
import {dtypeName, OTHER_FLOATS} from './precision';
import {versionNumber} from './versions';

/**
 * A Keras model's architecture, of version 2 or 3, as tf.models.modelFromJSON reads it. Layers outside the table,
 * arguments that TensorFlow.js lacks, code: all refused by name. What comes back describes a graph that can be built.
 *
 * @param version Keras's version, as the file says: '3.15.1'. Some names changed their meaning with 3.
 */
export function modelToTfjs(json: JsonObject, version: string): JsonObject {
  const className = asString(json.class_name, 'class_name');
  if (!isContainer(className)) {
    throw new Error(
      `its model is a ${className}: written in Python, it can't be rebuilt; only Sequential and functional`,
    );
  }
  return containerToTfjs(json, versionNumber(version));
}

function isContainer(className: string): boolean {
  return className === 'Sequential' || className === 'Functional' || className === 'Model';
}

function containerToTfjs(json: JsonObject, keras: number): JsonObject {
  // Keras's first versions wrote a Sequential's layers without a name around them.
  const config = Array.isArray(json.config) ? {layers: json.config} : asObject(json.config, "a model's config");
  const layers = asList(config.layers, 'layers').map((layer) => byClass(asObject(layer, 'a layer')));
  const name = asString(config.name ?? 'sequential', "a model's name");
  if (json.class_name === 'Sequential') {
    return {class_name: 'Sequential', config: {name, layers: sequentialLayers(config, layers, keras)}};
  }
  return functionalToTfjs(name, config, withoutMasks(config, layers), keras);
}

function functionalToTfjs(name: string, config: JsonObject, layers: JsonObject[], keras: number): JsonObject {
  const operations = layers.map(operationOfKeras2);
  const called = layers.map((layer, i) => (operations[i] ? {...layer, inbound_nodes: operations[i].nodes} : layer));
  const graph = nodesToTfjs({...config, layers: called});
  const converted = layers.map((layer, i) => {
    const inner = operations[i]?.layer ?? layerToTfjs(layer, keras);
    const own = asObject(inner.config, 'config');
    if (own.name !== layer.name) throw new Error(`layer '${layer.name as string}' is also called ${shorten(own.name)}`);
    return {...inner, name: layer.name!, inbound_nodes: graph.inboundNodes[i]!};
  });
  const {inputLayers: input_layers, outputLayers: output_layers} = graph;
  return {class_name: 'Model', config: {name, layers: converted, input_layers, output_layers}};
}

/** TensorFlow.js's Sequential has no InputLayer: its first layer knows the input's shape. */
function sequentialLayers(config: JsonObject, layers: JsonObject[], keras: number): JsonObject[] {
  const [first, ...rest] = layers;
  if (!first) throw new Error('it has no layers');
  const converted = (first.class_name === 'InputLayer' ? rest : layers).map((layer) => layerToTfjs(layer, keras));
  if (converted.length === 0) throw new Error('it has no layers but its input');
  const input = first.class_name === 'InputLayer' ? asObject(layerToTfjs(first, keras).config, 'config') : undefined;
  const shape = input?.batch_input_shape ?? config.build_input_shape;
  if (isContainer(asString(converted[0]!.class_name, 'class_name'))) return converted;
  const own = asObject(converted[0]!.config, 'config');
  if (shape && !own.batch_input_shape) {
    // Its dtype would be that of its weights, too; what comes in is cast to it.
    converted[0]!.config = {...own, batch_input_shape: shape, dtype: 'float32'};
  }
  if (!asObject(converted[0]!.config, 'config').batch_input_shape) {
    throw new Error("it doesn't say the shape of its input; in Keras, begin the model with keras.Input(shape)");
  }
  return converted;
}

function layerToTfjs(given: JsonObject, keras: number): JsonObject {
  const json = inKeras3(given);
  const className = asString(json.class_name, "a layer's class_name");
  if (isContainer(className)) return containerToTfjs(json, keras);
  if (isOperation(json)) return operationToTfjs(json);
  const config = asObject(json.config, `the config of a ${className}`);
  const name = asString(config.name, `the name of a ${className}`);
  const where = `layer '${name}' (${className})`;
  const unable = refusedInside(className, config);
  if (unable !== undefined) throw new Error(`${where} ${unable}`);
  const rule: LayerRule | undefined = className === 'InputLayer' ? {keys: []} : LAYERS.get(className);
  if (!rule || keras < versionNumber(rule.since ?? '0')) throw new Error(`${where} ${whyRefused(className)}`);
  const renamed = new Map(Object.entries(rule.renamed ?? {}).map(([tfjs, other]) => [other, tfjs]));
  // What a value must be to mean the same; undefined if any will do.
  const only = (key: string) => rule.only?.[key] ?? (rule.keys.includes(key) ? undefined : ONLY[key]);
  const converted: JsonObject = {name};
  for (const [kerasKey, value] of Object.entries(config)) {
    const key = renamed.get(kerasKey) ?? kerasKey;
    try {
      if (key === 'name' || IGNORED.has(key) || rule.unused?.includes(key)) continue;
      if (rule.newer && key in rule.newer && value === rule.newer[key]) continue;
      if (key === 'trainable') converted.trainable = value === true;
      else if (key === 'dtype') Object.assign(converted, dtypeToTfjs(value, className));
      else if (key === 'batch_shape' || key === 'batch_input_shape') converted.batch_input_shape = checkShape(value);
      else if (key === 'backward_layer') checkBackward(value, config.layer!, keras);
      else if (only(key) !== undefined && value !== null && ![value].flat().every((each) => each === only(key))) {
        throw new Error(`TensorFlow.js has ${key} ${shorten(only(key))} only, got ${shorten(value)}`);
      } else if (rule.keys.includes(key)) {
        converted[key] = insideToTfjs(key, value, keras) ?? argumentToTfjs(key, oneAxis(key, value, className), keras);
      } else if (value !== null && only(key) === undefined)
        throw new Error(`TensorFlow.js has no ${key}, got ${shorten(value)}`);
    } catch (error) {
      throw new Error(`${where}: ${(error as Error).message}`, {cause: error});
    }
  }
  Object.assign(converted, ownArguments(json));
  if (HEADED.has(className)) Object.assign(converted, attentionCall(json));
  // Keras 2's first GRU had no such argument, and computed without.
  if (rule.keys.includes('reset_after')) converted.reset_after ??= false;
  return {class_name: rule.as?.(config) ?? className, config: converted};
}

/** What is wrong with layers together of which TensorFlow.js has each; undefined if nothing is. */
function refusedInside(className: string, {cell, layer, return_state}: JsonObject): string | undefined {
  if (
    className === 'RNN' &&
    return_state === true &&
    isObject(cell ?? null) &&
    (cell as JsonObject).class_name === 'StackedRNNCells'
  )
    return 'gives the states of several cells, which TensorFlow.js has in another order: in Python, use one RNN for each cell';
  if (className === 'Bidirectional' && isObject(layer ?? null) && (layer as JsonObject).class_name === 'RNN')
    return 'holds an RNN of cells, which TensorFlow.js turns round only as LSTM, GRU or SimpleRNN: in Python, use one of those';
  return undefined;
}

/** A layer that Keras has under another name than its class's, which .h5 files have: by that of its class. */
function byClass(layer: JsonObject): JsonObject {
  return layer.class_name === 'GroupQueryAttention' ? {...layer, class_name: 'GroupedQueryAttention'} : layer;
}

/** Layers that only older versions have, as those that took their place. */
function inKeras3(json: JsonObject): JsonObject {
  const {class_name} = json;
  // Of TensorFlow 1.13 to 1.15, and over several machines.
  if (typeof class_name === 'string' && /^(BatchNormalizationV[12]|SyncBatchNormalization)$/.test(class_name)) {
    return {...json, class_name: 'BatchNormalization'};
  }
  if (class_name === 'CuDNNLSTM' || class_name === 'CuDNNGRU') {
    const fixed = {activation: 'tanh', recurrent_activation: 'sigmoid'};
    const config = {
      ...fixed,
      ...asObject(json.config, 'config'),
      ...(class_name === 'CuDNNGRU' && {reset_after: true}),
    };
    return {...json, class_name: class_name.slice('CuDNN'.length), config};
  }
  if (class_name !== 'ThresholdedReLU') return json;
  const {theta = 1, ...config} = asObject(json.config, 'config');
  return {...json, class_name: 'ReLU', config: {...config, threshold: theta}};
}

/** tf.keras 2 wrote the one axis of a batch normalization as a list, which neither Keras 3 nor TensorFlow.js expects. */
function oneAxis(key: string, value: Json, className: string): Json {
  return key === 'axis' && className === 'BatchNormalization' && Array.isArray(value) && value.length === 1
    ? value[0]!
    : value;
}

function insideToTfjs(key: string, value: Json, keras: number): Json | undefined {
  if (key === 'cells') return asList(value, key).map((cell) => layerToTfjs(asObject(cell, key), keras));
  if (key !== 'layer' && key !== 'cell') return undefined;
  const wrapped = asObject(value, key);
  // Keras's Bidirectional sets it whenever sequences are returned, whether there is a mask or not.
  const given = omit(asObject(wrapped.config, 'config'), 'zero_output_for_mask');
  const inner = layerToTfjs({...wrapped, config: given}, keras);
  const config = asObject(inner.config, 'config');
  // TensorFlow.js's Bidirectional puts the direction in front of the name itself.
  return {...inner, config: {...config, name: asString(config.name, 'name').replace(/^forward_/, '')}};
}

/** The backward layer may be any other in Keras; TensorFlow.js turns the forward one round. */
function checkBackward(backward: Json, forward: Json, keras: number): void {
  if (backward === null) return;
  const plain = (json: Json) => {
    const layer = asObject(insideToTfjs('layer', json, keras), 'a layer');
    const config = asObject(layer.config, 'config');
    const alike = JSON.stringify([layer.class_name, omit(config, 'name', 'go_backwards')]);
    return [alike, config.go_backwards === true] as const;
  };
  const [first, goesBackwards] = plain(forward);
  const [second, returns] = plain(backward);
  if (first !== second || goesBackwards === returns) {
    throw new Error('its backward_layer differs from its layer, which TensorFlow.js lacks');
  }
}

function checkShape(value: Json): Json[] {
  const shape = asList(value, 'batch_shape');
  for (const length of shape) {
    if (length !== null && !(typeof length === 'number' && Number.isInteger(length) && length > 0)) {
      throw new Error(`an input's shape should be whole numbers, got ${shorten(shape)}`);
    }
  }
  return shape;
}

/** Keras 3 writes a policy around the name. Only inputs can be anything but float32. */
function dtypeToTfjs(value: Json, className: string): JsonObject {
  const name = dtypeName(value);
  if (name === null || name === 'float32' || OTHER_FLOATS.has(name))
    return className === 'InputLayer' ? {dtype: 'float32'} : {};
  const dtypes = new Map<Json | undefined, string>([
    ...['uint8', 'uint16', 'int8', 'int16', 'int32', 'int64'].map((each) => [each, 'int32'] as const),
    ['bool', 'bool'],
  ]);
  const dtype = className === 'InputLayer' || className === 'Embedding' ? dtypes.get(name) : undefined;
  if (dtype === undefined) throw new Error(whyDtypeRefused(name));
  return {dtype};
}
