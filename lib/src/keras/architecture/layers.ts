import type {Json, JsonObject} from '../json';
import '../../layers';
import {IDLE} from '../../layers/idle';

/** What one layer class has in common in TensorFlow.js and Keras. */
export interface LayerRule {
  /** The arguments that both sides have, in Keras's spelling. */
  readonly keys: readonly string[];
  /** Arguments that are called differently: TensorFlow.js's name → Keras 3's. Keras 2 had TensorFlow.js's. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Arguments for which both sides compute the same with this value only. */
  readonly only?: Readonly<Record<string, Json>>;
  /** Arguments that newer versions write, and what the layer did without them: where they say that they are passed over. */
  readonly newer?: Readonly<Record<string, Json>>;
  /** Arguments that Keras 2 wrote although its layer has no use for them. */
  readonly unused?: readonly string[];
  /** The name of our class, for arguments with which TensorFlow.js's of the same name computes otherwise. */
  readonly as?: (config: JsonObject) => string | undefined;
  /** A list of axes that Keras sorts, and with them the weights' axes. */
  readonly sorted?: string;
  /** Where Keras has the class, if not among its layers. */
  readonly module?: string;
  /** Whether Keras's class doesn't know `trainable`. */
  readonly untrainable?: boolean;
  /** The first version of Keras that computes so; what an earlier one saved is refused. */
  readonly since?: string;
  /** Whether it hands on what comes in where Keras's class changes it while a model trains. */
  readonly idle?: boolean;
}

const words = (text: string) => text.split(' ');
const weight = (name: string) => [`${name}_initializer`, `${name}_regularizer`, `${name}_constraint`];

const biased = ['use_bias', ...weight('bias'), 'activation', 'activity_regularizer'];
const windowed = words('strides padding data_format');
const convolution = ['filters', 'kernel_size', ...windowed, 'dilation_rate', ...weight('kernel'), ...biased];
const transposed = [...convolution.filter((key) => key !== 'dilation_rate'), 'output_padding'];
const embedded = ['input_dim', 'output_dim', 'mask_zero', ...weight('embeddings'), 'activity_regularizer'];
const depthwise = ['kernel_size', ...windowed, 'dilation_rate', 'depth_multiplier', ...weight('depthwise'), ...biased];
const separable = ['filters', ...depthwise, ...weight('pointwise')];
const pooling = ['pool_size', ...windowed];
const oneDimension = {data_format: 'channels_last'};
const ofPictures = (only: Record<string, Json> = {}) => ({data_format: 'channels_last', ...only});
const filled = words('fill_mode fill_value interpolation');

const isDilated = (rate: Json) => [rate].flat().some((each) => each !== 1);

/** TensorFlow.js's own class has no groups, nor dilated volumes: ours takes its place where there are any. */
const inGroups = (className: string): LayerRule => ({
  as: ({groups, dilation_rate}) =>
    (typeof groups === 'number' && groups > 1) || (className === 'Conv3D' && isDilated(dilation_rate ?? 1))
      ? `Keras${className}`
      : undefined,
  keys: ['groups', ...convolution],
});

/** Ours says how long the result is. */
const lengthened = (className: string): LayerRule => ({
  as: ({output_padding = null}) => (output_padding === null ? undefined : `Keras${className}`),
  keys: transposed,
});

const scaled = ['axis', 'epsilon', 'center', 'scale', ...weight('beta'), ...weight('gamma')];
const cell = ['units', ...weight('kernel'), ...weight('recurrent'), ...biased, 'dropout', 'recurrent_dropout'];
const gated = [...cell, 'recurrent_activation'];
const convolvedGates = [...words('filters kernel_size dilation_rate unit_forget_bias'), ...windowed, ...gated.slice(1)];
const attending = ['dropout', 'use_bias', ...weight('kernel'), ...weight('bias')];
const sequence = words('return_sequences return_state go_backwards stateful');

/**
 * Every layer class that TensorFlow.js and Keras share and compute alike; a class that isn't here is refused by name.
 * What TensorFlow.js lacks, or has with less, is in lib/src/layers. Missing although both have it: ThresholdedReLU (gone
 * from Keras 3).
 * Sources: keras.io/api/layers for Keras 3.15 and the getConfig of TensorFlow.js's layers 4.22.
 */
