// tfjs looks for a way back through the comparison by which Masking finds padding, and there is none: behind a layer that learns
// it couldn't train ("gradient function not found for Any"). Importing this file keeps the comparison out of the gradient.
import {tf} from './tensorflow';

// As in tfjs-layers 4.22, which keeps its classes private.
interface Masking extends Pick<tf.layers.Layer, 'call' | 'computeMask'> {
  maskValue: number;
}

const {prototype} = tf.layers.masking().constructor as unknown as {prototype: Masking};

prototype.computeMask = function (this: Masking, inputs) {
  return stepsIn([inputs].flat()[0]!, this.maskValue);
};

prototype.call = function (this: Masking, inputs) {
  return tf.tidy(() => {
    const x = [inputs].flat()[0]!;
    return x.mul(stepsIn(x, this.maskValue).expandDims(-1).cast(x.dtype));
  });
};

/** Which steps are no padding. What isn't handed to customGrad as an input, nothing leads back to. */
function stepsIn(x: tf.Tensor, maskValue: number): tf.Tensor {
  const find = tf.customGrad(() => ({value: tf.tidy(() => x.notEqual(maskValue).any(-1)), gradFunc: () => []}));
  return find();
}
