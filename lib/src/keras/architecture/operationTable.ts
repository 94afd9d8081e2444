import type {Json} from '../json';

/** What of an operation Keras's files say, and where. */
export interface OperationRule {
  /** Keras's module; keras.src.ops.numpy where it isn't said. */
  readonly module?: string;
  /** How many tensors or constants it is called with: 1 where it isn't said; 'list' for a list of tensors. */
  readonly operands?: number | 'list';
  /** Its arguments, in Keras's spelling. */
  readonly keys?: readonly string[];
  /** Arguments with which it can be computed only if they have one of these values. */
  readonly only?: Readonly<Record<string, readonly Json[]>>;
}

const all = (names: string, rule: OperationRule = {}) => names.split(' ').map((name) => [name, rule] as const);
const ofNn = {module: 'keras.src.ops.nn'};
const ofMath = {module: 'keras.src.ops.math'};
const reduced = ['axis', 'keepdims'];
const nothing = [null, false];

/** The operations of keras.ops that are computed here, by Keras's name. Source: keras/src/ops of Keras 3.15. */
export const OPERATION_TABLE: ReadonlyMap<string, OperationRule> = new Map<string, OperationRule>([
  ...all('add subtract multiply divide true_divide floor_divide mod power maximum minimum matmul', {operands: 2}),
  ...all('greater greater_equal less less_equal equal not_equal logical_and logical_or', {operands: 2}),
  ...all(
    'negative absolute abs square sqrt reciprocal exp expm1 log log1p log2 log10 sin cos tan arcsin arccos arctan sinh cosh ' +
      'arcsinh arccosh arctanh floor ceil sign tanh logical_not ravel',
  ),
  ...all('relu relu6 sigmoid hard_sigmoid softplus softsign silu hard_silu log_sigmoid selu', ofNn),
  ...all('rsqrt erf', ofMath),
  ...all('zeros_like ones_like', {only: {dtype: [null]}}),
  ['round', {only: {decimals: [0]}}],
  ...all('softmax log_softmax', {...ofNn, keys: ['axis']}),
  ['elu', {...ofNn, keys: ['alpha']}],
  ['leaky_relu', {...ofNn, keys: ['negative_slope']}],
  ['gelu', {...ofNn, keys: ['approximate']}],
  ['normalize', {...ofNn, keys: ['axis', 'epsilon'], only: {order: [2]}}],
  ['one_hot', {...ofNn, keys: ['num_classes'], only: {axis: [-1], dtype: ['float32', null], sparse: nothing}}],
  ...all('any all amax amin', {keys: reduced}),
  ['average', {keys: ['axis']}],
  ...all('mean sum max min var std argmax argmin', {keys: reduced, only: {initial: [null]}}),
  ['prod', {keys: reduced, only: {dtype: [null]}}],
  ['logsumexp', {...ofMath, keys: reduced}],
  ['norm', {module: 'keras.src.ops.linalg', keys: reduced, only: {ord: [null]}}],
  ['cumsum', {keys: ['axis'], only: {dtype: [null]}}],
  ['clip', {keys: ['x_min', 'x_max']}],
  ['where', {operands: 3}],
  ['cast', {module: 'keras.src.ops.core', keys: ['dtype']}],
  ['reshape', {keys: ['newshape']}],
  ['expand_dims', {keys: ['axis']}],
  ['squeeze', {keys: ['axis']}],
  ['transpose', {keys: ['axes']}],
  ['moveaxis', {keys: ['source', 'destination']}],
  ['roll', {keys: ['shift', 'axis']}],
  ['swapaxes', {keys: ['axis1', 'axis2']}],
  ['flip', {keys: ['axis']}],
  ['tile', {keys: ['repeats']}],
  ['repeat', {keys: ['repeats', 'axis']}],
  ['take', {operands: 2, keys: ['axis']}],
  ['pad', {keys: ['pad_width'], only: {mode: ['constant']}}],
  ['concatenate', {operands: 'list', keys: ['axis']}],
  ['stack', {operands: 'list', keys: ['axis']}],
  ['get_item', {operands: 2}],
]);

/** Types that numbers can be cast to: those of TensorFlow.js, and those that come nearest. */
export const CAST_TO: readonly Json[] = 'float16 bfloat16 float32 float64 int32 int64 bool'.split(' ');

/** An argument's name here: every layer has a `dtype` of its own. */
export function ownKey(key: string): string {
  return key === 'dtype' ? 'target_dtype' : key;
}

/** getItem → get_item */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** get_item → getItem */
export function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
