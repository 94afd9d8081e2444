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
  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    const tried = (count: number) =>
      tf.tidy(() => {
        const results = this.compute(this.spread(shapes).map((shape) => tf.zeros(shape.map((size) => size ?? count))));
        return Array.isArray(results) ? results.map(({shape}) => shape) : [results.shape];
      });
    const many = tried(3);
    const open = tried(2).map((shape, i) => shape.map((size, axis) => (size === many[i]![axis] ? size : null)));
    return open.length === 1 ? open[0]! : open;
  }

  protected compute(inputs: tf.Tensor[]): tf.Tensor | tf.Tensor[] {
    const {constants} = this.given as {constants?: (number | number[] | null)[]};
    if (!constants) return this.operation(inputs, this.given);
    const tensors = inputs.values();
    const operands = constants.map((each) => {
      if (each === null) return tensors.next().value!;
      // An operand that isn't there.
      return Array.isArray(each) && each.length === 0 ? undefined : tf.tensor(each, undefined, 'float32');
    });
    return this.operation(operands as tf.Tensor[], this.given);
  }
}

register(KerasOperation);
