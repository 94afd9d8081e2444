import {expect, test} from '@jest/globals';
import {LAYERS} from '../../../lib/src/keras/architecture/layers';
import {modelToKeras} from '../../../lib/src/keras/architecture/write';
import type {JsonObject} from '../../../lib/src/keras/json';
import {ofLayer} from '../../layers/ofLayer';

/** What every layer with weights needs besides, and the shape of one example. */
const LAYERS_WITH_WEIGHTS: [className: string, config: JsonObject, shape: number[]][] = [
  ['Conv1D', {filters: 2, kernel_size: 2}, [6, 3]],
  ['Conv2D', {filters: 2, kernel_size: 2}, [4, 4, 3]],
  ['Conv3D', {filters: 2, kernel_size: 2}, [3, 3, 3, 2]],
  ['Conv1DTranspose', {filters: 2, kernel_size: 2}, [6, 3]],
  ['Conv2DTranspose', {filters: 2, kernel_size: 2}, [4, 4, 3]],
  ['Conv3DTranspose', {filters: 2, kernel_size: 2}, [3, 3, 3, 2]],
  ['DepthwiseConv1D', {kernel_size: 2, depth_multiplier: 1, strides: 1, dilation_rate: 1, padding: 'valid'}, [6, 3]],
  ['DepthwiseConv2D', {kernel_size: 2}, [4, 4, 3]],
  ['SeparableConv1D', {filters: 2, kernel_size: 2, depth_multiplier: 1, strides: 1, dilation_rate: 1}, [6, 3]],
  ['SeparableConv2D', {filters: 2, kernel_size: 2}, [4, 4, 3]],
  ['ConvLSTM2D', {filters: 2, kernel_size: 2, recurrent_activation: 'sigmoid'}, [3, 4, 4, 2]],
  ['Dense', {units: 2}, [3]],
  ['Embedding', {input_dim: 5, output_dim: 2}, [3]],
  ['EinsumDense', {equation: 'ab,bc->ac', output_shape: [2], bias_axes: 'c'}, [3]],
  ['BatchNormalization', {}, [3]],
  ['LayerNormalization', {}, [3]],
  ['GroupNormalization', {groups: 1}, [3]],
  ['PReLU', {}, [3]],
  ['SimpleRNN', {units: 2}, [6, 3]],
  ['LSTM', {units: 2, recurrent_activation: 'sigmoid'}, [6, 3]],
  ['GRU', {units: 2, reset_after: true, recurrent_activation: 'sigmoid'}, [6, 3]],
];

/** An initializer, a regularizer or a constraint that no other weight has. */
function own(key: string, i: number): JsonObject {
  const share = (i + 1) / 64;
  if (key.endsWith('_initializer')) return {class_name: 'Constant', config: {value: share}};
  if (key.endsWith('_regularizer')) return {class_name: 'L1L2', config: {l1: share, l2: 2 * share}};
  return {class_name: 'MinMaxNorm', config: {min_value: share, max_value: 2 + share, rate: 1, axis: 0}};
}

test.each(LAYERS_WITH_WEIGHTS)(
  'what begins, bounds and penalizes each weight of a %s stays its own in a file',
  async (className, config, shape) => {
    const keys = LAYERS.get(className)!.keys.filter((key) => /(?<!activity)_(init|regular|constr)/.test(key));
    const given = Object.fromEntries(keys.map((key, i) => [key, own(key, i)]));
    const model = await ofLayer(className, {...config, ...given}, shape);
    const [, written] = (modelToKeras(model).config as {layers: {config: JsonObject}[]}).layers;
    for (const key of keys) expect([key, written!.config[key]]).toMatchObject([key, given[key]]);
  },
);
