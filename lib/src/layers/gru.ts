// GRU as Keras has it by default: the reset gate works on the product of the state and the recurrent kernel
// (reset_after), with a second bias. TensorFlow.js has the other order only, which stays as it is.
import {classOf, register, type OwnArguments} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

// As in tfjs-layers 4.22, which keeps its classes private.
interface Cell extends tf.layers.Layer {
  units: number;
  useBias: boolean;
  kernel: tf.LayerVariable;
  recurrentKernel: tf.LayerVariable;
  bias: tf.LayerVariable | null;
  biasInitializer: never;
  biasRegularizer: never;
  biasConstraint: never;
  activation: {apply(x: tf.Tensor): tf.Tensor};
  recurrentActivation: {apply(x: tf.Tensor): tf.Tensor};
  dropout: number;
  recurrentDropout: number;
  dropoutMask: tf.Tensor | tf.Tensor[] | null;
  recurrentDropoutMask: tf.Tensor | tf.Tensor[] | null;
}

const UsualCell = classOf<Cell>(tf.layers.gruCell({units: 1}));

class GRUCell extends UsualCell {
  static readonly className = 'GRUCell';
  private readonly resetAfter: boolean;

  constructor(args: OwnArguments) {
    super({...args, resetAfter: false});
    this.resetAfter = args.resetAfter === true;
  }

  override build(inputShape: tf.Shape): void {
    const {useBias, resetAfter} = this;
    if (!resetAfter) {
      super.build(inputShape);
      return;
    }
    this.useBias = false;
    super.build(inputShape);
    this.useBias = useBias;
    if (!useBias) return;
    const shape = [2, 3 * this.units];
    const {biasInitializer, biasRegularizer, biasConstraint} = this;
    this.bias = this.addWeight('bias', shape, 'float32', biasInitializer, biasRegularizer, true, biasConstraint);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: {training?: boolean}): tf.Tensor | tf.Tensor[] {
    if (!this.resetAfter) return super.call(inputs, kwargs);
    return tf.tidy(() => {
      const [input, state] = inputs as [tf.Tensor2D, tf.Tensor2D];
      let [x, h] = [input, state];
      if (kwargs.training === true && this.dropout > 0) {
        this.dropoutMask ??= tf.keep(tf.dropout(tf.onesLike(x), this.dropout));
        x = x.mul(this.dropoutMask as tf.Tensor);
      }
      if (kwargs.training === true && this.recurrentDropout > 0) {
        this.recurrentDropoutMask ??= tf.keep(tf.dropout(tf.onesLike(h), this.recurrentDropout));
        h = h.mul(this.recurrentDropoutMask as tf.Tensor);
      }
      const biases = this.bias ? tf.unstack(this.bias.read()) : [];
      const product = (left: tf.Tensor2D, kernel: tf.LayerVariable, bias?: tf.Tensor) => {
        const plain = tf.matMul(left, kernel.read());
        return tf.split(bias ? plain.add(bias) : plain, 3, 1);
      };
      const [xUpdate, xReset, xNew] = product(x, this.kernel, biases[0]) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const [update, reset, fresh] = product(h, this.recurrentKernel, biases[1]) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const z = this.recurrentActivation.apply(xUpdate.add(update));
      const r = this.recurrentActivation.apply(xReset.add(reset));
      const candidate = this.activation.apply(xNew.add(r.mul(fresh)));
      const next = z.mul(state).add(tf.sub(1, z).mul(candidate));
      return [next, next];
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {...super.getConfig(), resetAfter: this.resetAfter};
  }
}

const UsualGRU = classOf<tf.layers.Layer & {cell: tf.layers.Layer}>(tf.layers.gru({units: 1}));

class GRU extends UsualGRU {
  static readonly className = 'GRU';

  constructor(args: OwnArguments) {
    super({...args, resetAfter: false});
    if (args.resetAfter === true) this.cell = new GRUCell(args);
  }
}

register(GRUCell, GRU);
