import type {Json} from '../json';

/** What of an operation Keras's files say, and where. */
export interface OperationRule {
  /** Keras's module; keras.src.ops.numpy where it isn't said. */
  readonly module?: string;
  /**
   * How many tensors or constants it is called with: 1 where it isn't said; 'list' for a list of them, 'any' for any number;
   * their names where they may be given by name.
   */
  readonly operands?: number | 'list' | 'any' | readonly string[];
  /** How many of them may be missing, from the end. */
  readonly optional?: number;
  /** Its arguments, in Keras's spelling. */
  readonly keys?: readonly string[];
  /** Arguments of the call, behind the operands. */
  readonly called?: readonly string[];
  /** Keras's class, where its name doesn't follow from the operation's. */
  readonly className?: string;
  /** Arguments with which it can be computed only if they have one of these values. */
  readonly only?: Readonly<Record<string, readonly Json[]>>;
}

const all = (names: string, rule: OperationRule = {}) => names.split(' ').map((name) => [name, rule] as const);
const ofNn = {module: 'keras.src.ops.nn'};
const ofMath = {module: 'keras.src.ops.math'};
const ofImage = {module: 'keras.src.ops.image'};
const ofCore = {module: 'keras.src.ops.core'};
const reduced = ['axis', 'keepdims'];
const nothing = [null, false];
const windows = ['strides', 'padding', 'data_format', 'dilation_rate'];
const margins = (what: string) => [...['top', 'left', 'bottom', 'right'].map((side) => `${side}_${what}`)];

