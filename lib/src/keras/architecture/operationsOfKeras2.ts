// Operations of TensorFlow's in a functional model of tf.keras 2.4 to 2.15: `x / 127.5 - 1` became two layers of the class
// TFOpLambda, `x[:, 1:]` one of SlicingOpLambda. They name a function, and hold its further arguments among the nodes.
import {asList, asObject, asString, isObject, omit, shorten, type Json, type JsonObject} from '../json';
import {argumentsToTfjs, distinct, indexToTfjs, OPERATION_CLASS, operandsToTfjs} from './operations';
import {camel, OPERATION_TABLE, snake} from './operationTable';

/** How TensorFlow's function says what an operation of ours does. */
interface FunctionRule {
  operation: string;
  /** Its further operands, in order. */
  operands?: readonly string[];
  /** TensorFlow's arguments → Keras 3's. */
  renamed?: Readonly<Record<string, string>>;
  /** What it computes with where nothing is said, if Keras 3 has something else. */
  defaults?: JsonObject;
  /** Arguments with these values mean nothing. */
  idle?: JsonObject;
}

const all = (module: string, names: string, rule: Omit<FunctionRule, 'operation'> = {}) =>
  names.split(' ').map((name): [string, FunctionRule] => [module + name, {operation: camel(name), ...rule}]);
const binary = {operands: ['y']};

/** By TensorFlow's name without `tf.`. */
const FUNCTIONS: ReadonlyMap<string, FunctionRule> = new Map<string, FunctionRule>([
  ['__operators__.add', {operation: 'add', ...binary}],
  ['__operators__.getitem', {operation: 'getItem'}],
  ['linalg.matmul', {operation: 'matmul', operands: ['b']}],
  ['math.truediv', {operation: 'divide', ...binary}],
  ['math.floordiv', {operation: 'floorDivide', ...binary}],
  ['math.floormod', {operation: 'mod', ...binary}],
  ['math.pow', {operation: 'power', ...binary}],
  ['math.abs', {operation: 'absolute'}],
  ['nn.swish', {operation: 'silu'}],
  ['nn.silu', {operation: 'silu', idle: {beta: 1}}],
  ...all('math.', 'add subtract multiply divide maximum minimum', binary),
  ...all('math.', 'greater greater_equal less less_equal equal not_equal logical_and logical_or', binary),
  ...all('math.', 'negative square sqrt rsqrt reciprocal exp expm1 log log1p sin cos floor ceil sign'),
  ...all('math.', 'tanh sigmoid softplus logical_not'),
  ...all('nn.', 'relu relu6 sigmoid softplus softsign tanh selu elu'),
  ...all('nn.', 'softmax log_softmax', {defaults: {axis: -1}}),
  ['nn.leaky_relu', {operation: 'leakyRelu', renamed: {alpha: 'negative_slope'}}],
  ['nn.gelu', {operation: 'gelu', defaults: {approximate: false}}],
  ...'mean sum prod max min logsumexp std'
    .split(' ')
    .map((name): [string, FunctionRule] => [`math.reduce_${name}`, {operation: name}]),
  ['math.reduce_variance', {operation: 'var'}],
  ['compat.v1.norm', {operation: 'norm', idle: {ord: 'euclidean'}}],
  // At most a million times as long.
  ['math.l2_normalize', {operation: 'normalize', renamed: {dim: 'axis'}, defaults: {epsilon: 1e-6}}],
  ...all('math.', 'argmax argmin cumsum', {defaults: {axis: 0}}),
  ['clip_by_value', {operation: 'clip', renamed: {clip_value_min: 'x_min', clip_value_max: 'x_max'}}],
  ['where', {operation: 'where', operands: ['x', 'y']}],
  ['cast', {operation: 'cast'}],
  ['one_hot', {operation: 'oneHot', renamed: {depth: 'num_classes'}}],
  ['reshape', {operation: 'reshape', renamed: {shape: 'newshape'}}],
  ['expand_dims', {operation: 'expandDims'}],
  ['compat.v1.squeeze', {operation: 'squeeze'}],
  ['compat.v1.transpose', {operation: 'transpose', renamed: {perm: 'axes'}}],
  ['reverse', {operation: 'flip'}],
  ['tile', {operation: 'tile', renamed: {multiples: 'repeats'}}],
  ['repeat', {operation: 'repeat'}],
  ['compat.v1.gather', {operation: 'take', operands: ['indices'], defaults: {axis: 0}, idle: {batch_dims: 0}}],
  ['compat.v1.pad', {operation: 'pad', renamed: {paddings: 'pad_width'}, idle: {mode: 'CONSTANT', constant_values: 0}}],
  ['concat', {operation: 'concatenate'}],
  ['stack', {operation: 'stack'}],
]);

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
  const rule = FUNCTIONS.get(asString(f, `${where}: its function`));
  if (rule === undefined) {
    throw new Error(
      `${where}: tf.${f as string} has no counterpart here; in Keras, use a layer for it where there is one, or cut the ` +
        'model before it: keras.Model(inputs, layer.output)',
    );
  }
  const calls = asList(inbound_nodes, 'inbound_nodes').map((node) => callOf(asList(node, 'a node'), rule, where));
  const [given = {}] = calls.map((call) => call.given);
  if (calls.some((call) => JSON.stringify(call.given) !== JSON.stringify(given))) {
    throw new Error(`${where} is called several times with different numbers, which a layer can't be`);
  }
  const nodes = calls.map(({tensors}) => tensors.map((reference) => [...reference, {}]));
  return {
    layer: {class_name: OPERATION_CLASS, config: {name: name!, operation: rule.operation, ...given}},
    nodes,
  };
}

