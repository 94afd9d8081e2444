// tfjs takes the slope of |x| at 0 for -1: a bias of 0, as all begin, ran away from its L1 penalty, and a prediction without an
// absolute error was pushed away. Importing this file makes the slope there 0, as TensorFlow has it.
import {tf} from './tensorflow';

tf.registerGradient({
  kernelName: 'Abs',
  inputsToSave: ['x'],
  gradFunc: (gradient, [x]) => ({x: () => (gradient as tf.Tensor).mul(x!.toFloat().sign())}),
});
