// Layers of Keras's that change pictures at random while a model trains, which isn't computed here. When it predicts they hand
// on what comes in, as in Keras.
import {OwnLayer, register} from '../tfjs/ownLayer';
import type {tf} from '../tfjs/tensorflow';

/** By Keras's name, with their arguments in Keras's spelling; the last ones are Keras 2's alone. */
export const IDLE: readonly (readonly [className: string, ...keys: string[]])[] = [
  ['RandomHue', 'factor', 'value_range', 'data_format'],
  ['RandomSaturation', 'factor', 'value_range', 'data_format'],
  ['RandomColorDegeneration', 'factor', 'value_range', 'data_format'],
  ['RandomSharpness', 'factor', 'value_range', 'data_format'],
  ['RandomPosterization', 'factor', 'value_range', 'data_format'],
  ['RandomInvert', 'factor', 'value_range', 'data_format'],
  ['RandomGrayscale', 'factor', 'data_format'],
  [
    'RandomColorJitter',
    'value_range',
    'brightness_factor',
    'contrast_factor',
    'saturation_factor',
    'hue_factor',
    'data_format',
  ],
  ['RandomErasing', 'factor', 'scale', 'fill_value', 'value_range', 'data_format'],
  ['RandomGaussianBlur', 'factor', 'kernel_size', 'sigma', 'value_range', 'data_format'],
  ['RandomShear', 'x_factor', 'y_factor', 'fill_mode', 'interpolation', 'fill_value', 'data_format'],
  ['RandomPerspective', 'factor', 'scale', 'interpolation', 'fill_value', 'data_format'],
  [
    'RandomElasticTransform',
    'factor',
    'scale',
    'interpolation',
    'fill_mode',
    'fill_value',
    'value_range',
    'data_format',
  ],
  ['Solarization', 'value_range', 'addition_factor', 'threshold_factor', 'data_format'],
  ['Equalization', 'value_range', 'bins', 'data_format'],
  ['RandAugment', 'value_range', 'num_ops', 'factor', 'interpolation', 'data_format'],
  ['AugMix', 'value_range', 'num_chains', 'chain_depth', 'factor', 'alpha', 'all_ops', 'interpolation', 'data_format'],
  ['MixUp', 'alpha', 'data_format'],
  ['CutMix', 'factor', 'data_format'],
  ['RandomHeight', 'factor', 'interpolation'],
  ['RandomWidth', 'factor', 'interpolation'],
];

for (const [className] of IDLE) {
  register(
    class extends OwnLayer {
      static readonly className = className;

      protected compute([x]: tf.Tensor[]): tf.Tensor {
        return x!.clone();
      }
    },
  );
}
