import {AttributeType, type Attribute, dataTypes, DataType, runOperation} from './binding';
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

/** Kernels of tfjs-node that a recording does in other ways, which give the same numbers. */
const forRecording: Record<string, (usual: tf.KernelFunc) => tf.KernelFunc> = {
  GatherV2: () => gather,
  Step: stepOr,
};

/** Runs `f` with kernels that suit a recording. */
export function withKernelsForRecording<T>(f: () => T): T {
  return Object.entries(forRecording).reduce<() => T>((inner, [name, instead]) => {
    // The registry's own object, which the engine reads at every call.
    const kernel = tf.getKernel(name, 'tensorflow');
    return () => withReplaced(kernel, {kernelFunc: instead(kernel.kernelFunc)}, inner);
  }, f)();
}

/** Doesn't look at the indices: tfjs-node checks them in JavaScript, and TensorFlow again. */
const gather: tf.KernelFunc = ({inputs, attrs}) => {
  const {axis, batchDims} = attrs as {axis: number; batchDims: number};
  const [x, indices] = [inputs.x, inputs.indices] as [tf.Tensor, tf.Tensor];
  const attributes = [
    {name: 'batch_dims', type: AttributeType.int, value: batchDims},
    typeAttribute('Tparams', dataTypes[x.dtype as keyof typeof dataTypes]),
    typeAttribute('Tindices', DataType.int32),
    typeAttribute('Taxis', DataType.int32),
  ];
  return tf.tidy(() => runOperation('GatherV2', attributes, [x, indices, tf.scalar(axis, 'int32')]));
};

/**
 * x > 0 as a number, and NaN where x is NaN. tfjs-node fills arrays with ones and zeros for it, in JavaScript and as large
 * as x: for a few relus as much work as the rest of the step.
 */
function stepOr(usual: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const x = call.inputs.x as tf.Tensor;
    if ((call.attrs as {alpha: number}).alpha !== 0 || x.dtype !== 'float32') return usual(call);
    const type = [typeAttribute('T', DataType.float)];
    const cast = [typeAttribute('SrcT', DataType.bool), typeAttribute('DstT', DataType.float)];
    return tf.tidy(() => {
      const isPositive = runOperation('Greater', type, [x, tf.scalar(0)]);
      const asNumber = runOperation('Cast', cast, [isPositive]);
      return runOperation('Select', type, [runOperation('IsNan', type, [x]), x, asNumber]);
    });
  };
}

function typeAttribute(name: string, value: number): Attribute {
  return {name, type: AttributeType.type, value};
}