/** The operations of keras.ops that are computed here, by Keras's name. Source: keras/src/ops of Keras 3.15. */
export const OPERATION_TABLE: ReadonlyMap<string, OperationRule> = new Map<string, OperationRule>([
  ...all('add subtract multiply divide true_divide floor_divide mod power maximum minimum matmul', {operands: 2}),
  ...all('arctan2 hypot logaddexp heaviside divide_no_nan dot inner outer vdot', {operands: 2}),
  ...all('greater greater_equal less less_equal equal not_equal logical_and logical_or logical_xor', {operands: 2}),
  ...all(
    'negative absolute abs square sqrt reciprocal exp expm1 log log1p log2 log10 sin cos tan arcsin arccos arctan sinh cosh ' +
      'arcsinh arccosh arctanh floor ceil sign tanh logical_not ravel fabs cbrt exp2 sinc deg2rad rad2deg trunc copy isnan isinf ' +
      'isfinite flipud fliplr',
  ),
  ...all('relu relu6 sigmoid hard_sigmoid softplus softsign silu hard_silu log_sigmoid selu', ofNn),
  ...all('hard_tanh tanh_shrink sparse_sigmoid sparse_plus', ofNn),
  ...all('rsqrt erf erfc', ofMath),
  ...all('zeros_like ones_like', {keys: ['dtype']}),
  ['full_like', {operands: 2, keys: ['dtype']}],
  ['nan_to_num', {keys: ['nan', 'posinf', 'neginf']}],
  ['stop_gradient', ofCore],
  ['round', {only: {decimals: [0]}}],
  ...all('softmax log_softmax', {...ofNn, keys: ['axis']}),
  ...all('elu celu', {...ofNn, keys: ['alpha']}),
  ...all('soft_shrink hard_shrink', {...ofNn, keys: ['threshold']}),
  ['threshold', {...ofNn, keys: ['threshold', 'default_value']}],
  ['squareplus', {...ofNn, keys: ['b']}],
  ['glu', {...ofNn, keys: ['axis']}],
  ['leaky_relu', {...ofNn, keys: ['negative_slope']}],
  ['gelu', {...ofNn, keys: ['approximate']}],
  ['normalize', {...ofNn, keys: ['axis', 'epsilon'], only: {order: [2]}}],
  ...all('one_hot multi_hot', {...ofNn, keys: ['num_classes', 'dtype'], only: {axis: [-1], sparse: nothing}}),
  ...all('any all amax amin ptp median', {keys: reduced}),
  ['average', {operands: ['x', 'weights'], optional: 1, keys: ['axis']}],
  ['moments', {...ofNn, keys: ['axes', 'keepdims'], only: {synchronized: nothing}}],
  ...all('sort argsort count_nonzero', {keys: ['axis']}),
  ['take_along_axis', {operands: 2, keys: ['axis']}],
  ['top_k', {...ofMath, keys: ['k', 'sorted']}],
  ...all('mean sum var std argmax argmin', {keys: reduced}),
  ...all('max min', {keys: [...reduced, 'initial']}),
  ['prod', {keys: reduced, only: {dtype: [null]}}],
  ['logsumexp', {...ofMath, keys: reduced}],
  ['norm', {module: 'keras.src.ops.linalg', keys: ['ord', ...reduced]}],
  ['cumsum', {keys: ['axis'], only: {dtype: [null]}}],
  ['clip', {keys: ['x_min', 'x_max']}],
  ['where', {operands: 3}],
  ...all('cast saturate_cast', {...ofCore, keys: ['dtype']}),
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
  [
    'pad',
    {keys: ['pad_width', 'mode'], called: ['constant_values'], only: {mode: ['constant', 'reflect', 'symmetric']}},
  ],
  ['broadcast_to', {keys: ['shape']}],
  ['rot90', {keys: ['k', 'axes']}],
  ...all('tril triu', {keys: ['k']}),
  ...all('diagonal trace', {keys: ['offset', 'axis1', 'axis2']}),
  ['diff', {keys: ['n', 'axis']}],
  ['slice', {...ofCore, keys: ['shape'], called: ['start_indices']}],
  ...all('concatenate stack', {operands: 'list', keys: ['axis']}),
  ...all('hstack vstack dstack', {operands: 'list'}),
  ['append', {operands: 2, keys: ['axis']}],
  ...all('split array_split', {keys: ['indices_or_sections', 'axis']}),
  ...all('hsplit vsplit dsplit', {keys: ['indices_or_sections']}),
  ['unstack', {...ofCore, keys: ['num', 'axis']}],
  ['get_item', {operands: 2}],

  ['tensordot', {operands: 2, keys: ['axes']}],
  ['einsum', {operands: 'any', keys: ['subscripts']}],
  [
    'dot_product_attention',
    {
      ...ofNn,
      operands: ['query', 'key', 'value', 'bias', 'mask'],
      optional: 2,
      called: ['scale'],
      keys: ['is_causal'],
      only: {flash_attention: nothing, attn_logits_soft_cap: [null]},
    },
  ],
  [
    'layer_normalization',
    {
      ...ofNn,
      className: 'LayerNorm',
      operands: ['x', 'gamma', 'beta'],
      optional: 2,
      keys: ['axis', 'epsilon'],
      only: {rms_scaling: nothing},
    },
  ],
  [
    'batch_normalization',
    {
      ...ofNn,
      className: 'BatchNorm',
      operands: ['x', 'mean', 'variance', 'offset', 'scale'],
      optional: 2,
      keys: ['axis', 'epsilon'],
    },
  ],
  [
    'rms_normalization',
    {...ofNn, className: 'RMSNorm', operands: ['x', 'scale'], optional: 1, keys: ['axis', 'epsilon']},
  ],

  ...all('max_pool average_pool', {...ofNn, keys: ['pool_size', 'strides', 'padding', 'data_format']}),
  ...all('adaptive_max_pool adaptive_average_pool', {...ofNn, keys: ['output_size', 'data_format']}),
  ...all('conv depthwise_conv', {...ofNn, operands: 2, keys: windows}),
  ...all('depth_to_space space_to_depth', {...ofNn, keys: ['block_size', 'data_format']}),
  [
    'resize',
    {
      ...ofImage,
      keys: [
        'size',
        'interpolation',
        'antialias',
        'crop_to_aspect_ratio',
        'pad_to_aspect_ratio',
        'fill_value',
        'data_format',
      ],
      only: {fill_mode: ['constant']},
    },
  ],
  ['rgb_to_grayscale', {...ofImage, className: 'RGBToGrayscale', keys: ['data_format']}],
  ['pad_images', {...ofImage, keys: [...margins('padding'), 'target_height', 'target_width', 'data_format']}],
  ['crop_images', {...ofImage, keys: [...margins('cropping'), 'target_height', 'target_width', 'data_format']}],
]);

/** Types that numbers can be cast to: those of TensorFlow.js, and those that come nearest. */
export const CAST_TO: readonly Json[] = 'float16 bfloat16 float32 float64 int32 int64 bool'.split(' ');

/** An argument's name here: every layer has a `dtype` of its own, and TensorFlow.js reads a `shape` as its own. */
export function ownKey(key: string): string {
  return key === 'dtype' || key === 'shape' ? `target_${key}` : key;
}

/** The operation of a class of Keras's, in snake case. */
export function operationOfClass(className: string): string {
  const special = [...OPERATION_TABLE].find(([, rule]) => rule.className === className)?.[0];
  // RGBToGrayscale → rgb_to_grayscale
  return special ?? className.replace(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2_').toLowerCase();
}

/** Keras's class of an operation. */
export function classOfOperation(operation: string): string {
  return OPERATION_TABLE.get(operation)?.className ?? camel(`_${operation}`);
}

/** getItem → get_item */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** get_item → getItem */
export function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
