// Keras's layers that bring what comes in into the form that a model expects.
import {OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import {isWhere} from './operations/kinds';
import {resized, resizedTo} from './resized';

/** (x - mean) / deviation, with a mean and a variance for each place on some axes; Keras keeps a count beside them. */
class Normalization extends OwnLayer {
  static readonly className = 'Normalization';
  private statistics: tf.LayerVariable[] = [];
  private kept: number[] = [];

  override build(inputShape: tf.Shape): void {
    const axes = [this.given.axis ?? -1].flat() as (number | null)[];
    const counted = axes.flatMap((axis) => (axis === null ? [] : [axis < 0 ? axis + inputShape.length : axis]));
    this.kept = counted.sort((a, b) => a - b);
    if (!this.isFixed) {
      const shape = this.kept.map((axis) => inputShape[axis]!);
      this.statistics = [
        this.weight('mean', shape, 'Zeros', false),
        this.weight('variance', shape, 'Ones', false),
        this.weight('count', [], 'Zeros', false),
      ];
    }
    this.built = true;
  }

  /** Whether mean and variance are arguments, rather than measured. */
  private get isFixed(): boolean {
    return (this.given.mean ?? null) !== null;
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const shape = x!.shape.map((size, axis) => (this.kept.includes(axis) ? size : 1));
    const spread = (values: unknown, weight?: tf.LayerVariable) => {
      const tensor = weight ? weight.read() : tf.tensor(values as number[], undefined, 'float32');
      return tensor.size === 1 ? tensor.reshape([]) : tensor.reshape(shape);
    };
    const mean = spread(this.given.mean, this.statistics[0]);
    const deviation = tf.maximum(spread(this.given.variance, this.statistics[1]).sqrt(), 1e-7);
    return this.given.invert === true ? x!.mul(deviation).add(mean) : x!.sub(mean).div(deviation);
  }
}

/** Pictures of another size, sampled as Keras does: at the middles of pixels. */
class Resizing extends OwnLayer {
  static readonly className = 'KerasResizing';

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [inputShape[0]!, this.given.height as number, this.given.width as number, inputShape[3]!];
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const size: [number, number] = [this.given.height as number, this.given.width as number];
    return resizedTo(x as tf.Tensor4D, size, this.given);
  }
}

/** The middle of pictures; smaller ones are first enlarged, until they cover it. */
class CenterCrop extends OwnLayer {
  static readonly className = 'KerasCenterCrop';

  private get size(): [number, number] {
    return [this.given.height as number, this.given.width as number];
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [inputShape[0]!, ...this.size, inputShape[3]!];
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const [count, ownHeight, ownWidth, channels] = x!.shape as [number, number, number, number];
    const [height, width] = this.size;
    let pictures = x as tf.Tensor4D;
    if (ownHeight < height || ownWidth < width) {
      // The largest part with the wanted proportions, made as large as wanted.
      const partHeight = Math.min(Math.floor((ownWidth * height) / width), ownHeight);
      const partWidth = Math.min(Math.floor((ownHeight * width) / height), ownWidth);
      const [top, left] = [Math.floor((ownHeight - partHeight) / 2), Math.floor((ownWidth - partWidth) / 2)];
      pictures = pictures.slice([0, top, left, 0], [count, partHeight, partWidth, channels]);
      return resized(pictures, [height, width], 'bilinear');
    }
    const [top, left] = [Math.floor((ownHeight - height) / 2), Math.floor((ownWidth - width) / 2)];
    return pictures.slice([0, top, left, 0], [count, height, width, channels]);
  }
}

/** Whole numbers as ones among zeros. */
class CategoryEncoding extends OwnLayer {
  static readonly className = 'KerasCategoryEncoding';

  private get mode(): string {
    return (this.given.outputMode as string | undefined) ?? 'multiHot';
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const tokens = this.given.numTokens as number;
    if (this.mode !== 'oneHot') return [...inputShape.slice(0, inputShape.length > 1 ? -1 : undefined), tokens];
    return inputShape.length > 1 && inputShape.at(-1) === 1
      ? [...inputShape.slice(0, -1), tokens]
      : [...inputShape, tokens];
  }

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const squeezed = this.mode === 'oneHot' && x!.rank > 1 && x!.shape.at(-1) === 1 ? x!.squeeze([-1]) : x!;
    const hot = tf.oneHot(squeezed.cast('int32'), this.given.numTokens as number).cast('float32');
    if (this.mode === 'oneHot' || x!.rank === 1) return hot;
    return this.mode === 'count' ? hot.sum(-2) : hot.max(-2);
  }
}

/** The number of the interval that a value lies in. */
class Discretization extends OwnLayer {
  static readonly className = 'Discretization';

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const boundaries = tf.tensor1d(this.given.binBoundaries as number[], 'float32');
    return x!.expandDims(-1).greaterEqual(boundaries).cast('float32').sum(-1);
  }
}

/** Each channel of each picture from the darkest to the brightest that there is. */
class AutoContrast extends OwnLayer {
  static readonly className = 'AutoContrast';

  protected compute([x]: tf.Tensor[]): tf.Tensor {
    const [black, white] = (this.given.valueRange as [number, number] | undefined) ?? [0, 255];
    const [low, high] = [x!.min([1, 2], true), x!.max([1, 2], true)];
    const isFlat = isWhere((each) => each.equal(0))(high.sub(low));
    const spread = x!.sub(low).div(tf.where(isFlat, tf.scalar(1), high.sub(low)));
    return tf.where(isFlat.broadcastTo(x!.shape), x!, spread.clipByValue(0, 1).mul(white - black).add(black)); // prettier-ignore
  }
}

register(Normalization, Resizing, CenterCrop, CategoryEncoding, Discretization, AutoContrast);
