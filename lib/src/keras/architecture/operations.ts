// Operations of keras.ops in a functional model: `x + 3`, `x[:, 1:]`. Keras writes the constants among the call's
// arguments; the layer that stands for an operation here has them in its configuration.
import {asList, asObject, asString, isObject, omit, shorten, type Json, type JsonObject} from '../json';
import {LAYERS} from './layers';
import {camel, CAST_TO, OPERATION_TABLE, operationOfClass, ownKey, type OperationRule} from './operationTable';

/** The class of the layer that stands for an operation. */
export const OPERATION_CLASS = 'KerasOperation';

/** Whether a layer of a Keras model is an operation without a layer around it. */
export function isOperation(layer: JsonObject): boolean {
  if (typeof layer.module === 'string') return layer.module.startsWith('keras.src.ops.');
  // In .h5 files there are no modules, but an operation has nothing that every layer has.
  const config = isObject(layer.config) ? layer.config : {};
  const className = typeof layer.class_name === 'string' ? layer.class_name : '';
  const isBare =
    !('trainable' in config) && (!LAYERS.has(className) || OPERATION_TABLE.has(operationOfClass(className)));
  const nodes = Array.isArray(layer.inbound_nodes) ? layer.inbound_nodes : [];
  return isBare && className !== 'InputLayer' && nodes.length > 0 && nodes.every(isObject);
}

function isTensor(value: Json): boolean {
  return isObject(value) && value.class_name === '__keras_tensor__';
}

/** The operation as a layer of TensorFlow.js. */
export function operationToTfjs(layer: JsonObject): JsonObject {
  const className = asString(layer.class_name, 'class_name');
  const {name, ...given} = asObject(layer.config, 'config');
  const where = `operation '${asString(name, 'name')}' (${className})`;
  const kerasName = operationOfClass(className);
  const operation = camel(kerasName);
  const rule = OPERATION_TABLE.get(kerasName);
  if (!rule) {
    throw new Error(
      `${where}: keras.ops.${kerasName} has no counterpart here; in Keras, use a layer for it where there is ` +
        'one, or cut the model before it: keras.Model(inputs, layer.output)',
    );
  }
  if (ROUNDING.has(kerasName) && given.interpolation !== 'nearest' && takesWholeNumbers(layer.inbound_nodes ?? [])) {
    throw new Error(
      `${where} rounds whole numbers in Keras, and here none come between layers: in Python, cast them before, ` +
        "keras.ops.cast(x, 'float32'), and save that",
    );
  }
  const calls = asList(layer.inbound_nodes, 'inbound_nodes').map((node) =>
    callOf(asObject(node, 'a node'), operation, rule, where),
  );
  if (new Set(calls.map((call) => JSON.stringify(call))).size > 1) {
    throw new Error(`${where} is called several times with different numbers, which a layer can't be`);
  }
  const config = {name: name!, operation, ...argumentsToTfjs(given, rule, where), ...calls[0]};
  return {class_name: OPERATION_CLASS, config};
}

/** Operations whose results are of the type of what comes in, which between the layers of TensorFlow.js is float32. */
const ROUNDING = new Set(['resize', 'rgb_to_grayscale']);

function takesWholeNumbers(value: Json): boolean {
  if (Array.isArray(value)) return value.some(takesWholeNumbers);
  if (!isObject(value)) return false;
  if (!isTensor(value)) return Object.values(value).some(takesWholeNumbers);
  const {dtype} = asObject(value.config, 'config');
  return typeof dtype === 'string' && dtype.includes('int');
}

/** An operation's arguments, of Keras 3 or by its names. */
export function argumentsToTfjs(given: JsonObject, {keys = [], only = {}}: OperationRule, where: string): JsonObject {
  const converted: JsonObject = {};
  for (const [key, value] of Object.entries(given)) {
    const isRead = keys.includes(key);
    const allowed = isRead && key === 'dtype' ? [...CAST_TO, null] : only[key];
    const isFine = allowed
      ? allowed.includes(value)
      : isRead || value === null || key === 'dtype' || key === 'trainable';
    if (!isFine) throw new Error(`${where}: ${key} ${shorten(value)} isn't supported here`);
    if (isRead) converted[ownKey(key)] = arrayOf(value);
  }
  return converted;
}

