// Numbers of 16 bits, which TensorFlow.js lacks: those of 32 bits that are nearest to what the narrower type has.
import {tf} from '../../tfjs/tensorflow';

/** To so many bits of precision; a number halfway goes to the even one. */
function toBits(x: tf.Tensor, bits: number): tf.Tensor {
  // Dekker's way to split a number: what is left of a multiple of it that is larger by the bits that go.
  const multiple = x.mul(2 ** (24 - bits) + 1);
  return multiple.sub(multiple.sub(x));
}

/** Of 8 bits of precision, and as large as those of 32 bits. */
function bfloat16(x: tf.Tensor): tf.Tensor {
  const isLarge = x.abs().greater(2 ** 100);
  return tf.where(isLarge, toBits(x.mul(2 ** -64), 8).mul(2 ** 64), toBits(x, 8));
}

/** Of 11 bits of precision up to 65504, and of steps of 2^-24 near 0. */
function float16(x: tf.Tensor): tf.Tensor {
  const size = x.abs();
  const near0 = x.add(0.75).sub(0.75);
  const rounded = tf.where(size.less(2 ** -14), near0, toBits(x, 11));
  return tf.where(size.less(65520), rounded, x.mul(Infinity));
}

/** As a narrower type of floating-point numbers has it; its gradient, too, comes through that type. */
export function narrowed(x: tf.Tensor, dtype: 'float16' | 'bfloat16'): tf.Tensor {
  const round = dtype === 'float16' ? float16 : bfloat16;
  // What isn't finite stays what it is.
  const throughType = (numbers: tf.Tensor) => tf.where(numbers.isFinite(), round(numbers), numbers);
  return tf.customGrad((numbers) => ({
    value: throughType(numbers as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => throughType(dy),
  }))(x);
}
