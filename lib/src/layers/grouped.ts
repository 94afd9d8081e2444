// Convolutions in groups, which TensorFlow.js lacks: the channels are taken apart, and each group of filters sees its own.
import {activationOf, classOf, register, type Activation, type OwnArguments} from '../tfjs/ownLayer';
import {withReplaced} from '../tfjs/replaced';
import {splitUp} from '../tfjs/splitUp';
import {tf} from '../tfjs/tensorflow';
import {spreadOut} from './dilated';
import {Conv1D} from './sequences';

// As in tfjs-layers 4.22, which keeps its classes private.
interface Convolution extends tf.layers.Layer {
  rank: number;
  filters: number;
  kernelSize: number[];
  strides: number[];
  dilationRate: number[];
  padding: string;
  dataFormat: string;
  kernel: Readable;
  bias: Readable | null;
  activation: Activation;
}
interface Readable {
  read(): tf.Tensor;
}
type Output = tf.Tensor | tf.Tensor[];

const linear = activationOf('linear');
const isLast = ({dataFormat}: Convolution) => dataFormat !== 'channelsFirst';

/** A convolution whose channels and filters are in as many groups as `groups` says. */
function grouped(usual: new (args: OwnArguments) => Convolution, className: string) {
  return class extends usual {
    static readonly className = className;
    readonly groups: number;

    constructor(args: OwnArguments) {
      super(args);
      this.groups = (args.groups as number | undefined) ?? 1;
    }

    override build(inputShape: tf.Shape): void {
      const {groups, filters, rank} = this;
      const axis = isLast(this) ? rank + 1 : 1;
      const channels = inputShape[axis]!;
      if (channels % groups !== 0 || filters % groups !== 0) {
        throw new Error(
          `layer '${this.name}': ${channels} channels and ${filters} filters can't be split into ${groups} groups; ` +
            'both should be multiples of them',
        );
      }
      super.build(inputShape.map((size, i) => (i === axis ? channels / groups : size)));
      this.inputSpec = [new tf.InputSpec({ndim: rank + 2, axes: {[axis]: channels}})];
    }

    override call(inputs: Output, kwargs: object): Output {
      return tf.tidy(() => {
        const x = [inputs].flat()[0]!;
        const axes = [...x.shape.keys()];
        const last = isLast(this) ? x : x.transpose([0, ...axes.slice(2), 1]);
        const convolved = withReplaced<Convolution, tf.Tensor>(this, {dataFormat: 'channelsLast'}, () =>
          this.convolved(last, kwargs),
        );
        const result = this.activation.apply(this.bias ? convolved.add(this.bias.read()) : convolved);
        return isLast(this) ? result : result.transpose([0, axes.at(-1)!, ...axes.slice(1, -1)]);
      });
    }

    override getConfig(): tf.serialization.ConfigDict {
      return {...super.getConfig(), groups: this.groups};
    }

    private convolved(x: tf.Tensor, kwargs: object): tf.Tensor {
      const isDepthwise = this.groups === x.shape.at(-1);
      // TensorFlow's depthwise convolution has one stride for both sides.
      if (isDepthwise && this.rank === 2 && this.strides[0] === this.strides[1])
        return this.depthwise(x as tf.Tensor4D);
      const parts = splitUp(x, this.groups, -1);
      const kernels = splitUp(this.undilated(this.kernel.read()), this.groups, -1);
      const results = parts.map((part, i) => {
        const alone = {
          kernel: {read: () => kernels[i]!},
          bias: null,
          activation: linear,
          ...this.rates,
        };
        return withReplaced<Convolution, Output>(this, alone, () => super.call(part, kwargs)) as tf.Tensor;
      });
      return tf.concat(results, -1);
    }

    /** TensorFlow dilates no volumes on a processor: their kernels are spread out. */
    private undilated(kernel: tf.Tensor): tf.Tensor {
      return this.rank === 3 ? spreadOut(kernel, this.dilationRate) : kernel;
    }

    private get rates(): Partial<Convolution> {
      return this.rank === 3 ? {dilationRate: [1, 1, 1]} : {};
    }

    /** One operation where each channel is a group of its own, as in ConvNeXt. */
    private depthwise(x: tf.Tensor4D): tf.Tensor {
      const {filters, groups, strides, padding, dilationRate} = this;
      const kernel = spreadOut(this.kernel.read(), dilationRate);
      const [height, width] = kernel.shape as [number, number];
      const filter = kernel.reshape<tf.Tensor4D>([height, width, groups, filters / groups]);
      return tf.depthwiseConv2d(x, filter, strides as [number, number], padding as 'same');
    }
  };
}

const conv2d = classOf<Convolution>(tf.layers.conv2d({filters: 1, kernelSize: 1}));
const conv3d = classOf<Convolution>(tf.layers.conv3d({filters: 1, kernelSize: 1}));
const conv1d = classOf<Convolution>(new Conv1D({filters: 1, kernelSize: 1}));
register(grouped(conv1d, 'KerasConv1D'), grouped(conv2d, 'KerasConv2D'), grouped(conv3d, 'KerasConv3D'));