/** The constants of a call. */
function callOf(call: JsonObject, operation: string, rule: OperationRule, where: string): JsonObject {
  const {operands: taken = 1, optional = 0, called = []} = rule;
  const names = Array.isArray(taken) ? (taken as string[]) : [];
  const given = asList(call.args, 'args');
  const kwargs = omit(asObject(call.kwargs ?? {}, 'kwargs'), ...names);
  const count = typeof taken === 'number' ? taken : names.length;
  const places = taken === 'list' ? 1 : taken === 'any' ? given.length : count;
  const byName = names.slice(given.length).map((name) => asObject(call.kwargs ?? {}, 'kwargs')[name] ?? null);
  const operands = taken === 'list' ? [...asList(given[0] ?? null, 'args')] : [...given.slice(0, places), ...byName];
  const arguments_ = Object.fromEntries(
    called.flatMap((key, i) => {
      const value = arrayOf(kwargs[key] ?? given[places + i] ?? null);
      return value === null || isTensor(value) ? [] : [[key, value] as const];
    }),
  );
  const others = [
    ...given.slice(places).filter((value, i) => isTensor(value) || called[i] === undefined),
    ...Object.entries(kwargs).flatMap(([key, value]) => (key in arguments_ ? [] : [value])),
  ];
  const other = others.find((value) => value !== null);
  if (other !== undefined) throw new Error(`${where} is called with ${shorten(other)}, which isn't supported here`);
  if (operation === 'getItem') {
    const [, index = null] = operands;
    return {indices: (Array.isArray(index) ? index : [index]).map(indexToTfjs)};
  }
  const isMissing = operands.length < count - optional;
  const isOpen = operands.slice(0, operands.length - optional).includes(null);
  if (isMissing || isOpen || !operands.some(isTensor)) throw new Error(`${where} is called with ${shorten(given)}`);
  return {...operandsToTfjs(operands, isTensor, historyOf, where), ...arguments_};
}

/** The constants among an operation's operands, and which of its tensors are the same. */
export function operandsToTfjs(
  operands: Json[],
  isReference: (value: Json) => boolean,
  identity: (tensor: Json) => Json,
  where: string,
): JsonObject {
  // null stands for a tensor, so that an operand that isn't there is a list of nothing.
  const constants = operands.map((each) => (isReference(each) ? null : (arrayOf(each) ?? [])));
  const odd = constants.find((each) => each !== null && !isNumbers(each));
  if (odd !== undefined) throw new Error(`${where} is called with ${shorten(odd)}, which isn't numbers`);
  return {
    ...usesOf(operands.filter(isReference).map(identity)),
    ...(constants.some((each) => each !== null) && {constants}),
  };
}

/** Where a tensor comes from: [layer, node, tensor]. */
export function historyOf(tensor: Json): Json {
  return asObject(asObject(tensor, 'a tensor').config, 'config').keras_history!;
}

/** The numbers of an array of NumPy's or of a tensor that no input leads to; anything else as it is. */
function arrayOf(value: Json): Json {
  if (!isObject(value) || !ARRAYS.has(value.class_name as string)) return value;
  return asObject(value.config, 'config').value ?? null;
}

const ARRAYS = new Set(['__tensor__', '__numpy__']);

/** A number or a truth value, or lists of them. */
export function isNumbers(value: Json): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || (Array.isArray(value) && value.every(isNumbers));
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

/** The tensors of a call of an operation, without its constants. */
export function tensorsOfOperation(args: Json, kwargs: JsonObject): Json[] {
  return [...asList(args, 'args'), ...Object.values(kwargs)].flat().filter(isTensor);
}

/** Whether a layer of TensorFlow.js stands for an operation. */
export function standsForOperation(className: string): boolean {
  return className === OPERATION_CLASS;
}

/** The same without what is there already. */
export function distinct(tensors: Json[][]): Json[][] {
  return [...new Map(tensors.map((each) => [JSON.stringify(each), each])).values()];
}

/** Which of the distinct tensors each argument is, where some are the same. */
export function usesOf(tensors: Json[]): JsonObject {
  const texts = tensors.map((each) => JSON.stringify(each));
  const unique = [...new Set(texts)];
  return unique.length === texts.length ? {} : {uses: texts.map((each) => unique.indexOf(each))};
}
