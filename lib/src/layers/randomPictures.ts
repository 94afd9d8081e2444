// Keras's layers that change pictures at random while a model trains, each picture by amounts of its own, as
// [examples, height, width, channels]. When the model predicts they do nothing.
import {OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import '../tfjs/transform';
import {uniform} from '../tfjs/randomOps';
import {resized} from './resized';

type Range = [low: number, high: number];

/** Keras's factor: a number is the same in both directions. */
function rangeOf(factor: unknown): Range {
  return Array.isArray(factor) ? (factor as Range) : [-(factor as number), factor as number];
}

abstract class RandomPictures extends OwnLayer {
  protected abstract change(pictures: tf.Tensor4D): tf.Tensor;

  protected compute([pictures]: tf.Tensor[], {training}: {training?: boolean}): tf.Tensor {
    return training === true ? this.change(pictures as tf.Tensor4D) : pictures!.clone();
  }

  /**
   * Takes the new pixel (x, y) from the place (a x + b y + c, d x + e y + f) of the old picture, about its middle.
   *
   * @param rows a, b, c, d, e, f: a number each, or one for each picture
   */
  protected warped(pictures: tf.Tensor4D, rows: (tf.Tensor | number)[]): tf.Tensor {
    const [count, height, width] = pictures.shape;
    const [a, b, c, d, e, f] = rows.map((row) => (typeof row === 'number' ? tf.fill([count], row) : row)) as [
      tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor,
    ]; // prettier-ignore
    const [x, y] = [(width - 1) / 2, (height - 1) / 2];
    const right = tf.sub(x, a.mul(x)).sub(b.mul(y)).add(c);
    const down = tf.sub(y, d.mul(x)).sub(e.mul(y)).add(f);
    const transforms = tf.stack([a, b, right, d, e, down, tf.zeros([count]), tf.zeros([count])], 1) as tf.Tensor2D;
    const {interpolation = 'bilinear', fillMode = 'reflect', fillValue = 0} = this.given;
    return tf.image.transform(pictures, transforms, interpolation as never, fillMode as never, fillValue as number);
  }
}

class RandomFlip extends RandomPictures {
  static readonly className = 'RandomFlip';

  protected change(pictures: tf.Tensor4D): tf.Tensor {
    const mode = (this.given.mode as string | undefined) ?? 'horizontalAndVertical';
    const flipped = (x: tf.Tensor, axis: number) =>
      tf.where(uniform([x.shape[0], 1, 1, 1], 0, 1).less(0.5), x.reverse(axis), x);
    const across = mode.startsWith('horizontal') ? flipped(pictures, 2) : pictures;
    return mode.toLowerCase().includes('vertical') ? flipped(across, 1) : across;
  }
}

class RandomRotation extends RandomPictures {
  static readonly className = 'RandomRotation';

  protected change(pictures: tf.Tensor4D): tf.Tensor {
    const [low, high] = rangeOf(this.given.factor);
    const angle = uniform([pictures.shape[0]], low * 2 * Math.PI, high * 2 * Math.PI);
    const [cos, sin] = [angle.cos(), angle.sin()];
    return this.warped(pictures, [cos, sin.neg(), 0, sin, cos, 0]);
  }
}

class RandomZoom extends RandomPictures {
  static readonly className = 'RandomZoom';

  protected change(pictures: tf.Tensor4D): tf.Tensor {
    const factor = (given: unknown) => {
      const [low, high] = rangeOf(given);
      return uniform([pictures.shape[0]], 1 + low, 1 + high);
    };
    const {heightFactor, widthFactor = null} = this.given;
    const down = factor(heightFactor);
    return this.warped(pictures, [widthFactor === null ? down : factor(widthFactor), 0, 0, 0, down, 0]);
  }
}

class RandomTranslation extends RandomPictures {
  static readonly className = 'RandomTranslation';

  protected change(pictures: tf.Tensor4D): tf.Tensor {
    const [count, height, width] = pictures.shape;
    const shift = (given: unknown, size: number) => {
      const [low, high] = rangeOf(given);
      return uniform([count], -high * size, -low * size);
    };
    const {heightFactor, widthFactor} = this.given;
    return this.warped(pictures, [1, 0, shift(widthFactor, width), 0, 1, shift(heightFactor, height)]);
  }
}

/** The values that a picture may have, in Keras 3; Keras 2 didn't limit contrast. */
function limited(pictures: tf.Tensor, range: unknown): tf.Tensor {
  return Array.isArray(range) ? pictures.clipByValue(range[0] as number, range[1] as number) : pictures;
}

class RandomContrast extends RandomPictures {
  static readonly className = 'RandomContrast';

  protected change(pictures: tf.Tensor4D): tf.Tensor {
    const {factor, valueRange} = this.given;
    const [low, high] = Array.isArray(factor) ? (factor as Range) : [factor as number, factor as number];
    const scale = uniform([pictures.shape[0], 1, 1, 1], 1 - low, 1 + high);
    const mean = pictures.mean([1, 2], true);
    return limited(pictures.sub(mean).mul(scale).add(mean), valueRange);
  }
}

class RandomBrightness extends RandomPictures {
  static readonly className = 'RandomBrightness';

  protected change(pictures: tf.Tensor4D): tf.Tensor {
    const {factor, valueRange = [0, 255]} = this.given;
    const [low, high] = rangeOf(factor);
    const [black, white] = valueRange as Range;
    const added = uniform([pictures.shape[0], 1, 1, 1], low * (white - black), high * (white - black));
    return limited(pictures.add(added), valueRange);
  }
}

/** A part of this size, the same for a whole batch; when the model predicts, all of the pictures, as in Keras from 3.8 on. */
class RandomCrop extends RandomPictures {
  static readonly className = 'RandomCrop';

  private get size(): [number, number] {
    return [this.given.height as number, this.given.width as number];
  }

  override computeOutputShape([count, , , channels]: tf.Shape): tf.Shape {
    return [count!, ...this.size, channels!];
  }

  protected change(pictures: tf.Tensor4D): tf.Tensor {
    const [count, ownHeight, ownWidth, channels] = pictures.shape;
    const [height, width] = this.size;
    if (ownHeight > height && ownWidth > width) {
      const drawn = (own: number, wanted: number) =>
        uniform([], 0, own - wanted + 1)
          .floor()
          .cast('int32')
          .add(tf.range(0, wanted, 1, 'int32'));
      return pictures.gather(drawn(ownHeight, height), 1).gather(drawn(ownWidth, width), 2);
    }
    // From where the largest part with the wanted proportions begins, enlarged where that is too little.
    const part = [Math.floor((ownWidth * height) / width), Math.floor((ownHeight * width) / height)] as const;
    const begin = (own: number, of: number) => Math.floor((own - Math.max(Math.min(own, of), 1)) / 2);
    const [top, left] = [begin(ownHeight, part[0]), begin(ownWidth, part[1])];
    const size: [number, number] = [Math.min(height, ownHeight - top), Math.min(width, ownWidth - left)];
    const cut = pictures.slice([0, top, left, 0], [count, ...size, channels]);
    return size[0] === height && size[1] === width ? cut : resized(cut, [height, width], 'bilinear');
  }
}

register(RandomFlip, RandomRotation, RandomZoom, RandomTranslation, RandomContrast, RandomBrightness, RandomCrop);
