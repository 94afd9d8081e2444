// Layers over the three axes of a volume or a video, [n, depth, height, width, channels], which TensorFlow.js lacks.
import {OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

type Three<Value> = [Value, Value, Value];

/** Goes over the three axes, wherever the channels are. */
abstract class VolumeLayer extends OwnLayer {
  /** The first of the three axes. */
  private get from(): number {
    return this.given.dataFormat === 'channelsFirst' ? 2 : 1;
  }

  protected get axes(): Three<number> {
    return [this.from, this.from + 1, this.from + 2];
  }

  /** A value for each axis of a volume. */
  protected along<Value>(three: readonly Value[], others: Value): Value[] {
    return Array.from({length: 5}, (_, axis) => three[axis - this.from] ?? others);
  }
}

function globalPooling(className: string, pool: (x: tf.Tensor, axes: number[], keepDims: boolean) => tf.Tensor) {
  return class extends VolumeLayer {
    static readonly className = className;

    private get keepsAxes(): boolean {
      return this.given.keepdims === true;
    }

    override computeOutputShape(inputShape: tf.Shape): tf.Shape {
      const {axes} = this;
      return inputShape.flatMap((size, axis) => (!axes.includes(axis) ? [size] : this.keepsAxes ? [1] : []));
    }

    protected compute([x]: tf.Tensor[]): tf.Tensor {
      return pool(x!, this.axes, this.keepsAxes);
    }
  };
}

/** Each voxel several times along each axis. */
class UpSampling3D extends VolumeLayer {
  static readonly className = 'UpSampling3D';

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const times = this.along(this.given.size as Three<number>, 1);
    return inputShape.map((size, axis) => size && size * times[axis]!);
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const times = this.given.size as Three<number>;
    return this.axes.reduce((volume, axis, i) => {
      const places = Array.from({length: volume.shape[axis]! * times[i]!}, (_, place) => Math.floor(place / times[i]!));
      return volume.gather(tf.tensor1d(places, 'int32'), axis);
    }, x!);
  }
}

type Margin = [before: number, after: number];

/** Wider or narrower by a margin before and behind each axis. */
abstract class MarginLayer extends VolumeLayer {
  /** By how much each axis changes at both ends; negative where it is cropped. */
  protected abstract readonly changes: Margin[];

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const {changes} = this;
    return inputShape.map((size, axis) => (size === null ? null : size + changes[axis]![0] + changes[axis]![1]));
  }
}

class ZeroPadding3D extends MarginLayer {
  static readonly className = 'ZeroPadding3D';

  protected get changes(): Margin[] {
    return this.along(this.given.padding as Three<Margin>, [0, 0]);
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    return x!.pad(this.changes);
  }
}

class Cropping3D extends MarginLayer {
  static readonly className = 'Cropping3D';

  protected get changes(): Margin[] {
    const cropped = this.along<Margin>(this.given.cropping as Three<Margin>, [0, 0]);
    return cropped.map(([before, after]) => [-before, -after]);
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const begin = this.changes.map(([before]) => Math.abs(before));
    return x!.slice(begin, this.computeOutputShape(x!.shape) as number[]);
  }
}

register(
  globalPooling('GlobalAveragePooling3D', (x, axes, keepDims) => x.mean(axes, keepDims)),
  globalPooling('GlobalMaxPooling3D', (x, axes, keepDims) => x.max(axes, keepDims)),
  UpSampling3D,
  ZeroPadding3D,
  Cropping3D,
);
