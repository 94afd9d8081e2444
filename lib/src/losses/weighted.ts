import {functionNamed, type LossFunction} from '../tfjs/functionNames';
import {tf} from '../tfjs/tensorflow';
import {valuesOf} from './keras';
import {lossConfigurationOf, withConfiguration} from './configured';

/**
 * A loss that counts so much in the sum of several: Keras's loss_weights.
 *
 * @param loss by tfjs's name, or one with options
 */
export function weighted(loss: string | LossFunction, weight: number): LossFunction {
  const given = typeof loss === 'string' ? functionNamed(loss) : loss;
  const {
    name = loss as string,
    options = {},
    values = valuesOf('loss', given),
    reduction,
    counts,
  } = lossConfigurationOf(given) ?? {};
  const f = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.tidy(() => given(yTrue, yPred).mul(weight));
  return withConfiguration(f, {name, options, values, weight, reduction, counts});
}
