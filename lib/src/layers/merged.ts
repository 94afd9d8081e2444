// Merges of several inputs that TensorFlow.js lacks, or has with less than Keras.
import {classOf, OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

type Shapes = tf.Shape | tf.Shape[];

/** With axes of 1 behind the examples where the other has more axes, as in Keras's other merges. */
const filledUp = <Size>(shape: readonly Size[], rank: number, one: Size): Size[] => [
  ...shape.slice(0, 1),
  ...Array.from({length: rank - shape.length}, () => one),
  ...shape.slice(1),
];

class Subtract extends OwnLayer {
  static readonly className = 'Subtract';

  override computeOutputShape(inputShape: Shapes): Shapes {
    const shapes = inputShape as tf.Shape[];
    const rank = Math.max(...shapes.map((shape) => shape.length));
    const [first, second] = shapes.map((shape) => filledUp<number | null>(shape, rank, 1));
    return first!.map((size, axis) => (size === 1 ? second![axis]! : size));
  }

  protected compute(inputs: tf.Tensor[]): tf.Tensor {
    const rank = Math.max(...inputs.map((x) => x.rank));
    const [first, second] = inputs.map((x) => x.reshape(filledUp(x.shape, rank, 1)));
    return first!.sub(second!);
  }
}

interface Joining extends tf.layers.Layer {
  axis: number;
  mergeFunction(inputs: tf.Tensor[]): tf.Tensor;
}

/** Along an axis that is counted from the end; TensorFlow.js takes the last one for each of them. */
class Concatenate extends classOf<Joining>(tf.layers.concatenate()) {
  static readonly className = 'Concatenate';

  override mergeFunction(inputs: tf.Tensor[]): tf.Tensor {
    return tf.concat(inputs, this.axis < 0 ? this.axis + inputs[0]!.rank : this.axis);
  }
}

/** A residual block's end in InceptionResNetV2: the first input, and a part of the second. */
class CustomScaleLayer extends OwnLayer {
  static readonly className = 'CustomScaleLayer';

  override computeOutputShape(inputShape: Shapes): Shapes {
    return (inputShape as tf.Shape[])[0]!;
  }

  protected compute([first, second]: tf.Tensor[]): tf.Tensor {
    return first!.add(second!.mul(this.given.scale as number));
  }
}

register(Subtract, Concatenate, CustomScaleLayer);
