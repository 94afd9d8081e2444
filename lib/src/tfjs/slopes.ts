// Where a function has a corner or a jump, tfjs takes another slope than TensorFlow, and a network that stands there learns
// something else. Importing this file makes them TensorFlow's (its gradients in tensorflow/python/ops/math_grad.py and nn_grad.py).
import {tf} from './tensorflow';

// -1 at 0: a bias of 0, as all begin, ran away from its L1 penalty, and a prediction without an absolute error was pushed away.
tf.registerGradient({
  kernelName: 'Abs',
  inputsToSave: ['x'],
  gradFunc: (gradient, [x]) => ({x: () => (gradient as tf.Tensor).mul(x!.toFloat().sign())}),
});

// Where several places share the largest value, such as all of a blank ground or all of padding, each got the whole slope:
// global max pooling learnt as many times as fast.
for (const kernelName of ['Max', 'Min']) {
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (gradient, [x, y], attributes) => {
      const given = (attributes.reductionIndices ?? attributes.axis) as number | number[] | null | undefined;
      const axes = tf.util.parseAxisParam(given ?? x!.shape.map((_, i) => i), x!.shape);
      const kept = x!.shape.map((size, i) => (axes.includes(i) ? 1 : size));
      return {
        x: () => {
          const there = x!.equal(y!.reshape(kept)).toFloat();
          return (gradient as tf.Tensor).reshape(kept).mul(there).div(there.sum(axes, true));
        },
      };
    },
  });
}

// None along the places that are looked up: tfjs gave the places themselves, and refused them where they had been computed from
// what a network learns, as the row of 1 that a class token is looked up by.
const lookup = tf.getGradient('GatherV2');
tf.registerGradient({
  ...lookup,
  gradFunc: (gradient, saved, attributes) => ({
    ...lookup.gradFunc(gradient, saved, attributes),
    indices: () => tf.zeros(saved[1]!.shape),
  }),
});

// 1 at 6, where a value stays that was brought there once before.
tf.registerGradient({
  kernelName: 'Relu6',
  inputsToSave: ['x'],
  gradFunc: (gradient, [x]) => ({
    x: () => (gradient as tf.Tensor).mul(x!.greater(0).logicalAnd(x!.less(6)).toFloat()),
  }),
});

// That of the side below at 0, which is the steeper one.
const SELU = {alpha: 1.6732632423543772, scale: 1.0507009873554805};
tf.registerGradient({
  kernelName: 'Selu',
  inputsToSave: ['x'],
  gradFunc: (gradient, [x]) => ({
    x: () => {
      const below = x!.minimum(0).exp().mul(SELU.alpha);
      return (gradient as tf.Tensor).mul(tf.where(x!.less(0), below, tf.onesLike(x!)).mul(SELU.scale));
    },
  }),
});

// That of the side below at 0; Keras's PReLU, relu(x) - alpha relu(-x), has none there.
tf.registerGradient({
  kernelName: 'Prelu',
  inputsToSave: ['x', 'alpha'],
  gradFunc: (given, [x, alpha]) => {
    const gradient = given as tf.Tensor;
    return {
      x: () => gradient.mul(tf.where(x!.less(0), tf.onesLike(x!).mul(alpha!), x!.sign())),
      alpha: () => {
        const axes = tf.broadcast_util.getReductionAxes(alpha!.shape, gradient.shape);
        const slope = gradient.mul(x!.minimum(0));
        return (axes.length > 0 ? slope.sum(axes) : slope).reshape(alpha!.shape);
      },
    };
  },
});

// That of the division without rounding: steps have none.
tf.registerGradient({
  kernelName: 'FloorDiv',
  inputsToSave: ['a', 'b'],
  gradFunc: (_, [a, b]) => ({a: () => tf.zerosLike(a!), b: () => tf.zerosLike(b!)}),
});
