// tf.image.transform shifts, turns and zooms whole batches. TensorFlow has the operation for it, but tfjs-node 4.22
// doesn't tell TensorFlow.js so ("Kernel 'Transform' not registered"). Importing this file fixes that.
import {AttributeType, DataType, runOperation} from './binding';
import {tf} from './tensorflow';

interface TransformAttributes {
  interpolation: string;
  fillMode: string;
  fillValue: number;
  outputShape?: [number, number];
}

const transform: tf.KernelFunc = ({inputs, attrs}) => {
  const {image, transforms} = inputs as {image: tf.Tensor4D; transforms: tf.Tensor2D};
  const {interpolation, fillMode, fillValue, outputShape} = attrs as unknown as TransformAttributes;
  const [height, width] = outputShape ?? [image.shape[1], image.shape[2]];
  const attributes = [
    {name: 'dtype', type: AttributeType.type, value: DataType.float},
    {name: 'interpolation', type: AttributeType.string, value: interpolation.toUpperCase()},
    {name: 'fill_mode', type: AttributeType.string, value: fillMode.toUpperCase()},
  ];
  return tf.tidy(() =>
    runOperation('ImageProjectiveTransformV3', attributes, [
      image,
      transforms,
      tf.tensor1d([height, width], 'int32'),
      tf.scalar(fillValue),
    ]),
  );
};

const kernel = {kernelName: 'Transform', backendName: 'tensorflow', kernelFunc: transform};
// The declarations don't say that there may be none.
const known = tf.getKernel(kernel.kernelName, kernel.backendName) as tf.KernelConfig | undefined;
if (known === undefined) tf.registerKernel(kernel);
