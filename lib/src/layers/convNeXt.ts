// The two layers that keras.applications.ConvNeXt brings with it.
import {OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

/** Each channel times a weight of its own, which begins at `initValues`. */
class LayerScale extends OwnLayer {
  static readonly className = 'LayerScale';
  private gamma?: tf.LayerVariable;

  override build(): void {
    const {projectionDim, initValues} = this.given as {projectionDim: number; initValues: number};
    this.gamma = this.addWeight('gamma', [projectionDim], 'float32', tf.initializers.constant({value: initValues}));
    this.built = true;
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    return x!.mul(this.gamma!.read());
  }
}

/** Whole examples are dropped while training, and those that stay are made larger by as much. */
class StochasticDepth extends OwnLayer {
  static readonly className = 'StochasticDepth';

  protected compute([x]: tf.Tensor[], {training}: {training?: boolean}): tf.Tensor {
    if (training !== true) return x!.clone();
    const [count, ...others] = x!.shape;
    return tf.dropout(x!, this.given.dropPathRate as number, [count, ...others.map(() => 1)]);
  }
}

register(LayerScale, StochasticDepth);
