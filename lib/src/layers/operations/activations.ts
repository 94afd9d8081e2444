// Activations, called as functions.
import {tf} from '../../tfjs/tensorflow';
import {along, isWhere, oneSided, overLast, type Operation, type Operations} from './kinds';

const shapeKept =
  (operation: (...given: Parameters<Operation>) => tf.Tensor): Operation =>
  (operands, given) =>
    operation(operands, given).reshape(operands[0]!.shape);
const hardSigmoid = (x: tf.Tensor) => x.add(3).clipByValue(0, 6).div(6);
const exponentialBelow = (x: tf.Tensor, alpha: number, width: number) =>
  x.relu().add(x.minimum(0).div(width).exp().sub(1).mul(alpha));

export const ACTIVATIONS: Operations = {
  tanh: oneSided((x) => x.tanh()),
  relu: oneSided((x) => x.relu()),
  relu6: oneSided((x) => x.clipByValue(0, 6)),
  sigmoid: oneSided((x) => x.sigmoid()),
  hardSigmoid: oneSided(hardSigmoid),
  softplus: oneSided((x) => tf.softplus(x)),
  softsign: oneSided((x) => x.div(x.abs().add(1))),
  silu: oneSided((x) => x.mul(x.sigmoid())),
  hardSilu: oneSided((x) => x.mul(hardSigmoid(x))),
  logSigmoid: oneSided((x) => tf.softplus(x.neg()).neg()),
  selu: oneSided((x) => x.selu()),
  elu: ([x], {alpha = 1}) => exponentialBelow(x!, alpha as number, 1),
  celu: ([x], {alpha = 1}) => exponentialBelow(x!, alpha as number, alpha as number),
  leakyRelu: ([x], {negativeSlope = 0.2}) => tf.leakyRelu(x!, negativeSlope as number),
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
  hardTanh: oneSided((x) => x.clipByValue(-1, 1)),
  tanhShrink: oneSided((x) => x.sub(x.tanh())),
  softShrink: ([x], {threshold = 0.5}) =>
    x!.sign().mul(
      x!
        .abs()
        .sub(threshold as number)
        .relu(),
    ),
  hardShrink: ([x], {threshold = 0.5}) => x!.mul(tf.step(x!.abs().sub(threshold as number))),
  threshold: ([x], {threshold, defaultValue}) =>
    tf.where(isWhere((each) => each.greater(threshold as number))(x!), x!, tf.scalar(defaultValue as number)),
  squareplus: ([x], {b = 4}) => x!.add(x!.square().add(b as number).sqrt()).div(2), // prettier-ignore
  sparseSigmoid: oneSided((x) => x.clipByValue(-1, 1).add(1).div(2)),
  sparsePlus: oneSided((x) =>
    tf.where(isWhere((each) => each.greaterEqual(1))(x), x, x.clipByValue(-1, 1).add(1).square().div(4)),
  ),
  softmax: shapeKept(along((x, axis) => overLast(x, axis, (each) => each.softmax()))),
  logSoftmax: shapeKept(along((x, axis) => overLast(x, axis, (each) => each.logSoftmax()))),
};
