// What Python does with a model's tensors without a layer: `x + 3`, `x[:, 1:]`, `keras.ops.mean(x)`. Keras keeps each as an
// operation, with its constants among the call's arguments; here it is a layer that has them as arguments of its own.
import {OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import {OPERATIONS, type Operation} from './operations';

type Shape = tf.Shape;

/** One operation of Keras's, by its name, with its constants where no tensor is: `{operation: 'add', constants: [null, 3]}`. */
export class KerasOperation extends OwnLayer {
  static readonly className = 'KerasOperation';

  private get operation(): Operation {
    const name = this.given.operation as string;
    const found = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
    if (!found) throw new Error(`layer '${this.name}': there is no operation '${name}'`);
    return found;
  }

  /** Tried on two numbers of examples: what changes with them stays open. */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    const [few, many] = [2, 3].map((count) =>
      tf.tidy(
        () => this.compute(this.spread(shapes).map((shape) => tf.zeros(shape.map((size) => size ?? count)))).shape,
      ),
    );
    return few!.map((size, i) => (size === many![i] ? size : null));
  }

  protected compute(inputs: tf.Tensor[]): tf.Tensor {
    const {constants} = this.given as {constants?: (number | null)[]};
    if (!constants) return this.operation(inputs, this.given);
    const tensors = inputs.values();
    const operands = constants.map((each) =>
      each === null ? tensors.next().value! : tf.tensor(each, undefined, 'float32'),
    );
    return this.operation(operands, this.given);
  }
}

register(KerasOperation);
