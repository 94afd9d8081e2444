// One-dimensional layers of Keras's that TensorFlow.js lacks: over [examples, time, channels].
import {activationOf, classOf, OwnLayer, register} from '../tfjs/ownLayer';
import {withReplaced} from '../tfjs/replaced';
import {tf} from '../tfjs/tensorflow';

/** Where a window of this width can stand. */
export function windows(length: number | null, size: number, stride: number, padding: unknown): number | null {
  if (length === null) return null;
  return Math.ceil((padding === 'same' ? length : length - size + 1) / stride);
}

export const first = (value: unknown, otherwise = 1) => ([value].flat()[0] as number | undefined) ?? otherwise;

/** What is filled in before the beginning, so that nothing looks ahead. */
export const before = (x: tf.Tensor, count: number) => tf.pad(x, [[0, 0], [count, 0], [0, 0]]); // prettier-ignore

// As in tfjs-layers 4.22, which keeps its classes private.
interface Convolution extends tf.layers.Layer {
  padding: string;
  kernelSize: number[];
  dilationRate: number | number[];
}

export class Conv1D extends classOf<Convolution>(tf.layers.conv1d({filters: 1, kernelSize: 1})) {
  static readonly className = 'Conv1D';

  private get reach(): number {
    return (first(this.kernelSize) - 1) * first(this.dilationRate);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: object): tf.Tensor | tf.Tensor[] {
    if (this.padding !== 'causal') return super.call(inputs, kwargs);
    return tf.tidy(() => {
      const padded = before([inputs].flat()[0]!, this.reach);
      const valid: Partial<Convolution> = {padding: 'valid'};
      return withReplaced<Convolution, tf.Tensor | tf.Tensor[]>(this, valid, () => super.call(padded, kwargs));
    });
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape | tf.Shape[] {
    if (this.padding !== 'causal') return super.computeOutputShape(inputShape);
    const [count, length, channels] = inputShape;
    const padded = [count!, length === null ? null : length! + this.reach, channels!];
    const valid: Partial<Convolution> = {padding: 'valid'};
    return withReplaced<Convolution, tf.Shape | tf.Shape[]>(this, valid, () => super.computeOutputShape(padded));
  }
}

class Conv1DTranspose extends OwnLayer {
  static readonly className = 'Conv1DTranspose';
  private kernel?: tf.LayerVariable;
  private bias?: tf.LayerVariable;
  private readonly activation = activationOf(this.given.activation);

  override build(inputShape: tf.Shape): void {
    const filters = this.given.filters as number;
    this.kernel = this.weight('kernel', [first(this.given.kernelSize), filters, inputShape[2]!], 'GlorotUniform');
    if (this.given.useBias !== false) this.bias = this.weight('bias', [filters], 'Zeros');
    this.built = true;
  }

  override computeOutputShape([count, length]: tf.Shape): tf.Shape {
    const {kernelSize, strides, padding, filters} = this.given;
    const stride = first(strides);
    const extra = padding === 'same' ? 0 : Math.max(first(kernelSize) - stride, 0);
    return [count!, length === null ? null : length! * stride + extra, filters as number];
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const [, length, filters] = this.computeOutputShape(x!.shape) as [number, number, number];
    const stride = first(this.given.strides);
    const row = x!.expandDims<tf.Tensor4D>(1);
    const kernel = this.kernel!.read().expandDims<tf.Tensor4D>(0);
    const shape: [number, number, number, number] = [x!.shape[0], 1, length, filters];
    const result = tf.conv2dTranspose(row, kernel, shape, [1, stride], this.given.padding as 'same').squeeze([1]);
    return this.activation.apply(this.bias ? result.add(this.bias.read()) : result);
  }
}

/** Steps before and after: one number says both. */
function sidesOf(given: unknown = 1): [number, number] {
  return (Array.isArray(given) ? given : [given, given]) as [number, number];
}

class ZeroPadding1D extends OwnLayer {
  static readonly className = 'ZeroPadding1D';

  private get sides(): [number, number] {
    return sidesOf(this.given.padding);
  }

  override computeOutputShape([count, length, channels]: tf.Shape): tf.Shape {
    return [count!, length === null ? null : length! + this.sides[0] + this.sides[1], channels!];
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    return tf.pad(x!, [[0, 0], this.sides, [0, 0]]);
  }
}

class Cropping1D extends OwnLayer {
  static readonly className = 'Cropping1D';

  private get sides(): [number, number] {
    return sidesOf(this.given.cropping);
  }

  override computeOutputShape([count, length, channels]: tf.Shape): tf.Shape {
    return [count!, length === null ? null : length! - this.sides[0] - this.sides[1], channels!];
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const [count, length, channels] = this.computeOutputShape(x!.shape) as [number, number, number];
    return x!.slice([0, this.sides[0], 0], [count, length, channels]);
  }
}

class UpSampling1D extends OwnLayer {
  static readonly className = 'UpSampling1D';

  override computeOutputShape([count, length, channels]: tf.Shape): tf.Shape {
    return [count!, length === null ? null : length! * first(this.given.size, 2), channels!];
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const [count, length, channels] = x!.shape as [number, number, number];
    const times = first(this.given.size, 2);
    return x!
      .expandDims(2)
      .tile([1, 1, times, 1])
      .reshape([count, length * times, channels]);
  }
}

register(Conv1D, Conv1DTranspose, ZeroPadding1D, Cropping1D, UpSampling1D);
