// Layers that TensorFlow.js has with less than Keras: the same classes with the rest.
import {classOf, OwnLayer, register, type OwnArguments} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import {rectified} from './activations';
import {resized} from './resized';

type Shapes = tf.Shape | tf.Shape[];
type Kwargs = Record<string, unknown>;

/** Also of what has one axis already. */
class Flatten extends classOf(tf.layers.flatten()) {
  static readonly className = 'Flatten';

  constructor(args: OwnArguments) {
    super(args);
    this.inputSpec = [new tf.InputSpec({minNDim: 2})];
  }
}

/** Knows the size of the axis that -1 stands for: TensorFlow.js asks for the number of examples. */
class Reshape extends classOf<tf.layers.Layer & {targetShape: number[]}>(tf.layers.reshape({targetShape: [1]})) {
  static readonly className = 'Reshape';

  override computeOutputShape(inputShape: tf.Shape): Shapes {
    const [count, ...sizes] = inputShape;
    if (sizes.includes(null)) return super.computeOutputShape(inputShape);
    const [, ...target] = super.computeOutputShape([1, ...sizes]) as tf.Shape;
    return [count!, ...target];
  }

  override getConfig(): tf.serialization.ConfigDict {
    // TensorFlow.js turns -1 into null, and reads both.
    return {...super.getConfig(), targetShape: this.targetShape.map((size: number | null) => size ?? -1)};
  }
}

/** Global pooling that may leave the axes it went over, with size 1. */
function keepingAxes(usual: tf.layers.Layer, className: string, axes: number) {
  return class extends classOf(usual) {
    static readonly className = className;
    readonly keepdims: boolean;

    constructor(args: OwnArguments) {
      super(args);
      this.keepdims = args.keepdims === true;
    }

    private get isFirst(): boolean {
      return (this as this & {dataFormat?: string}).dataFormat === 'channelsFirst';
    }

    private kept<Size>([count, channels]: Size[], one: Size): Size[] {
      const ones = Array.from({length: axes}, () => one);
      return this.isFirst ? [count!, channels!, ...ones] : [count!, ...ones, channels!];
    }

    override computeOutputShape(inputShape: tf.Shape): Shapes {
      const shape = super.computeOutputShape(inputShape) as tf.Shape;
      return this.keepdims ? this.kept<number | null>(shape, 1) : shape;
    }

    protected pool(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor {
      return super.call(inputs, kwargs) as tf.Tensor;
    }

    override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor | tf.Tensor[] {
      const pooled = this.pool(inputs, kwargs);
      return this.keepdims ? tf.tidy(() => pooled.reshape(this.kept(pooled.shape, 1))) : pooled;
    }

    override getConfig(): tf.serialization.ConfigDict {
      return {...super.getConfig(), ...(this.keepdims && {keepdims: true})};
    }
  };
}

/** The average of those steps that a mask leaves. */
class GlobalAveragePooling1D extends keepingAxes(tf.layers.globalAveragePooling1d(), 'GlobalAveragePooling1D', 1) {
  protected override pool(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    const mask = kwargs.mask as tf.Tensor | undefined;
    if (!mask) return super.pool(inputs, kwargs);
    return tf.tidy(() => {
      const isStep = mask.expandDims(-1);
      return tf.sum(tf.where(isStep, [inputs].flat()[0]!, 0), 1).div(tf.sum(isStep.cast('float32'), 1));
    });
  }
}

/** Also with a slope below zero, and a threshold other than zero. */
class ReLU extends OwnLayer {
  static readonly className = 'ReLU';

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const {negativeSlope = 0, maxValue = null, threshold = 0} = this.given;
    return rectified(x!, {negativeSlope, maxValue, threshold} as Parameters<typeof rectified>[1]);
  }
}

/** Also with an alpha other than 1. */
class ELU extends OwnLayer {
  static readonly className = 'ELU';

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const alpha = (this.given.alpha as number | undefined) ?? 1;
    return tf.relu(x!).add(tf.minimum(x!, 0).exp().sub(1).mul(alpha));
  }
}

/** Over any axes; TensorFlow.js has it over the last alone. */
class Softmax extends OwnLayer {
  static readonly className = 'KerasSoftmax';

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const axes = ([this.given.axis].flat() as number[]).map((axis) => (axis < 0 ? axis + x!.rank : axis));
    return x!.sub(x!.logSumExp(axes, true)).exp();
  }
}

interface UpSampling extends tf.layers.Layer {
  size: number[];
  dataFormat: string;
}

/** Sampled at the middles of pixels, as Keras does. */
class UpSampling2D extends classOf<UpSampling>(tf.layers.upSampling2d({})) {
  static readonly className = 'KerasUpSampling2D';
  private readonly asked: string;

  constructor(args: OwnArguments) {
    // TensorFlow.js knows two ways alone.
    super({...args, interpolation: 'nearest'});
    this.asked = args.interpolation as string;
  }

  override call(...[inputs, kwargs]: Parameters<tf.layers.Layer['call']>): tf.Tensor | tf.Tensor[] {
    if (this.asked === 'nearest') return super.call(inputs, kwargs);
    return tf.tidy(() => {
      const x = [inputs].flat()[0] as tf.Tensor4D;
      const isFirst = this.dataFormat === 'channelsFirst';
      const [down, right] = this.size as [number, number];
      const last = isFirst ? x.transpose<tf.Tensor4D>([0, 2, 3, 1]) : x;
      const larger = resized(last, [last.shape[1] * down, last.shape[2] * right], this.asked);
      return isFirst ? larger.transpose([0, 3, 1, 2]) : larger;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {...super.getConfig(), interpolation: this.asked};
  }
}

/** What comes in. */
class Identity extends OwnLayer {
  static readonly className = 'KerasIdentity';

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    return x!.clone();
  }
}

/** What comes in; in Keras, a penalty for its size comes into the loss. */
class ActivityRegularization extends OwnLayer {
  static readonly className = 'ActivityRegularization';

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    return x!.clone();
  }
}

/** Whole channels are dropped, over two or three axes. */
function spatialDropout(className: string) {
  return class extends OwnLayer {
    static readonly className = className;

    protected compute([x]: tf.Tensor[], {training}: {training?: boolean}): tf.Tensor {
      if (training !== true) return x!.clone();
      const isFirst = this.given.dataFormat === 'channelsFirst';
      const isKept = (axis: number) => axis === 0 || axis === (isFirst ? 1 : x!.rank - 1);
      const noise = x!.shape.map((size, axis) => (isKept(axis) ? size : 1));
      return tf.dropout(x!, this.given.rate as number, noise);
    }
  };
}

register(
  ...[Flatten, Reshape, ReLU, ELU, Softmax, UpSampling2D, Identity, ActivityRegularization],
  GlobalAveragePooling1D,
  keepingAxes(tf.layers.globalMaxPooling1d(), 'GlobalMaxPooling1D', 1),
  keepingAxes(tf.layers.globalAveragePooling2d({}), 'GlobalAveragePooling2D', 2),
  keepingAxes(tf.layers.globalMaxPooling2d({}), 'GlobalMaxPooling2D', 2),
  spatialDropout('SpatialDropout2D'),
  spatialDropout('SpatialDropout3D'),
);
