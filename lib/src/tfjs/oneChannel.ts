// TensorFlow 2.21 works out the gradient of a convolution by its input wrongly on processors with AVX-512, where a kernel leads
// from one channel to one: the transposed convolution of [[1, 0], [0, 2]] with a kernel of four numbers gives two of them
// (oneDNN; in Python, too). With a second channel of zeros the same numbers come out right.
import type {tf as TensorFlow} from './tensorflow';

const KERNELS = ['Conv2DBackpropInput', 'Conv3DBackpropInputV2'];
const backendName = 'tensorflow';

/** Mends both operations, for gradients and for transposed convolutions alike, on every road that leads to them. */
export function mendOneChannel(tf: typeof TensorFlow): void {
  for (const kernelName of KERNELS) {
    const kernel = tf.getKernel(kernelName, backendName);
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({...kernel, kernelFunc: withTwoFilters(tf, kernel.kernelFunc)});
  }
}

function withTwoFilters(tf: typeof TensorFlow, usual: TensorFlow.KernelFunc): TensorFlow.KernelFunc {
  const widened = (tensor: TensorFlow.Tensor) =>
    tf.pad(
      tensor,
      tensor.shape.map((_, axis): [number, number] => [0, axis === tensor.rank - 1 ? 1 : 0]),
    );
  return (call) => {
    const {dy, filter} = call.inputs as {dy: TensorFlow.Tensor; filter: TensorFlow.Tensor};
    const {dataFormat} = call.attrs as {dataFormat?: string};
    const [channels, filters] = filter.shape.slice(-2);
    if (channels !== 1 || filters !== 1 || dataFormat === 'NCHW') return usual(call);
    const inputs = {dy: widened(dy), filter: widened(filter)};
    try {
      return usual({...call, inputs});
    } finally {
      tf.dispose(inputs);
    }
  };
}
