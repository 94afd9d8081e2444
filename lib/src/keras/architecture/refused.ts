// Why a layer isn't read, and what to do about it.
import {shorten, type Json} from '../json';

const AGAIN = 'and save that';
const CUT = `keras.Model(layer.output, model.outputs), ${AGAIN}; then give it the numbers`;
const WORDS = `makes numbers of words or of other keys, and models here take numbers: in Python, cut the model behind it, ${CUT}`;
const OTHER_LIBRARY = `holds a model of another library: in Python, build the same out of Keras's own layers, ${AGAIN}`;

/** By Keras's class. */
const REASONS: ReadonlyMap<string, string> = new Map([
  [
    'Lambda',
    `holds Python code, and reading a file never runs code: in Python, put a layer or keras.ops in its place, ${AGAIN}`,
  ],
  ...['StringLookup', 'IntegerLookup', 'TextVectorization', 'Hashing', 'HashedCrossing', 'DenseFeatures'].map(
    (name) => [name, WORDS] as const,
  ),
  ...['TFSMLayer', 'JaxLayer', 'FlaxLayer', 'TorchModuleWrapper', 'KerasLayer'].map(
    (name) => [name, OTHER_LIBRARY] as const,
  ),
  [
    'RandomCrop',
    'predicts otherwise before Keras 3.8, which brings a part of the picture to the size where later ones hand it on: in ' +
      `Python, put CenterCrop in its place, or nothing, ${AGAIN}`,
  ],
  ['Pipeline', `holds layers that Keras doesn't save as parts of the model: in Python, call each by itself, ${AGAIN}`],
]);

/** The end of a sentence that begins with the layer. */
export function whyRefused(className: string): string {
  return (
    REASONS.get(className) ??
    'is none of the layers that are computed here (docs/keras-files.md lists them): in Python, build the network without ' +
      'it, give it the weights, model.set_weights(old.get_weights()), and save that; or cut the model before it, ' +
      'keras.Model(model.inputs, layer.input)'
  );
}

/** Why a layer can't have this dtype, and what to do about it. */
export function whyDtypeRefused(name: Json): string {
  if (name === 'string')
    return `words come in, and models here take numbers: in Python, cut the model behind the layer that makes numbers of them, ${CUT}`;
  return (
    `its dtype is ${shorten(name)}; float32, float16, float64 and mixed precision are read, of inputs whole numbers and bool, ` +
    "too: in Python, build the same network with dtype='float32', give it the weights, " +
    `model.set_weights(old.get_weights()), ${AGAIN}`
  );
}
