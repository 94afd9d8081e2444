// tfjs's LayerNormalization asks for the gradients of its scale and its shift, whether or not it has them. Importing this file
// lets a layer with `center: false` or `scale: false` train: with a shift of 0, a scale of 1.
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

// As in tfjs-layers 4.22, which keeps its classes private.
interface LayerNormalization extends Pick<tf.layers.Layer, 'call'> {
  /** Counted from the beginning, once it is built. */
  axis: number[];
  center: boolean;
  scale: boolean;
  gamma: {read(): tf.Tensor} | null;
  beta: {read(): tf.Tensor} | null;
}

const {prototype} = tf.layers.layerNormalization().constructor as unknown as {prototype: LayerNormalization};
const usual = prototype.call;

prototype.call = function (this: LayerNormalization, inputs, kwargs) {
  const {shape} = [inputs].flat()[0]!;
  const size = this.axis.map((axis) => shape[axis]!);
  const missing = {
    ...(this.scale ? {} : {scale: true, gamma: {read: () => tf.ones(size)}}),
    ...(this.center ? {} : {center: true, beta: {read: () => tf.zeros(size)}}),
  };
  return withReplaced<LayerNormalization, tf.Tensor | tf.Tensor[]>(this, missing, () =>
    usual.call(this, inputs, kwargs),
  );
};
