// One-dimensional layers of Keras's that TensorFlow.js lacks: over [examples, time, channels].
import {classOf, OwnLayer, register} from '../tfjs/ownLayer';
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

register(Conv1D, ZeroPadding1D, Cropping1D, UpSampling1D);
