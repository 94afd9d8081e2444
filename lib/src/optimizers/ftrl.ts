import {notNegative, number} from '../arguments/kinds';
import {tf} from '../tfjs/tensorflow';
import {createOptimizer} from './createOptimizer';
import type {KerasOptimizer} from './optimizer';
import type {OptimizerOptions, Rule} from './rule';

/** How weights are kept small. */
export interface FtrlOptions extends OptimizerOptions {
  /** At most 0; at 0 the step is the learning rate itself. Default -0.5. */
  learningRatePower?: number;
  /** What the sum of squares begins with. Default 0.1. */
  initialAccumulatorValue?: number;
  /** Default 0. */
  l1RegularizationStrength?: number;
  /** Default 0. */
  l2RegularizationStrength?: number;
  /** Pulls on the gradient rather than on the weight. Default 0. */
  l2ShrinkageRegularizationStrength?: number;
  /** Default 0. */
  beta?: number;
}

export const FTRL: Rule = {
  name: 'Ftrl',
  defaults: {
    learningRate: 0.001,
    learningRatePower: -0.5,
    initialAccumulatorValue: 0.1,
    l1RegularizationStrength: 0,
    l2RegularizationStrength: 0,
    l2ShrinkageRegularizationStrength: 0,
    beta: 0,
  },
  kinds: {
    learningRatePower: {
      ...number,
      expected: 'at most 0',
      fits: (value) => number.fits(value) && (value as number) <= 0,
    },
    initialAccumulatorValue: notNegative,
    l1RegularizationStrength: notNegative,
    l2RegularizationStrength: notNegative,
    l2ShrinkageRegularizationStrength: notNegative,
    beta: notNegative,
  },
  slots: () => [['accumulator', 'linear']],
  initial: ({initialAccumulatorValue}) => ({accumulator: initialAccumulatorValue as number}),
  update({gradient, weight, slots, rate, settings}) {
    const {learningRatePower, l1RegularizationStrength: l1, beta, ...strengths} = settings as Record<string, number>;
    const power = (sum: tf.Tensor) => sum.pow(-learningRatePower!);
    const l2 = tf.div(beta! / 2, rate).add(strengths.l2RegularizationStrength!);
    const pulled = gradient.add(weight.mul(2 * strengths.l2ShrinkageRegularizationStrength!));
    const accumulator = slots.accumulator!.add(gradient.square());
    const change = power(accumulator).sub(power(slots.accumulator!)).div(rate);
    const linear = slots.linear!.add(pulled.sub(change.mul(weight)));
    const quadratic = power(accumulator).div(rate).add(l2.mul(2));
    return {weight: linear.clipByValue(-l1!, l1!).sub(linear).div(quadratic), slots: {accumulator, linear}};
  },
};

/**
 * Follow the regularized leader: for many weights that are mostly 0.
 *
 * @param options What differs from Keras's defaults.
 * @returns An optimizer for `model.compile`.
 * @throws Error for options that it doesn't know or that are out of range.
 *
 * @example
 * model.compile({optimizer: optimizers.ftrl({l1RegularizationStrength: 0.001}), loss: 'categoricalCrossentropy'});
 */
export function ftrl(options: FtrlOptions = {}): KerasOptimizer {
  return createOptimizer('optimizers.ftrl', FTRL, options);
}
