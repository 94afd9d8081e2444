// TensorFlow.js hands the masks of padded sequences on by other rules than Keras: it has one for a whole model, where Keras has
// one for each tensor (tfjs/kerasMasks). A network that was built here may therefore predict otherwise from its own file.
import {seededRandom} from '../random';
import {followsKeras, makesMasks, passMasksAsKeras} from '../tfjs/kerasMasks';
import {buildModel, withLayersInside} from '../tfjs/layers';
import {tf} from '../tfjs/tensorflow';
import {withOwnNames} from './architecture/ownNames';
import {modelToTfjs} from './architecture/read';
import type {JsonObject} from './json';

/** Where a size is left open. */
const EXAMPLES = 4;
const STEPS = 6;
/** Beyond what another order of sums does to float32. */
const TOLERANCE = 1e-4;

const NOTICE =
  'TensorFlow.js hands masks (Masking, maskZero) on by other rules than Keras, and in this network that changes the ' +
  'predictions: Keras, and keras.load, predict by the rules of Keras. Train it as loaded from the file, or build it without masks';

/**
 * What to tell of a model whose predictions by Keras's masks are others than by TensorFlow.js's; undefined where they are the
 * same. It is tried on a copy with weights at random, on steps of which some are padding.
 *
 * @param architecture the model's, as it is saved
 */
export async function maskNotice(model: tf.LayersModel, architecture: JsonObject): Promise<string | undefined> {
  if (!makesMasks(model) || followsKeras(model)) return undefined;
  const copy = await buildModel(modelToTfjs(withOwnNames(architecture).architecture, '3'));
  try {
    return tf.tidy(() => {
      randomizeWeights(copy);
      const inputs = paddedInputs(copy);
      const before = outputsOf(copy, inputs);
      // TensorFlow.js can't compute some networks with masks, of which nothing can be told then.
      if (!before) return undefined;
      passMasksAsKeras(copy);
      const after = outputsOf(copy, inputs);
      return after && before.every((each, i) => isNear(each, after[i]!)) ? undefined : NOTICE;
    });
  } finally {
    for (const weight of copy.weights) weight.dispose();
  }
}

function randomizeWeights(model: tf.LayersModel): void {
  const random = model.weights.map(({shape, originalName}, i) => {
    // Of a variance a root is taken.
    const least = originalName.includes('variance') ? 0.1 : -0.6;
    return tf.randomUniform(shape as number[], least, 0.6, 'float32', i + 1);
  });
  model.setWeights(random);
}

/** Zeros and ones, which every Embedding has; a Masking's padding instead of the zeros where that is another number. */
function paddedInputs(model: tf.LayersModel): tf.Tensor[] {
  const random = seededRandom(1);
  const layers = withLayersInside(model).map((layer) => layer.getConfig());
  const hasEmbedding = layers.some(({maskZero}) => maskZero === true);
  const padding = hasEmbedding ? 0 : Number(layers.find(({maskValue}) => maskValue !== undefined)?.maskValue ?? 0);
  return model.inputs.map((input) => {
    const shape = input.shape.map((size, axis) => size ?? (axis === 0 ? EXAMPLES : STEPS));
    const features = shape.length > 2 ? shape.at(-1)! : 1;
    const steps = Array.from({length: shape.reduce((a, b) => a * b, 1) / features}, () => random() < 0.5);
    return tf.tensor(
      steps.flatMap((isPadding) => new Array<number>(features).fill(isPadding ? padding : padding + 1)),
      shape,
    );
  });
}

function outputsOf(model: tf.LayersModel, inputs: tf.Tensor[]): tf.Tensor[] | undefined {
  try {
    return [model.predict(inputs)].flat();
  } catch {
    return undefined;
  }
}

function isNear(a: tf.Tensor, b: tf.Tensor): boolean {
  const largest = tf.maximum(tf.abs(a).max(), 1e-3);
  return a.sub(b).abs().max().div(largest).dataSync()[0]! <= TOLERANCE;
}
