import {number, wholeNumber} from '../arguments/kinds';
import {CallError, publicCall} from '../arguments/publicCall';
import {checkArguments, optional, optionsOf} from '../arguments/schema';
import {modelKind} from '../tfjs/model';
import {tf} from '../tfjs/tensorflow';
import {checkInputs} from '../training/data/check';
import {predict} from '../training/predict';
import {oneImage, openPixels, sizeOf, squareSide} from './squares';

/** How `occlusion` covers the image. */
export interface OcclusionOptions {
  /** The class whose probability is watched. Default: the most probable one. */
  class?: number;
  /** Side of the square that covers, in pixels; an odd number, so that it has a middle. Default 5. */
  size?: number;
  /** The value that every pixel under the square gets. Default 0, which is black. */
  value?: number;
}

/**
 * Which parts of an image an answer rests on: a square covers one spot after another, and the network is asked each
 * time. Where its probability falls most, the answer depended most on what was covered.
 *
 * After Zeiler and Fergus, Visualizing and Understanding Convolutional Networks (2013), https://arxiv.org/abs/1311.2901.
 *
 * @param model Any classifier with one output, [n, classes].
 * @param image One image, [height, width, channels] or [1, height, width, channels], prepared as for `predict`.
 * @param options The square, and the class that is asked for.
 * @returns `[height, width]`: by how much the probability falls with the square's middle on this pixel; negative where
 *   it rises.
 * @throws Error when there are several images, the size is even, or the class doesn't exist.
 *
 * @example
 * show(saliencyChart(test.select([0]), await occlusion(model, x.slice(0, 1))));
 */
export function occlusion(
  model: tf.LayersModel,
  image: tf.Tensor,
  options: OcclusionOptions = {},
): Promise<tf.Tensor2D> {
  return publicCall('occlusion', async () => {
    checkArguments({model, image, options}, {model: modelKind, image: oneImage, options: occlusionOptions});
    return probabilityFalls(model, image, options);
  });
}

const occlusionOptions = optionsOf<OcclusionOptions>({
  class: optional(wholeNumber),
  size: optional(squareSide),
  value: optional(number),
});

async function probabilityFalls(
  model: tf.LayersModel,
  image: tf.Tensor,
  {class: asked, size = 5, value = 0}: OcclusionOptions,
): Promise<tf.Tensor2D> {
  const [height, width, channels] = sizeOf(image);
  const one = image.reshape([1, height, width, channels]);
  const made: tf.Tensor[] = [one];
  try {
    tf.tidy(() => checkInputs(model, one));
    const before = await predict(model, one);
    made.push(before);
    const answer = before.dataSync();
    if (answer.includes(NaN)) {
      throw new CallError(
        'the model puts out NaN for this image; its weights are NaN, or the image is beyond what it learnt from',
      );
    }
    const classes = answer.length;
    const watched = asked ?? answer.indexOf(Math.max(...answer));
    if (!Number.isInteger(watched) || watched < 0 || watched >= classes) {
      throw new CallError(`class ${watched} does not exist; the model knows classes 0 to ${classes - 1}`);
    }
    const covered = tf.data.generator(() => coveredImages(one, height, width, (size - 1) / 2, value));
    const after = await predict(model, covered);
    made.push(after);
    return tf.tidy(() => {
      const probability = (rows: tf.Tensor) => rows.slice([0, watched], [-1, 1]);
      return tf.sub(probability(before), probability(after)).as2D(height, width);
    });
  } finally {
    tf.dispose(made);
  }
}

/** So many covered images at a time: all of a large one would not fit in memory. */
const BATCH = 128;

/** A copy of the image for every pixel, row by row, with the square on that pixel. */
function* coveredImages(
  one: tf.Tensor,
  height: number,
  width: number,
  reach: number,
  value: number,
): Generator<tf.Tensor> {
  const pixels = Array.from({length: height * width}, (_, i) => i);
  for (let from = 0; from < pixels.length; from += BATCH) {
    yield tf.tidy(() => {
      const open = openPixels(pixels.slice(from, from + BATCH), height, width, reach);
      return one.mul(open).add(tf.sub(1, open).mul(value));
    });
  }
}
