// tfjs has no gradient for convolutions whose kernels are spread out by a dilation rate, though TensorFlow computes them
// forwards. Of a picture's pixels such a kernel sees, from wherever it stands, only every second (or third), so that it
// works like a dense kernel on each of the smaller pictures that these make up. Importing this file gives conv1d, conv2d,
// conv3d and their depthwise and separable kin this gradient.
import {tf} from './tensorflow';

interface ConvolutionAttributes {
  dilations?: number | number[] | null;
  pad: number | 'valid' | 'same';
  dataFormat?: string;
}

/** The usual gradient; with a dilation rate above 1, that of a dense kernel on the pictures taken apart. */
function takenApart(usual: tf.GradFunc): tf.GradFunc {
  return (given, saved, attributes) => {
    const {dilations, pad, dataFormat} = attributes as unknown as ConvolutionAttributes;
    const [x, filter] = saved as [tf.Tensor, tf.Tensor];
    const dy = given as tf.Tensor;
    const sizes = x.shape.slice(1, -1);
    const rates = sizes.map((_, i) => (Array.isArray(dilations) ? dilations[i]! : (dilations ?? 1)));
    if (rates.every((rate) => rate === 1) || dataFormat?.startsWith('NC') === true) {
      return usual(given, saved, attributes);
    }
    // tfjs allows no stride beside a dilation rate.
    const reach = rates.map((rate, i) => (filter.shape[i]! - 1) * rate);
    const outputs = dy.shape.slice(1, -1);
    const edges = sizes.map((size, i): [number, number] => {
      const padding = outputs[i]! + reach[i]! - size;
      const before = pad === 'valid' ? 0 : typeof pad === 'number' ? pad : Math.floor(padding / 2);
      return [before, roundUp(outputs[i]! + reach[i]!, rates[i]!) - size - before];
    });
    const beyond = outputs.map((size, i): [number, number] => [0, roundUp(size + reach[i]!, rates[i]!) - reach[i]! - size]);
    const dense = usual(tf.spaceToBatchND(dy, rates, beyond), [tf.spaceToBatchND(x, rates, edges), filter], {
      ...attributes,
      strides: rates.map(() => 1),
      dilations: rates.map(() => 1),
      pad: 'valid',
    });
    return {x: () => tf.batchToSpaceND(dense.x!(), rates, edges), filter: dense.filter!};
  };
}

function roundUp(size: number, rate: number): number {
  return Math.ceil(size / rate) * rate;
}

for (const kernelName of ['Conv2D', 'Conv3D', 'DepthwiseConv2dNative']) {
  const gradient = tf.getGradient(kernelName);
  tf.registerGradient({...gradient, gradFunc: takenApart(gradient.gradFunc)});
}