export const LAYERS: ReadonlyMap<string, LayerRule> = new Map<string, LayerRule>([
  ['Conv1D', {...inGroups('Conv1D'), only: oneDimension}],
  ['DepthwiseConv1D', {keys: depthwise, only: oneDimension}],
  ['Conv1DTranspose', {keys: transposed, only: oneDimension}],
  ['Conv2D', inGroups('Conv2D')],
  ['Conv3D', inGroups('Conv3D')],
  ['Conv2DTranspose', lengthened('Conv2DTranspose')],
  ['Conv3DTranspose', lengthened('Conv3DTranspose')],
  ['DepthwiseConv2D', {keys: depthwise}],
  ['SeparableConv1D', {keys: separable, only: oneDimension, unused: weight('kernel')}],
  ['SeparableConv2D', {keys: separable, unused: weight('kernel')}],
  ['MaxPooling1D', {keys: pooling, only: oneDimension}],
  ['MaxPooling2D', {keys: pooling}],
  ['MaxPooling3D', {keys: pooling}],
  ['AveragePooling1D', {keys: pooling, only: oneDimension}],
  ['AveragePooling2D', {keys: pooling}],
  ['AveragePooling3D', {keys: pooling}],
  ['GlobalMaxPooling1D', {keys: ['keepdims'], only: oneDimension}],
  ['GlobalMaxPooling2D', {keys: ['data_format', 'keepdims']}],
  ['GlobalAveragePooling1D', {keys: ['keepdims'], only: oneDimension}],
  ['GlobalAveragePooling2D', {keys: ['data_format', 'keepdims']}],
  ['GlobalMaxPooling3D', {keys: ['data_format', 'keepdims']}],
  ['GlobalAveragePooling3D', {keys: ['data_format', 'keepdims']}],
  ...[1, 2, 3].flatMap((axes): [string, LayerRule][] => [
    [`AdaptiveAveragePooling${axes}D`, {keys: ['output_size', 'data_format']}],
    [`AdaptiveMaxPooling${axes}D`, {keys: ['output_size', 'data_format']}],
  ]),
  ['ZeroPadding1D', {keys: ['padding'], only: oneDimension}],
  ['Cropping1D', {keys: ['cropping']}],
  ['UpSampling1D', {keys: ['size']}],
  ['ZeroPadding2D', {keys: ['padding', 'data_format']}],
  ['Cropping2D', {keys: ['cropping', 'data_format']}],
  ['ZeroPadding3D', {keys: ['padding', 'data_format']}],
  ['Cropping3D', {keys: ['cropping', 'data_format']}],
  ['UpSampling3D', {keys: ['size', 'data_format']}],
  [
    'UpSampling2D',
    {
      as: ({interpolation = 'nearest'}) => (interpolation === 'nearest' ? undefined : 'KerasUpSampling2D'),
      keys: ['size', 'data_format', 'interpolation'],
    },
  ],

  ['Dense', {keys: ['units', ...weight('kernel'), ...biased]}],
  ['Embedding', {keys: embedded}],
  ['ReversibleEmbedding', {keys: [...embedded, 'tie_weights', 'logit_soft_cap'], only: {reverse_dtype: 'float32'}}],
  ['Flatten', {keys: ['data_format']}],
  ['Reshape', {keys: ['target_shape']}],
  ['Permute', {keys: ['dims']}],
  ['RepeatVector', {keys: ['n']}],
  ['Masking', {keys: ['mask_value']}],
  ['Rescaling', {keys: ['scale', 'offset']}],
  ['Normalization', {keys: ['axis', 'mean', 'variance', 'invert']}],
  [
    'Resizing',
    {
      as: () => 'KerasResizing',
      keys: words('height width interpolation antialias crop_to_aspect_ratio pad_to_aspect_ratio fill_value'),
      only: ofPictures({fill_mode: 'constant'}),
      newer: {antialias: false, crop_to_aspect_ratio: false, pad_to_aspect_ratio: false, fill_value: 0},
    },
  ],
  ['CenterCrop', {as: () => 'KerasCenterCrop', keys: ['height', 'width'], only: ofPictures()}],
  ['CategoryEncoding', {as: () => 'KerasCategoryEncoding', keys: ['num_tokens', 'output_mode']}],
  [
    'Discretization',
    {untrainable: true, keys: ['bin_boundaries'], only: {output_mode: 'int'}, unused: ['num_bins', 'epsilon']},
  ],
  ['RandomFlip', {keys: ['mode'], only: ofPictures()}],
  ['RandomRotation', {keys: ['factor', ...filled], only: ofPictures()}],
  ['RandomZoom', {keys: ['height_factor', 'width_factor', ...filled], only: ofPictures()}],
  ['RandomTranslation', {keys: ['height_factor', 'width_factor', ...filled], only: ofPictures()}],
  ['RandomContrast', {keys: ['factor', 'value_range'], only: ofPictures()}],
  ['RandomBrightness', {keys: ['factor', 'value_range'], only: ofPictures()}],
  ['RandomCrop', {keys: ['height', 'width'], only: ofPictures(), since: '3.8'}],
  ['AutoContrast', {keys: ['value_range'], only: ofPictures()}],
  ...IDLE.map(([name, ...keys]): [string, LayerRule] => [name, {idle: true, keys}]),
  [
    'EinsumDense',
    {keys: ['equation', 'output_shape', 'bias_axes', 'activation', ...weight('kernel'), ...weight('bias')]},
  ],
  [
    'MultiHeadAttention',
    {
      keys: [...words('num_heads key_dim value_dim output_shape attention_axes use_gate sliding_window'), ...attending],
      newer: {use_gate: false, sliding_window: null},
      unused: ['query_shape', 'key_shape', 'value_shape'],
    },
  ],
  [
    // keras.layers.GroupQueryAttention is this class.
    'GroupedQueryAttention',
    {
      keys: [...words('head_dim num_query_heads num_key_value_heads use_gate sliding_window'), ...attending],
      module: 'keras.src.layers.attention.grouped_query_attention',
    },
  ],
  ['Attention', {keys: ['use_scale', 'score_mode', 'dropout']}],
  ['AdditiveAttention', {keys: ['use_scale', 'dropout']}],
  ['ActivityRegularization', {keys: ['l1', 'l2']}],
  // Under its own name TensorFlow.js has an initializer.
  ['Identity', {as: () => 'KerasIdentity', keys: []}],

  ['BatchNormalization', {keys: [...scaled, 'momentum', 'moving_mean_initializer', 'moving_variance_initializer']}],
  ['LayerNormalization', {keys: scaled, sorted: 'axis'}],
  ['GroupNormalization', {keys: ['groups', ...scaled]}],
  ['RMSNormalization', {keys: ['axis', 'epsilon']}],
  ['UnitNormalization', {keys: ['axis']}],
  ['Dropout', {keys: ['rate', 'noise_shape']}],
  ['SpatialDropout1D', {keys: ['rate'], untrainable: true}],
  ['SpatialDropout2D', {keys: ['rate', 'data_format'], untrainable: true}],
  ['SpatialDropout3D', {keys: ['rate', 'data_format'], untrainable: true}],
  ['GaussianNoise', {keys: ['stddev']}],
  ['GaussianDropout', {keys: ['rate']}],
  ['AlphaDropout', {keys: ['rate', 'noise_shape']}],

  ['Activation', {keys: ['activation']}],
  ['ReLU', {keys: ['max_value', 'negative_slope', 'threshold']}],
  ['LeakyReLU', {keys: ['alpha'], renamed: {alpha: 'negative_slope'}}],
  ['ELU', {keys: ['alpha']}],
  ['PReLU', {keys: [...weight('alpha'), 'shared_axes']}],
  ['Softmax', {as: ({axis = -1}) => (axis === -1 ? undefined : 'KerasSoftmax'), keys: ['axis']}],

  ['Add', {keys: []}],
  ['Subtract', {keys: []}],
  // InceptionResNetV2's own.
  ['CustomScaleLayer', {keys: ['scale'], module: 'keras.src.applications.inception_resnet_v2'}],
  // ConvNeXt's own.
  ['LayerScale', {keys: ['init_values', 'projection_dim'], module: 'keras.src.applications.convnext'}],
  ['StochasticDepth', {keys: ['drop_path_rate'], module: 'keras.src.applications.convnext'}],
  ['Multiply', {keys: []}],
  ['Average', {keys: []}],
  ['Maximum', {keys: []}],
  ['Minimum', {keys: []}],
  ['Concatenate', {keys: ['axis']}],
  ['Dot', {keys: ['axes', 'normalize']}],

  ['SimpleRNN', {keys: [...cell, ...sequence]}],
  ['LSTM', {keys: [...gated, 'unit_forget_bias', ...sequence]}],
  ['GRU', {keys: [...gated, 'reset_after', ...sequence]}],
  ['ConvLSTM1D', {keys: [...convolvedGates, ...sequence], only: oneDimension}],
  ['ConvLSTM2D', {keys: [...convolvedGates, ...sequence]}],
  ['ConvLSTM3D', {keys: [...convolvedGates, ...sequence]}],
  ['SimpleRNNCell', {keys: cell}],
  ['LSTMCell', {keys: [...gated, 'unit_forget_bias']}],
  ['GRUCell', {keys: [...gated, 'reset_after']}],
  ['StackedRNNCells', {keys: ['cells']}],
  ['RNN', {keys: ['cell', ...sequence]}],
  ['Bidirectional', {keys: ['layer', 'merge_mode']}],
  ['TimeDistributed', {keys: ['layer']}],
  ['SpectralNormalization', {keys: ['layer', 'power_iterations']}],
]);

/** Arguments of a Keras layer that lacks them here, and the value, or values in a list, that means what TensorFlow.js does. */
export const ONLY: Readonly<Record<string, Json>> = {
  groups: 1,
  dilation_rate: 1,
  keepdims: false,
  renorm: false,
  rms_scaling: false,
  sparse: false,
  ragged: false,
  optional: false,
  time_major: false,
  zero_output_for_mask: false,
};

/** Arguments of any Keras layer that change no result: seeds, how to compute, what the defaults were. */
export const IGNORED: ReadonlySet<string> = new Set([
  ...words('seed use_cudnn implementation unroll autocast build_config input_length synchronized renorm_momentum'),
]);
