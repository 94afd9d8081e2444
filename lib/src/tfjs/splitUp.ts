import {tf} from './tensorflow';

/**
 * `tf.split`, which has no gradient where there is but one part.
 *
 * @param parts how many equal ones, or how long each is
 */
export function splitUp(x: tf.Tensor, parts: number | number[], axis: number): tf.Tensor[] {
  const isWhole = Array.isArray(parts) ? parts.length === 1 : parts === 1;
  return isWhole ? [x] : tf.split(x, parts, axis);
}
