import {tf} from './tensorflow';

/** The merges in which Keras 3 leaves padding out. */
export const MASKED_MERGES: ReadonlySet<string> = new Set(['Multiply', 'Maximum', 'Minimum']);

/** One of those merges, where padding of one input doesn't count; `given` are the inputs' masks. */
export function mergedUnder(className: string, inputs: tf.Tensor[], given: (tf.Tensor | undefined)[]): tf.Tensor {
  const wide = given.map((mask) => mask?.expandDims(-1));
  if (className === 'Multiply') {
    const factors = inputs.map((x, i) => (wide[i] ? tf.where(wide[i], x, 1) : x));
    const product = factors.reduce((a, b) => a.mul(b));
    return wide.every(Boolean)
      ? tf.where(
          (wide as tf.Tensor[]).reduce((a, b) => tf.logicalOr(a, b)),
          product,
          0,
        )
      : product;
  }
  const merge = className === 'Maximum' ? tf.maximum : tf.minimum;
  let [output, seen] = [inputs[0]!, wide[0]];
  inputs.slice(1).forEach((input, i) => {
    const mask = wide[i + 1];
    const x = mask ? tf.where(mask, input, output) : input;
    output = merge(seen ? tf.where(seen, output, x) : output, x);
    seen = mask && seen ? tf.logicalOr(seen, mask) : undefined;
  });
  return output;
}
