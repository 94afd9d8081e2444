// Operations of TensorFlow's in a functional model of tf.keras 2.4 to 2.15: `x / 127.5 - 1` became two layers of the class
// TFOpLambda, `x[:, 1:]` one of SlicingOpLambda. They name a function, and hold its further arguments among the nodes.
import {asList, asObject, asString, isObject, omit, shorten, type Json, type JsonObject} from '../json';
import {indexToTfjs, isNumbers, OPERATION_CLASS} from './operations';

/** TensorFlow's function, without `tf.`, → the operation of ours. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['__operators__.add', 'add'],
  ['__operators__.getitem', 'getItem'],
  ['linalg.matmul', 'matmul'],
  ['math.truediv', 'divide'],
  ['math.pow', 'power'],
  ['math.abs', 'absolute'],
  ['nn.swish', 'silu'],
  ...'add subtract multiply divide maximum minimum negative square sqrt exp log tanh sigmoid softplus'
    .split(' ')
    .map((name) => [`math.${name}`, name] as const),
  ...'relu relu6 sigmoid softplus tanh silu'.split(' ').map((name) => [`nn.${name}`, name] as const),
  ...'mean sum max min'.split(' ').map((name) => [`math.reduce_${name}`, name] as const),
]);
const REDUCTIONS: ReadonlySet<string> = new Set(['mean', 'sum', 'max', 'min']);

/** A layer as TensorFlow.js reads it, with its nodes as lists. */
interface Converted {
  layer: JsonObject;
  nodes: Json[];
}

/**
 * The layer that computes the operation; undefined for any other layer.
 *
 * @throws Error for a function that isn't computed here, or an argument of it.
 */
export function operationOfKeras2({class_name, config, inbound_nodes}: JsonObject): Converted | undefined {
  if (class_name !== 'TFOpLambda' && class_name !== 'SlicingOpLambda') return undefined;
  const {name, function: f} = asObject(config, `the config of a ${class_name}`);
  const where = `layer '${asString(name, `the name of a ${class_name}`)}' (${class_name})`;
  const operation = FUNCTIONS.get(asString(f, `${where}: its function`));
  if (operation === undefined) {
    throw new Error(
      `${where}: tf.${f as string} has no counterpart here; in Keras, use a layer for it where there is one, or cut the ` +
        'model before it: keras.Model(inputs, layer.output)',
    );
  }
  const calls = asList(inbound_nodes, 'inbound_nodes').map((node) => callOf(asList(node, 'a node'), operation, where));
  const [given = {}] = calls.map((call) => call.given);
  if (calls.some((call) => JSON.stringify(call.given) !== JSON.stringify(given))) {
    throw new Error(`${where} is called several times with different numbers, which a layer can't be`);
  }
  const nodes = calls.map(({tensors}) => tensors.map((reference) => [...reference, {}]));
  return {layer: {class_name: OPERATION_CLASS, config: {name: name!, operation, ...given}}, nodes};
}

/** The tensors of a call, as [layer, node, tensor], and its constants. */
function callOf(node: Json[], operation: string, where: string): {tensors: Json[][]; given: JsonObject} {
  const [first, index, value, kwargs] = node.length === 1 ? asList(node[0], 'a node') : node;
  if (typeof first !== 'string') throw new Error(`${where} is called with a list, which isn't supported here`);
  const {y, b, axis = null, keepdims = false, slice_spec, ...others} = asObject(kwargs ?? {}, 'kwargs');
  const other = Object.entries(omit(others, 'name')).find(([, each]) => each !== null && each !== false);
  if (other) throw new Error(`${where} is called with ${other[0]}: ${shorten(other[1])}, which isn't supported here`);
  const isConstant = first === '_CONSTANT_VALUE';
  const left = isConstant ? value! : [first, index!, value!];
  if (slice_spec !== undefined) {
    return {tensors: [left as Json[]], given: {indices: [slice_spec].flat().map((each) => indexToTfjs(asSlice(each)))}};
  }
  if (REDUCTIONS.has(operation)) return {tensors: [left as Json[]], given: {axis, keepdims}};
  const right = y ?? b;
  if (isReference(right))
    return isConstant ? constant(left, [right], true, where) : {tensors: [left as Json[], right], given: {}};
  return right === undefined || right === null
    ? {tensors: [left as Json[]], given: {}}
    : constant(right, [left as Json[]], false, where);
}

function constant(value: Json, tensors: Json[][], isFirst: boolean, where: string) {
  if (!isNumbers(value)) throw new Error(`${where} is called with ${shorten(value)}, which isn't numbers`);
  return {tensors, given: {constant: value, ...(isFirst && {constant_first: true})}};
}

function isReference(value: Json | undefined): value is Json[] {
  return Array.isArray(value) && typeof value[0] === 'string';
}

/** Keras 3 puts a slice's three numbers into an object of a class. */
function asSlice(index: Json): Json {
  return isObject(index) && 'start' in index ? {class_name: '__slice__', config: index} : index;
}
