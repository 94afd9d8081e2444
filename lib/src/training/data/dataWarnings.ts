import {tf} from '../../tfjs/tensorflow';
import type {CompiledModel} from '../compiled';
import {labelWarnings} from './labelWarnings';

/** Standardized numbers seldom go beyond 5 or so; pixels that weren't divided go to 255. */
const LARGE = 10;

// Layers that multiply what they are given by weights; layers that hand it on as large as it is. All others, such as
// Rescaling, BatchNormalization, Embedding and a layer of the user's own, may be there to deal with large numbers.
const WEIGHING = /^(Conv|Dense|DepthwiseConv|SeparableConv|SimpleRNN|LSTM|GRU)/;
const PASSING =
  /^(InputLayer|Flatten|Reshape|Permute|Dropout|SpatialDropout|ZeroPadding|Cropping|UpSampling|(Global)?(Max|Average)Pooling)/;

/**
 * What looks like a slip in a training's data but may be meant so: pixels that weren't rescaled, labels that aren't
 * one-hot. Sentences for the reader; none where all is well.
 *
 * @param xs The first batch.
 * @param ys All labels where they are in memory, else the first batch's.
 */
export function dataWarnings(compiled: CompiledModel, xs: tf.Tensor[], ys: readonly tf.Tensor[]): string[] {
  const {container} = compiled;
  const inputs = xs.flatMap((x, i) => {
    const largest = x.dtype === 'bool' ? 1 : tf.tidy(() => tf.max(tf.abs(x)).dataSync()[0]!);
    return largest > LARGE && isWeighedRaw(container.inputs[i]!.sourceLayer) ? [largeInputs(largest)] : [];
  });
  return [...inputs, ...labelWarnings(compiled, ys)];
}

/** A loss that is no number any more; batch and epoch are counted from 0. */
export function notFinite(loss: number, batch: number, epoch: number): string {
  return `Note: after batch ${batch + 1} of epoch ${epoch + 1} the loss is ${loss}. What usually helps: a new model with a smaller learning rate, x between 0 and 1, and in a loss of your own no logarithm of 0 and no division by 0. callbacks: terminateOnNaN() ends training here.`;
}

function largeInputs(largest: number): string {
  const divisor = largest > 128 && largest <= 255 ? 255 : 'the largest value';
  return `Note: x holds numbers up to ${Math.round(largest)}. Networks learn best from numbers between 0 and 1: divide by ${divisor}, here and wherever this model is used, or begin the model with tf.layers.rescaling({scale: 1 / ${divisor === 255 ? 255 : Math.round(largest)}}).`;
}

/** Whether weights are the first that meet the layer's output. */
function isWeighedRaw(layer: tf.layers.Layer): boolean {
  return layer.outboundNodes.some(({outboundLayer}) => {
    const name = outboundLayer.getClassName();
    return WEIGHING.test(name) || (PASSING.test(name) && isWeighedRaw(outboundLayer));
  });
}
