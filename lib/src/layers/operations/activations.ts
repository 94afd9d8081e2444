// Activations, called as functions.
import {tf} from '../../tfjs/tensorflow';
import {along, cast, floating, isWhere, oneSided, overLast, type Operation, type Operations} from './kinds';

const shapeKept =
  (operation: (...given: Parameters<Operation>) => tf.Tensor): Operation =>
  (operands, given) =>
    operation(operands, given).reshape(operands[0]!.shape);
const hardSigmoid = (x: tf.Tensor) => x.add(3).clipByValue(0, 6).div(6);
const exponentialBelow = (x: tf.Tensor, alpha: number, width: number) =>
  x.minimum(0).div(width).exp().sub(1).mul(alpha);

export const ACTIVATIONS: Operations = {
  tanh: floating((x) => x.tanh()),
  relu: oneSided((x) => x.relu()),
  relu6: oneSided((x) => tf.relu6(x)),
  sigmoid: floating((x) => x.sigmoid()),
  hardSigmoid: floating(hardSigmoid),
  softplus: floating((x) => tf.softplus(x)),
  softsign: floating((x) => x.div(x.abs().add(1))),
  silu: floating((x) => x.mul(x.sigmoid())),
  hardSilu: floating((x) => x.mul(hardSigmoid(x))),
  logSigmoid: floating((x) => tf.softplus(x.neg()).neg()),
  selu: floating((x) => x.selu()),
  elu: ([x], {alpha = 1}) => x!.relu().add(exponentialBelow(x!, alpha as number, 1)),
  // With maximum, as in Keras, the slope at 0 is that of both sides.
  celu: ([x], {alpha = 1}) => x!.maximum(0).add(exponentialBelow(x!, alpha as number, alpha as number)),
  leakyRelu: ([x], {negativeSlope = 0.2}) => tf.leakyRelu(x!.toFloat(), negativeSlope as number),
  gelu: ([x], {approximate = true}) => {
    const inner =
      approximate === true
        ? x!
            .add(x!.pow(3).mul(0.044715))
            .mul(Math.sqrt(2 / Math.PI))
            .tanh()
        : x!.mul(Math.SQRT1_2).erf();
    return x!.mul(inner.add(1)).div(2);
  },
  glu: along((x, axis) => {
    const [value, gate] = tf.split(x, 2, axis);
    return value!.mul(gate!.sigmoid());
  }),
  hardTanh: floating((x) => x.clipByValue(-1, 1)),
  tanhShrink: floating((x) => x.sub(x.tanh())),
  // What is no number becomes 0, as in Keras.
  softShrink: ([x], {threshold = 0.5}) =>
    tf.where(
      isWhere((each) => each.abs().greater(threshold as number))(x!),
      x!.sub(x!.sign().mul(threshold as number)),
      x!.toFloat().zerosLike(),
    ),
  hardShrink: ([x], {threshold = 0.5}) =>
    tf.where(isWhere((each) => each.abs().greater(threshold as number))(x!), x!, x!.zerosLike()),
  threshold: ([x], {threshold, defaultValue}) =>
    tf.where(
      isWhere((each) => each.greater(threshold as number))(x!),
      x!,
      cast(tf.scalar(defaultValue as number), x!.dtype),
    ),
  squareplus: ([x], {b = 4}) => x!.add(x!.square().add(b as number).sqrt()).div(2), // prettier-ignore
  sparseSigmoid: floating((x) => x.clipByValue(-1, 1).add(1).div(2)),
  sparsePlus: floating((x) =>
    tf.where(isWhere((each) => each.greaterEqual(1))(x), x, x.clipByValue(-1, 1).add(1).square().div(4)),
  ),
  softmax: shapeKept(along((x, axis) => overLast(x, axis, (each) => each.softmax()))),
  logSoftmax: shapeKept(along((x, axis) => overLast(x, axis, (each) => each.logSoftmax()))),
};
