// Operations of keras.ops in a functional model: `x + 3`, `x[:, 1:]`. Keras writes the constants among the call's
// arguments; the layer that stands for an operation here has them in its configuration.
import {KNOWN_OPERATIONS} from '../../layers/operation';
import {asList, asObject, asString, isObject, omit, shorten, type Json, type JsonObject} from '../json';
import {LAYERS} from './layers';

/** Names of operations and of layers. */
const BOTH = new Set(['Add', 'Subtract', 'Multiply', 'Maximum', 'Minimum']);
/** The class of the layer that stands for an operation. */
export const OPERATION_CLASS = 'KerasOperation';

/** Keras's module for an operation; all others are in keras.src.ops.numpy. */
const OF_NN = new Set(['relu', 'relu6', 'sigmoid', 'softplus', 'silu']);

/** Whether a layer of a Keras model is an operation without a layer around it. */
export function isOperation(layer: JsonObject): boolean {
  if (typeof layer.module === 'string') return layer.module.startsWith('keras.src.ops.');
  // In .h5 files there are no modules, but an operation has nothing that every layer has.
  const config = isObject(layer.config) ? layer.config : {};
  const className = typeof layer.class_name === 'string' ? layer.class_name : '';
  const isBare = !('trainable' in config) && !('dtype' in config) && (!LAYERS.has(className) || BOTH.has(className));
  const nodes = Array.isArray(layer.inbound_nodes) ? layer.inbound_nodes : [];
  return isBare && className !== 'InputLayer' && nodes.length > 0 && nodes.every(isObject);
}

function isTensor(value: Json): boolean {
  return isObject(value) && value.class_name === '__keras_tensor__';
}

/** The operation as a layer of TensorFlow.js. */
export function operationToTfjs(layer: JsonObject): JsonObject {
  const className = asString(layer.class_name, 'class_name');
  const {name, axis, keepdims, ...others} = asObject(layer.config, 'config');
  const where = `operation '${asString(name, 'name')}' (${className})`;
  const operation = className.slice(0, 1).toLowerCase() + className.slice(1);
  if (!KNOWN_OPERATIONS.has(operation)) {
    throw new Error(
      `${where}: keras.ops.${snake(operation)} has no counterpart here; in Keras, use a layer for it where there is ` +
        'one, or cut the model before it: keras.Model(inputs, layer.output)',
    );
  }
  const other = Object.entries(others).find(([key, value]) => value !== null && key !== 'dtype' && key !== 'trainable');
  if (other) throw new Error(`${where}: ${other[0]} ${shorten(other[1])} isn't supported here`);
  const calls = asList(layer.inbound_nodes, 'inbound_nodes').map((node) =>
    callOf(asObject(node, 'a node'), operation, where),
  );
  if (new Set(calls.map((call) => JSON.stringify(call))).size > 1) {
    throw new Error(`${where} is called several times with different numbers, which a layer can't be`);
  }
  const config = {name: name!, operation, ...(axis !== undefined && {axis, keepdims: keepdims ?? false}), ...calls[0]};
  return {class_name: OPERATION_CLASS, config};
}

/** The constants of a call. */
function callOf({args, kwargs}: JsonObject, operation: string, where: string): JsonObject {
  const [first = null, second = null, ...more] = asList(args, 'args');
  if (more.length > 0 || Object.values(asObject(kwargs ?? {}, 'kwargs')).some((value) => value !== null)) {
    throw new Error(`${where} is called with ${shorten(more[0] ?? kwargs)}, which isn't supported here`);
  }
  if (operation === 'getItem') return {indices: (Array.isArray(second) ? second : [second]).map(indexToTfjs)};
  if (isTensor(first) && isTensor(second)) return usesOf([first, second]);
  if (isTensor(first) && second === null) return {};
  const constant = isTensor(first) ? second : first;
  if (!isNumbers(constant)) throw new Error(`${where} is called with ${shorten(constant)}, which isn't numbers`);
  return {constant, ...(!isTensor(first) && {constant_first: true})};
}

/** A number, or lists of them. */
export function isNumbers(value: Json): boolean {
  return typeof value === 'number' || (Array.isArray(value) && value.every(isNumbers));
}

/** One piece of a tensor's index. */
export function indexToTfjs(index: Json): Json {
  if (index === null) return 'newaxis';
  if (typeof index === 'number') return index;
  const {class_name, config} = asObject(index, 'an index');
  if (class_name === '__ellipsis__') return 'ellipsis';
  if (class_name !== '__slice__') throw new Error(`an index should be a number or a slice, got ${shorten(index)}`);
  const {start = null, stop = null, step = null} = asObject(config, 'config');
  if (typeof step === 'number' && step <= 0) throw new Error('a slice that goes backwards is not supported here');
  return [start, stop, step];
}

function indexToKeras(index: Json): Json {
  if (index === 'newaxis') return null;
  if (index === 'ellipsis') return {class_name: '__ellipsis__', config: {}};
  if (!Array.isArray(index)) return index;
  const [start = null, stop = null, step = null] = index;
  return {class_name: '__slice__', config: {start, stop, step}};
}

