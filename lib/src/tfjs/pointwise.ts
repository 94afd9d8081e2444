// TensorFlow 2.21's gradient of a convolution's 1 x 1 kernels, with a stride above 1 and few channels, writes outside its
// memory on processors with AVX-512 (oneDNN; Python's TensorFlow dies of it, too). Such a kernel sees nothing but every
// second pixel, or third, so that the pixels can be picked first: the same numbers, without the operation that kills the
// process. Importing this file fixes it, for conv1d, conv2d and the transposed convolution alike.
import {tf} from './tensorflow';

interface GradientAttributes {
  strides: number | [number, number];
  pad: number | 'valid' | 'same';
  dataFormat: 'NHWC' | 'NCHW';
  filterShape: [number, number, number, number];
}

const kernelName = 'Conv2DBackpropFilter';
const backendName = 'tensorflow';

/** The usual gradient, but for 1 x 1 kernels with a stride. */
function withoutStrides(usual: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const {strides, pad, dataFormat, filterShape} = call.attrs as unknown as GradientAttributes;
    const [down, right] = typeof strides === 'number' ? [strides, strides] : strides;
    const isPointwise = filterShape[0] === 1 && filterShape[1] === 1 && (down > 1 || right > 1);
    // tfjs-node refuses padding by a number, with words of its own.
    if (!isPointwise || typeof pad === 'number' || dataFormat !== 'NHWC') return usual(call);
    const {x, dy} = call.inputs as {x: tf.Tensor4D; dy: tf.Tensor4D};
    const picked = tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, down, right, 1]);
    try {
      return usual({...call, inputs: {x: picked, dy}, attrs: {...call.attrs, strides: 1, pad: 'valid'}});
    } finally {
      picked.dispose();
    }
  };
}

const kernel = tf.getKernel(kernelName, backendName);
tf.unregisterKernel(kernelName, backendName);
tf.registerKernel({...kernel, kernelFunc: withoutStrides(kernel.kernelFunc)});
