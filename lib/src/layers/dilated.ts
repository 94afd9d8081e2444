import type {tf} from '../tfjs/tensorflow';

/**
 * A kernel with its dilation rate in it, as zeros between its numbers: TensorFlow.js has no gradient for a convolution
 * with a rate.
 *
 * @param kernel [...sizes, channels, filters]
 * @param rates one for each of the sizes
 */
export function spreadOut<Kernel extends tf.Tensor>(kernel: Kernel, rates: readonly number[]): Kernel {
  return rates.reduce<tf.Tensor>((spread, rate, axis) => {
    if (rate === 1) return spread;
    const {shape} = spread;
    const length = shape[axis]!;
    const none = (): [number, number] => [0, 0];
    const zeros = shape.map(none);
    const between = [...zeros.slice(0, axis + 1), [0, rate - 1] as [number, number], ...zeros.slice(axis + 1)];
    const filled = spread.expandDims(axis + 1).pad(between);
    const whole = [...shape.slice(0, axis), length * rate, ...shape.slice(axis + 1)];
    const used = [...shape.slice(0, axis), (length - 1) * rate + 1, ...shape.slice(axis + 1)];
    return filled.reshape(whole).slice(
      shape.map(() => 0),
      used,
    );
  }, kernel) as Kernel;
}
