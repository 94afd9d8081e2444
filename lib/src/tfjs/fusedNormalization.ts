// Batch normalization as one operation of TensorFlow's, forward and backward. tfjs makes it of some thirty, each of which goes
// over the whole batch: in a small residual network half of a step's work.
import {AttributeType, DataType, otherBackend, runOperations} from './binding';
import {type BatchNormalization, isMask, prototype} from './normalization';
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

/**
 * Does `work` while batch normalization that trains is one operation. Only for the training step: its gradient has no
 * gradient of its own, which code of the user's may ask for elsewhere.
 */
export function withFusedNormalization<T>(work: () => T): T {
  return otherBackend() === undefined ? withReplaced<BatchNormalization, T>(prototype, {call: fused}, work) : work();
}

const usual = prototype.call;

const fused: BatchNormalization['call'] = function (this: BatchNormalization, inputs, kwargs) {
  const x = Array.isArray(inputs) ? inputs[0]! : inputs;
  const isLast = this.axis === -1 || this.axis === x.rank - 1;
  const isUsual = kwargs.training !== true || !isLast || x.dtype !== 'float32' || isMask(kwargs.mask, x);
  if (isUsual) return usual.call(this, inputs, kwargs);
  return tf.tidy(() => {
    const channels = x.shape.at(-1)!;
    const count = x.size / channels;
    const gamma = this.gamma?.read() ?? tf.ones([channels]);
    const beta = this.beta?.read() ?? tf.zeros([channels]);
    const {y, mean, variance} = normalized(x.reshape([count, 1, 1, channels]), gamma, beta, this.epsilon);
    const follow = (average: tf.LayerVariable, value: tf.Tensor) => {
      const before = average.read();
      average.write(before.sub(before.sub(value).mul(1 - this.momentum)));
    };
    follow(this.movingMean, mean);
    // TensorFlow's is an estimate for all the data there is, larger by n / (n - 1); Keras keeps the batch's own.
    follow(this.movingVariance, variance.mul((count - 1) / count));
    tf.dispose([mean, variance]);
    return y.reshape(x.shape);
  });
};

/** @returns The mean and the variance are the caller's to dispose. */
function normalized(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number) {
  const attributes = [
    {name: 'T', type: AttributeType.type, value: DataType.float},
    {name: 'U', type: AttributeType.type, value: DataType.float},
    {name: 'epsilon', type: AttributeType.float, value: epsilon},
    {name: 'data_format', type: AttributeType.string, value: 'NHWC'},
    {name: 'is_training', type: AttributeType.bool, value: true},
  ];
  let moments: tf.Tensor[] = [];
  const apply = tf.customGrad((...given) => {
    const [own, scale, shift, save] = given as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const nothing = tf.zeros([0]);
    const [value, mean, variance, ...reserved] = runOperations(
      'FusedBatchNormV3',
      attributes,
      [own, scale, shift, nothing, nothing],
      6,
    ) as [tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[]];
    moments = [tf.keep(mean), tf.keep(variance)];
    save([own, scale, ...reserved]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      runOperations('FusedBatchNormGradV3', attributes, [dy, ...saved], 5).slice(0, 3);
    return {value, gradFunc};
  });
  const y = apply(x, gamma, beta);
  return {y, mean: moments[0]!, variance: moments[1]!};
}
