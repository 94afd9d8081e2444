import {tf} from '../tfjs/tensorflow';
import type {Settings} from './rule';

/** Gradients that aren't too long, by the one of Keras's three rules that is set. */
export function clipped(gradients: tf.Tensor[], settings: Settings): tf.Tensor[] {
  const {clipnorm, globalClipnorm, clipvalue} = settings as Partial<Record<string, number>>;
  if (clipnorm) return gradients.map((each) => byNorm(each, clipnorm));
  if (globalClipnorm) return byGlobalNorm(gradients, globalClipnorm);
  if (clipvalue) return gradients.map((each) => each.clipByValue(-clipvalue, clipvalue));
  return gradients;
}

/** A gradient of nothing stays so. */
function byNorm(gradient: tf.Tensor, most: number): tf.Tensor {
  const norm = gradient.square().sum().sqrt();
  return gradient.mul(most).div(norm.maximum(most));
}

/** NaN and infinity come out as NaN, as in Keras. */
function byGlobalNorm(gradients: tf.Tensor[], most: number): tf.Tensor[] {
  const squares = gradients.map((each) => each.square().sum());
  const norm = tf.stack(squares).sum().sqrt();
  const factor = tf.minimum(tf.div(1, norm), 1 / most).mul(most);
  const scale = factor.add(norm.sub(norm));
  return gradients.map((each) => each.mul(scale));
}
