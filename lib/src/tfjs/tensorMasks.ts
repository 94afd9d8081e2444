// The masks that tensors have, of which Keras 3 knows two: the one that a tensor has where the network is drawn, and the one that
// a layer finds with it on computing. They differ behind MultiHeadAttention, which on computing takes the masks of its inputs
// away, so that what comes to these later finds none (call() in keras/src/layers/attention/multi_head_attention.py).
import type {tf} from './tensorflow';

export type Mask = tf.Tensor | undefined;

const drawn = new WeakMap<tf.Tensor, Mask>();
/** Where they are others than the drawn ones. */
const found = new WeakMap<tf.Tensor, Mask>();

const alive = (mask: Mask): Mask => (mask?.isDisposed === false ? mask : undefined);

export const drawnMask = (tensor: tf.Tensor): Mask => alive(drawn.get(tensor));
export const foundMask = (tensor: tf.Tensor): Mask =>
  found.has(tensor) ? alive(found.get(tensor)) : drawnMask(tensor);

/** Gives a tensor its masks. */
export function setMasks(tensor: tf.Tensor, asDrawn: Mask, asFound: Mask): void {
  if (asDrawn) drawn.set(tensor, asDrawn);
  else drawn.delete(tensor);
  if (asFound === asDrawn) found.delete(tensor);
  else found.set(tensor, asFound);
}

/** Leaves a tensor's mask to those that have it from the drawing. */
export function takeMask(tensor: tf.Tensor): void {
  setMasks(tensor, drawnMask(tensor), undefined);
}
