// tfjs's BatchNormalization reads its scale and its shift when it trains, whether or not it has them, takes padding for data,
// knows nothing of more than four axes, and has no gradient along another than the last. Importing this file lets a layer with
// `center: false` or `scale: false` train: with a shift of 0, a scale of 1; leaves steps that are masked out of the mean and the
// variance, as Keras does (layers/normalization/batch_normalization.py); and normalizes videos and volumes, along any axis.
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

// As in tfjs-layers 4.22, which keeps its classes private.
export interface BatchNormalization {
  call: (
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: {training?: boolean; mask?: tf.Tensor | null},
  ) => tf.Tensor | tf.Tensor[];
  axis: number;
  epsilon: number;
  momentum: number;
  gamma?: {read(): tf.Tensor};
  beta?: {read(): tf.Tensor};
  movingMean: tf.LayerVariable;
  movingVariance: tf.LayerVariable;
}

/** The class's, which its layers share. */
export const {prototype} = tf.layers.batchNormalization().constructor as unknown as {prototype: BatchNormalization};
const usual = prototype.call;

prototype.call = function (this: BatchNormalization, inputs, kwargs) {
  const size = this.movingMean.shape as number[];
  const missing = {
    ...(this.gamma ? {} : {gamma: {read: () => tf.ones(size)}}),
    ...(this.beta ? {} : {beta: {read: () => tf.zeros(size)}}),
  };
  return withReplaced<BatchNormalization, tf.Tensor | tf.Tensor[]>(this, missing, () => {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    if (kwargs.training === true && isMask(kwargs.mask, x))
      return tf.tidy(() => normalizedUnder(this, x, kwargs.mask!));
    const isUsual = x.rank <= 4 && channelsOf(this, x) === x.rank - 1;
    return isUsual ? usual.call(this, inputs, kwargs) : tf.tidy(() => normalizedInRows(this, x, kwargs));
  });
};

function channelsOf({axis}: BatchNormalization, {rank}: tf.Tensor): number {
  return axis < 0 ? axis + rank : axis;
}

/** As rows of channels. */
function normalizedInRows(layer: BatchNormalization, x: tf.Tensor, kwargs: {training?: boolean}): tf.Tensor {
  const [last, channels] = [x.rank - 1, channelsOf(layer, x)];
  const order = x.shape.map((_, i) => (i === channels ? last : i === last ? channels : i));
  const moved = channels === last ? x : x.transpose(order);
  const rows = moved.reshape([-1, moved.shape[last]!]);
  const found = withReplaced(layer, {axis: -1}, () => usual.call(layer, rows, kwargs) as tf.Tensor).reshape(
    moved.shape,
  );
  return channels === last ? found : found.transpose(order);
}

/** Whether it says of each step of a batch whether it counts. */
export function isMask(mask: tf.Tensor | null | undefined, x: tf.Tensor): boolean {
  return mask?.rank === x.rank - 1 && mask.shape.every((length, i) => length === x.shape[i]);
}

// Keras's, against a batch of nothing but padding.
const EPSILON = 1e-7;

/** All steps are normalized, by the mean and the variance of those that count. */
function normalizedUnder(layer: BatchNormalization, x: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  const channels = channelsOf(layer, x);
  const others = x.shape.map((_, i) => i).filter((i) => i !== channels);
  const counted = mask.toFloat().expandDims(-1).mul(tf.onesLike(x));
  const count = counted.sum(others, true).add(EPSILON);
  const meanOf = (values: tf.Tensor) => values.mul(counted).sum(others, true).div(count);
  const mean = meanOf(x);
  const difference = x.sub(mean);
  const variance = meanOf(difference.square());
  const follow = (average: tf.LayerVariable, value: tf.Tensor) => {
    const before = average.read();
    average.write(before.sub(before.sub(value.reshape(before.shape)).mul(1 - layer.momentum)));
  };
  follow(layer.movingMean, mean);
  follow(layer.movingVariance, variance);
  const alongside = (weight: tf.Tensor) => weight.reshape(mean.shape);
  const scaled = difference.mul(variance.add(layer.epsilon).rsqrt()).mul(alongside(layer.gamma!.read()));
  return scaled.add(alongside(layer.beta!.read()));
}