/** The tensors of a call, as [layer, node, tensor], and its constants and arguments. */
function callOf(node: Json[], rule: FunctionRule, where: string): {tensors: Json[][]; given: JsonObject} {
  const {operands: further = [], renamed = {}, defaults = {}, idle = {}} = rule;
  const table = OPERATION_TABLE.get(snake(rule.operation))!;
  const isList = table.operands === 'list';
  const entries = (isList || Array.isArray(node[0]) ? node : [node]).map((entry) => asList(entry, 'a node'));
  if (!isList && entries.length > 1) throw new Error(`${where} is called with a list, which isn't supported here`);
  const {slice_spec, ...kwargs} = omit(asObject(entries[0]?.[3] ?? {}, 'kwargs'), 'name');
  const first = entries.map(([layer, index, value]) =>
    layer === '_CONSTANT_VALUE' ? value! : [layer!, index!, value!],
  );
  const operands = [...first, ...further.flatMap((key) => ((kwargs[key] ?? null) === null ? [] : [kwargs[key]!]))];
  const others = Object.entries(omit(kwargs, ...further)).flatMap(([key, value]): [string, Json][] => {
    const keras = renamed[key] ?? key;
    if (value === idle[key]) return [];
    const isArgument = table.keys?.includes(keras) === true;
    if (!isArgument && value !== null && value !== false) {
      throw new Error(`${where} is called with ${key}: ${shorten(value)}, which isn't supported here`);
    }
    return isArgument ? [[keras, value]] : [];
  });
  const tensors = distinct(operands.filter(isReference));
  if (slice_spec !== undefined) {
    return {tensors, given: {indices: [slice_spec].flat().map((each) => indexToTfjs(asSlice(each)))}};
  }
  const count = isList ? operands.length : (table.operands ?? 1);
  if (operands.length !== count || tensors.length === 0) {
    throw new Error(`${where} is called with ${shorten(node)}, which isn't supported here`);
  }
  const called = operandsToTfjs(operands, isReference, (tensor) => tensor, where);
  return {tensors, given: {...argumentsToTfjs({...defaults, ...Object.fromEntries(others)}, table, where), ...called}};
}

function isReference(value: Json | undefined): value is Json[] {
  return Array.isArray(value) && typeof value[0] === 'string';
}

/** Keras 3 puts a slice's three numbers into an object of a class. */
function asSlice(index: Json): Json {
  return isObject(index) && 'start' in index ? {class_name: '__slice__', config: index} : index;
}
