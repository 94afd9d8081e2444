// tfjs's BatchNormalization reads its scale and its shift when it trains, whether or not it has them. Importing this file
// lets a layer with `center: false` or `scale: false` train: with a shift of 0, a scale of 1.
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

// As in tfjs-layers 4.22, which keeps its classes private.
export interface BatchNormalization {
  call: (inputs: tf.Tensor | tf.Tensor[], kwargs: {training?: boolean}) => tf.Tensor | tf.Tensor[];
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
  return withReplaced<BatchNormalization, tf.Tensor | tf.Tensor[]>(this, missing, () =>
    usual.call(this, inputs, kwargs),
  );
};