/** The tensors of a call of an operation, without its constants. */
export function tensorsOfOperation(args: Json): Json[] {
  return asList(args, 'args').filter(isTensor);
}

/** Whether a layer of TensorFlow.js stands for an operation. */
export function standsForOperation(className: string): boolean {
  return className === OPERATION_CLASS;
}

/** The operation as Keras writes it, but for its calls. */
export function operationToKeras(config: JsonObject, name: string): JsonObject {
  const operation = snake(asString(config.operation, 'operation'));
  const className = operation.replace(/(^|_)(\w)/g, (_, _before, letter: string) => letter.toUpperCase());
  return {
    module: OF_NN.has(operation) ? 'keras.src.ops.nn' : 'keras.src.ops.numpy',
    class_name: className,
    config: {name, ...('keepdims' in config && {axis: config.axis!, keepdims: config.keepdims!})},
    registered_name: className,
  };
}

/** A call as Keras writes it: its tensors, and the constants in their place. */
export function callToKeras(config: JsonObject, distinctTensors: Json[]): JsonObject {
  const {constant, constantFirst, indices, uses, useCausalMask, byName} = omit(config, 'name');
  const tensors = uses === undefined ? distinctTensors : asList(uses, 'uses').map((i) => distinctTensors[i as number]!);
  const kwargs: JsonObject = useCausalMask === true ? {use_causal_mask: true} : {};
  if (byName !== undefined) {
    // Keras counts layers in the order in which it meets them: the arguments stay where they were.
    const names = asList(byName, 'byName') as string[];
    const positional = tensors.length - names.length;
    names.forEach((name, i) => (kwargs[name] = tensors[positional + i]!));
    return {args: tensors.slice(0, positional), kwargs};
  }
  if (indices !== undefined)
    return {args: [...tensors, withoutEllipsis(asList(indices, 'indices'), tensors[0]!).map(indexToKeras)], kwargs};
  if (constant === undefined || constant === null) return {args: tensors, kwargs};
  return {args: constantFirst === true ? [constant, ...tensors] : [...tensors, constant], kwargs};
}

/** An index with a range for each of the axes that an ellipsis stands for, as Keras can't write one into .h5 files. */
function withoutEllipsis(indices: Json[], tensor: Json): Json[] {
  const at = indices.indexOf('ellipsis');
  if (at < 0) return indices;
  const rank = asList(asObject(asObject(tensor, 'a tensor').config, 'config').shape, 'shape').length;
  const named = indices.filter((index) => index !== 'ellipsis' && index !== 'newaxis').length;
  const open = Array.from({length: rank - named}, () => [null, null, null]);
  return [...indices.slice(0, at), ...open, ...indices.slice(at + 1)];
}

/** The query, the value and the key of a call of MultiHeadAttention, some of them by name. */
export function attentionArguments(args: Json, kwargs: JsonObject): Json[] {
  const {query, value, key, ...others} = omit(kwargs, 'use_causal_mask');
  const other = Object.entries(others).find(([, each]) => each !== null && each !== false);
  if (other) throw new Error(`attention is called with ${other[0]}: ${shorten(other[1])}, which isn't supported here`);
  return [...asList(args, 'args'), ...[query, value, key].flatMap((each) => (each ? [each] : []))];
}

/** How a layer of MultiHeadAttention is called, as arguments of its own. */
export function attentionCall(layer: JsonObject): JsonObject {
  const calls = asList(layer.inbound_nodes ?? [], 'inbound_nodes').map((node) => {
    const {args, kwargs} = asObject(node, 'a call of MultiHeadAttention, as Keras 3 writes it,');
    const given = asObject(kwargs ?? {}, 'kwargs');
    const causal: JsonObject = given.use_causal_mask === true ? {use_causal_mask: true} : {};
    const byName = ['query', 'value', 'key'].filter((name) => (given[name] ?? null) !== null);
    const named: JsonObject = byName.length > 0 ? {by_name: byName} : {};
    return {...usesOf(attentionArguments(args ?? [], given)), ...causal, ...named};
  });
  if (new Set(calls.map((call) => JSON.stringify(call))).size > 1) {
    throw new Error('it is called several times in different ways, which is not supported here');
  }
  return calls[0] ?? {};
}

/** The same without what is there already. */
export function distinct(tensors: Json[][]): Json[][] {
  return [...new Map(tensors.map((each) => [JSON.stringify(each), each])).values()];
}

/** Which of the distinct tensors each argument is, where some are the same. */
function usesOf(tensors: Json[]): JsonObject {
  const texts = tensors.map((each) =>
    JSON.stringify(asObject(asObject(each, 'a tensor').config, 'config').keras_history),
  );
  const unique = [...new Set(texts)];
  return unique.length === texts.length ? {} : {uses: texts.map((each) => unique.indexOf(each))};
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
