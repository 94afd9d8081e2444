// Convolutions over [examples, time, channels] in which each channel has kernels of its own.
import {activationOf, OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import {spreadOut} from './dilated';
import {before, first, windows} from './sequences';

abstract class Depthwise extends OwnLayer {
  private depthwise?: tf.LayerVariable;
  private bias?: tf.LayerVariable;
  private readonly activation = activationOf(this.given.activation);

  /** How many channels come out. */
  protected abstract filters(channels: number): number;

  override build(inputShape: tf.Shape): void {
    const channels = inputShape[2]!;
    this.depthwise = this.weight(
      'depthwise',
      [first(this.given.kernelSize), channels, this.multiplier],
      'GlorotUniform',
    );
    this.buildMore?.(channels);
    if (this.given.useBias !== false) this.bias = this.weight('bias', [this.filters(channels)], 'Zeros');
    this.built = true;
  }

  /** Weights between the kernel and the bias: a depthwise convolution has none. */
  protected buildMore?(channels: number): void;

  protected get multiplier(): number {
    return first(this.given.depthMultiplier);
  }

  private get span(): number {
    return (first(this.given.kernelSize) - 1) * first(this.given.dilationRate) + 1;
  }

  override computeOutputShape([count, length, channels]: tf.Shape): tf.Shape {
    const {padding, strides} = this.given;
    const added = padding === 'causal' && length !== null ? length! + this.span - 1 : length!;
    return [count!, windows(added, this.span, first(strides), padding), this.filters(channels!)];
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const {padding, strides, dilationRate} = this.given;
    const padded = padding === 'causal' ? before(x!, this.span - 1) : x!;
    // A row of pixels; both strides are alike, as TensorFlow asks.
    const row = padded.expandDims<tf.Tensor4D>(1);
    const kernel = spreadOut(this.depthwise!.read(), [first(dilationRate)]).expandDims<tf.Tensor4D>(0);
    const mode = padding === 'same' ? 'same' : 'valid';
    const convolved = this.mixed(tf.depthwiseConv2d(row, kernel, first(strides), mode)).squeeze([1]);
    return this.activation.apply(this.bias ? convolved.add(this.bias.read()) : convolved);
  }

  /** What becomes of a row of [n, 1, steps, channels times multiplier]. */
  protected mixed(row: tf.Tensor4D): tf.Tensor4D {
    return row;
  }
}

class DepthwiseConv1D extends Depthwise {
  static readonly className = 'DepthwiseConv1D';

  protected filters(channels: number): number {
    return channels * this.multiplier;
  }
}

/** A depthwise convolution, whose channels are mixed at each step by themselves. */
class SeparableConv1D extends Depthwise {
  static readonly className = 'SeparableConv1D';
  private pointwise?: tf.LayerVariable;

  protected filters(): number {
    return this.given.filters as number;
  }

  protected override buildMore(channels: number): void {
    this.pointwise = this.weight('pointwise', [1, channels * this.multiplier, this.filters()], 'GlorotUniform');
  }

  protected override mixed(row: tf.Tensor4D): tf.Tensor4D {
    return tf.conv2d(row, this.pointwise!.read().expandDims<tf.Tensor4D>(0), 1, 'valid');
  }
}

register(DepthwiseConv1D, SeparableConv1D);
