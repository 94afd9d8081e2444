// Operations of keras.ops as Keras writes them: the other way round than operations.ts.
import {asList, asObject, asString, omit, type Json, type JsonObject} from '../json';
import {camel, classOfOperation, OPERATION_TABLE, ownKey, snake} from './operationTable';

/** The operation as Keras writes it, but for its calls. */
export function operationToKeras(config: JsonObject, name: string): JsonObject {
  const operation = snake(asString(config.operation, 'operation'));
  const className = classOfOperation(operation);
  const {module = 'keras.src.ops.numpy', keys = []} = OPERATION_TABLE.get(operation) ?? {};
  const given = keys.flatMap((key) => {
    const value = config[camel(ownKey(key))];
    // TensorFlow.js has channelsLast for channels_last.
    const written = key === 'data_format' && typeof value === 'string' ? snake(value) : value;
    return written === undefined ? [] : [[key, written] as const];
  });
  return {module, class_name: className, config: {name, ...Object.fromEntries(given)}, registered_name: className};
}

/** A call as Keras writes it: its tensors, and the constants in their place. */
export function callToKeras(config: JsonObject, distinctTensors: Json[]): JsonObject {
  const {operation, constants, indices, uses, useCausalMask, byName} = omit(config, 'name');
  const rule = typeof operation === 'string' ? OPERATION_TABLE.get(snake(operation)) : undefined;
  const tensors = uses === undefined ? distinctTensors : asList(uses, 'uses').map((i) => distinctTensors[i as number]!);
  const kwargs: JsonObject = useCausalMask === true ? {use_causal_mask: true} : {};
  for (const key of rule?.called ?? []) if (config[camel(key)] !== undefined) kwargs[key] = config[camel(key)]!;
  if (byName !== undefined) {
    // Keras counts layers in the order in which it meets them: the arguments stay where they were.
    const names = asList(byName, 'byName') as string[];
    const positional = tensors.length - names.length;
    names.forEach((name, i) => (kwargs[name] = tensors[positional + i]!));
    return {args: tensors.slice(0, positional), kwargs};
  }
  if (indices !== undefined)
    return {args: [...tensors, withoutEllipsis(asList(indices, 'indices'), tensors[0]!).map(indexToKeras)], kwargs};
  const remaining = tensors.values();
  const operands =
    constants === undefined
      ? tensors
      : asList(constants, 'constants').map((each) => {
          if (each === null) return remaining.next().value!;
          return isNothing(each) && operation !== 'take' ? null : arrayToKeras(each, operation);
        });
  return {args: rule?.operands === 'list' ? [operands] : operands, kwargs};
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

/** An operand that isn't there: see `operandsToTfjs`. */
function isNothing(constant: Json): boolean {
  return Array.isArray(constant) && constant.length === 0;
}

/** Keras takes lists for places, but not for numbers to compute with. */
function arrayToKeras(constant: Json, operation: Json | undefined): Json {
  if (!Array.isArray(constant) || operation === 'take') return constant;
  const dtype = isTruth(constant) ? 'bool' : 'float32';
  return {class_name: '__numpy__', config: {value: constant, dtype}};
}

/** Whether it is made of truth values. */
function isTruth(value: Json): boolean {
  return typeof value === 'boolean' || (Array.isArray(value) && value.length > 0 && isTruth(value[0]!));
}

function indexToKeras(index: Json): Json {
  if (index === 'newaxis') return null;
  if (index === 'ellipsis') return {class_name: '__ellipsis__', config: {}};
  if (!Array.isArray(index)) return index;
  const [start = null, stop = null, step = null] = index;
  return {class_name: '__slice__', config: {start, stop, step}};
}
