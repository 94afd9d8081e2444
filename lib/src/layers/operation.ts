// What Python does with a model's tensors without a layer: `x + 3`, `x[:, 1:]`, `keras.ops.mean(x)`. Keras keeps each as an
// operation, with its constants among the call's arguments; here it is a layer that has them as arguments of its own.
import {OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import {OPERATIONS, type Operation} from './operations';
import {shapesOf} from './shapesOf';

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

  /** Tried with stand-ins for the sizes that are open: what changes with them stays open. */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const shapes = this.spread((Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[]);
    const {operation, newshape, targetShape} = this.given;
    // Numbers that fit no stand-in, and what they leave open is said.
    const said = {reshape: newshape, broadcastTo: targetShape}[operation as string];
    if (said !== undefined && shapes[0]!.includes(null)) {
      return ([said].flat() as number[]).map((size) => (size === -1 ? null : size));
    }
    const beside = tf.tidy(() => this.constants.flatMap((each) => (each ? [each.shape] : [])));
    const open = shapesOf(shapes, beside, (inputs) => [this.compute(inputs)].flat(), `layer '${this.name}'`);
    return open.length === 1 ? open[0]! : open;
  }

  protected compute(inputs: tf.Tensor[]): tf.Tensor | tf.Tensor[] {
    const {constants} = this;
    if (constants.length === 0) return this.operation(inputs, this.given);
    const tensors = inputs.values();
    const operands = constants.map((each) => (each === null ? tensors.next().value! : each));
    return this.operation(operands as tf.Tensor[], this.given);
  }

  /** Its operands: null where an input comes, undefined where one that may be missing is. */
  private get constants(): (tf.Tensor | null | undefined)[] {
    const {constants = []} = this.given as {constants?: (number | number[] | null)[]};
    return constants.map((each) => {
      if (each === null) return null;
      return Array.isArray(each) && each.length === 0 ? undefined : tf.tensor(each, undefined, 'float32');
    });
  }
}

register(KerasOperation);
