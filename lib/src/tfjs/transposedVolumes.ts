// tfjs has no gradient for the transposed convolution of volumes: conv3dTranspose predicts, and nothing that has it is trained.
// Importing this file adds what tfjs has for pictures: the gradients are the convolution that it turns round, and that one's
// by its kernel. (It is the gradient of conv3d by its input, too, so that those of second order come with it.)
import {tf} from './tensorflow';

interface Attributes {
  strides: number | [number, number, number];
  pad: 'valid' | 'same';
}

tf.registerGradient({
  kernelName: 'Conv3DBackpropInputV2',
  inputsToSave: ['dy', 'filter'],
  gradFunc: (gradient, saved, attributes) => {
    const [laid, kernel] = saved as [tf.Tensor5D, tf.Tensor5D];
    const {strides, pad} = attributes as unknown as Attributes;
    const volume = gradient as tf.Tensor5D;
    const ofKernel = {strides, pad, filterShape: kernel.shape};
    return {
      dy: () => tf.conv3d(volume, kernel, strides, pad),
      filter: () => tf.engine().runKernel<tf.Tensor>('Conv3DBackpropFilterV2', {x: volume, dy: laid}, ofKernel),
    };
  },
});
