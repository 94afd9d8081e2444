// LSTMs whose gates are convolutions, over rows and volumes: [examples, time, ...sizes, channels]. TensorFlow.js has them over
// pictures alone, ConvLSTM2D, whose weights and configuration these have, too. Source: keras.src.layers.rnn.conv_lstm.
import {classOf, register, type Activation, type OwnArguments} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import {spreadOut} from './dilated';
import {windows} from './sequences';

// As in tfjs-layers 4.22, which keeps its classes private.
interface Cell extends tf.layers.Layer {
  filters: number;
  kernelSize: number[];
  strides: number[];
  dilationRate: number[];
  padding: 'valid' | 'same';
  dataFormat: string;
  kernel: tf.LayerVariable;
  recurrentKernel: tf.LayerVariable;
  bias: tf.LayerVariable | null | undefined;
  activation: Activation;
  recurrentActivation: Activation;
  dropout: number;
  recurrentDropout: number;
  dropoutMask: tf.Tensor[] | null;
  recurrentDropoutMask: tf.Tensor[] | null;
}
interface Recurrent extends tf.layers.Layer {
  cell: Cell;
  returnSequences: boolean;
  returnState: boolean;
  computeSingleOutputShape(inputShape: tf.Shape): tf.Shape;
}
type Shapes = tf.Shape | tf.Shape[];

/** What the classes for pictures check, and ours says for itself. */
const OF_PICTURES = {kernelSize: 1, strides: 1, dilationRate: 1};

const UsualLayer = classOf<Recurrent>(tf.layers.convLstm2d({filters: 1, kernelSize: 1}));
const UsualCell = classOf<Cell>(new UsualLayer({filters: 1, ...OF_PICTURES}).cell);

function convolved(x: tf.Tensor, kernel: tf.Tensor, strides: number[], padding: 'valid' | 'same'): tf.Tensor {
  return strides.length === 1
    ? tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, strides[0]!, padding)
    : tf.conv3d(x as tf.Tensor5D, kernel as tf.Tensor5D, strides as [number, number, number], padding);
}

/** For each gate its own: in Keras, too, they drop different numbers. */
function masks(x: tf.Tensor, rate: number): tf.Tensor[] {
  return Array.from({length: 4}, () => tf.keep(tf.dropout(tf.onesLike(x), rate)));
}

class ConvLSTMCell extends UsualCell {
  static readonly className: string = 'ConvLSTMCell';

  constructor(rank: number, args: OwnArguments) {
    super({...args, ...OF_PICTURES});
    const along = (value: unknown) => {
      const values = [value ?? 1].flat() as number[];
      return values.length === 1 ? Array.from({length: rank}, () => values[0]!) : values;
    };
    this.kernelSize = along(args.kernelSize);
    this.strides = along(args.strides);
    this.dilationRate = along(args.dilationRate);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], {training}: {training?: boolean}): tf.Tensor[] {
    return tf.tidy(() => {
      const isFirst = this.dataFormat === 'channelsFirst';
      const axes = [...this.kernelSize.keys()].map((i) => i + 1);
      const last = (x: tf.Tensor) => (isFirst ? x.transpose([0, ...axes.map((axis) => axis + 1), 1]) : x);
      const [x, h, c] = (inputs as tf.Tensor[]).map(last) as [tf.Tensor, tf.Tensor, tf.Tensor];
      if (training === true && this.dropout > 0) this.dropoutMask ??= masks(x, this.dropout);
      if (training === true && this.recurrentDropout > 0) this.recurrentDropoutMask ??= masks(h, this.recurrentDropout);
      const states = this.next(x, h, c);
      const back = isFirst ? states.map((each) => each.transpose([0, axes.length + 1, ...axes])) : states;
      return [back[0]!, ...back];
    });
  }

  /** The next output and memory, channels last. */
  private next(x: tf.Tensor, h: tf.Tensor, c: tf.Tensor): [tf.Tensor, tf.Tensor] {
    const kernels = tf.split(spreadOut(this.kernel.read(), this.dilationRate), 4, -1);
    const recurrent = tf.split(this.recurrentKernel.read(), 4, -1);
    const biases = this.bias ? tf.split(this.bias.read(), 4) : [];
    const ones = this.strides.map(() => 1);
    const dropped = (tensor: tf.Tensor, mask: tf.Tensor | undefined) => (mask ? tensor.mul(mask) : tensor);
    const [input, forget, fresh, output] = kernels.map((kernel, gate) => {
      const ofInput = convolved(dropped(x, this.dropoutMask?.[gate]), kernel, this.strides, this.padding);
      const ofState = convolved(dropped(h, this.recurrentDropoutMask?.[gate]), recurrent[gate]!, ones, 'same');
      const sum = ofInput.add(ofState);
      return biases[gate] ? sum.add(biases[gate]) : sum;
    }) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const open = (gate: tf.Tensor) => this.recurrentActivation.apply(gate);
    const memory = open(forget)
      .mul(c)
      .add(open(input).mul(this.activation.apply(fresh)));
    return [open(output).mul(this.activation.apply(memory)), memory];
  }
}

function convLstm(className: string, rank: number) {
  return class extends UsualLayer {
    static readonly className = className;

    constructor(args: OwnArguments) {
      super({...args, ...OF_PICTURES});
      this.cell = new ConvLSTMCell(rank, args);
      this.inputSpec = [new tf.InputSpec({ndim: rank + 3})];
    }

    override computeOutputShape(inputShape: Shapes): Shapes {
      const [count, steps, ...rest] = this.computeSingleOutputShape(inputShape as tf.Shape);
      const output = this.returnSequences ? [count!, steps!, ...rest] : [count!, ...rest];
      const state = [count!, ...rest];
      return this.returnState ? [output, state, state] : output;
    }

    override computeSingleOutputShape(inputShape: tf.Shape): tf.Shape {
      const {dataFormat, filters, kernelSize, strides, dilationRate, padding} = this.cell;
      const isFirst = dataFormat === 'channelsFirst';
      const [count, steps, ...rest] = inputShape;
      const sizes = isFirst ? rest.slice(1) : rest.slice(0, -1);
      const fit = sizes.map((size, i) =>
        windows(size, (kernelSize[i]! - 1) * dilationRate[i]! + 1, strides[i]!, padding),
      );
      return isFirst ? [count!, steps!, filters, ...fit] : [count!, steps!, ...fit, filters];
    }
  };
}

register(convLstm('ConvLSTM1D', 1), convLstm('ConvLSTM3D', 3));
