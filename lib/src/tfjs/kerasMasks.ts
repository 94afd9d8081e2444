// Which steps of a sequence are padding, handed on from layer to layer as Keras 3 does it: a mask belongs to a tensor, a layer
// finds those of its inputs and says what becomes of them. TensorFlow.js has one mask for a whole model, which goes on to layers
// that have nothing to do with it, takes the first input's for all, and merges otherwise.
import {isContainer, withLayersInside} from './layers';
import {MASKED_MERGES, mergedUnder} from './maskedMerges';
import './masking';
import {kerasClass} from './ownNames';
import {declareOurs} from './settings';
import {drawnMask, foundMask, type Mask, setMasks, takeMask} from './tensorMasks';
import {tf} from './tensorflow';

type Layer = tf.layers.Layer;

/** Layers whose output has the mask of their first input. What is in none of these lists ends a mask. */
const PASSES = new Set(
  (
    'Activation ActivityRegularization AdditiveAttention AlphaDropout Attention BatchNormalization Dense Dropout ELU ' +
    'GaussianDropout GaussianNoise GroupNormalization GroupedQueryAttention Identity LayerNormalization LeakyReLU MultiHeadAttention ' +
    'Normalization PReLU ReLU Rescaling Softmax SpatialDropout1D SpatialDropout2D SpatialDropout3D TimeDistributed ' +
    'UnitNormalization'
  ).split(' '),
);
const MAKES = new Set(['Masking', 'Embedding', 'ReversibleEmbedding']);
export const MERGES = new Set(['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum']);
export const RECURRENT = new Set(['RNN', 'SimpleRNN', 'LSTM', 'GRU', 'Bidirectional']);
/** Layers that leave padding out of a mean. */
const AVERAGES = new Set(['GlobalAveragePooling1D', 'BatchNormalization']);
/** Layers that are told the masks of all of their inputs. */
const ATTENDS = new Set(['MultiHeadAttention', 'GroupedQueryAttention', 'Attention', 'AdditiveAttention']);

/** The layer classes that Keras and this file hand masks on through. */
export const MASKING: ReadonlySet<string> = new Set([...PASSES, ...MAKES, ...MERGES, ...RECURRENT, 'Concatenate']);

/** Layers whose inputs have no masks any more for what comes to them later. */
const TAKES = 'MultiHeadAttention';
/** Layers that Keras writes the mask of their input down for, as it has it where the network is drawn. */
const NOTED = new Set([...RECURRENT, ...AVERAGES, 'TimeDistributed']);

interface Insides {
  maskZero?: boolean;
  returnSequences?: boolean;
  goBackwards?: boolean;
  mergeMode?: string | null;
  axis?: number;
  forwardLayer?: Layer;
  backwardLayer?: Layer;
  /** Of TimeDistributed. */
  layer?: Layer;
  /** Of a wrapper: the layer whose ways with masks it has. */
  masksAs?: Layer;
  setMaskMetadata: () => void;
}

const insides = (layer: Layer) => layer as unknown as Insides;

const asKeras = new WeakSet<tf.LayersModel>();

/** Whether its layers treat masks as Keras does: passMasksAsKeras made them. */
export const followsKeras = (model: tf.LayersModel): boolean => asKeras.has(model);

/** Whether any of its layers, at any depth, says which steps are padding. */
export function makesMasks(model: tf.LayersModel): boolean {
  return withLayersInside(model).some(
    (layer) => layer.getClassName() === 'Masking' || insides(layer).maskZero === true,
  );
}

/** Makes the layers of a model from a file of Keras's treat masks as Keras does; a model without masks stays as it is. */
export function passMasksAsKeras(model: tf.LayersModel): void {
  if (!makesMasks(model)) return;
  asKeras.add(model);
  const all = [...new Set(withLayersInside(model).flatMap((layer) => [layer, ...copiesBefore(layer)]))];
  const layers = all.filter((layer) => !isContainer(layer));
  for (const layer of layers) passMasks(layer);
  for (const container of all.filter(isContainer)) keepMasks(container);
  // What they note of the masks, they note anew at every call.
  for (const value of all.flatMap((layer): unknown[] => Object.values(layer))) {
    if (typeof value === 'function') declareOurs(value);
  }
}

/** Layers that are in no model's list: those of tfjs/repeatedInputs. */
function copiesBefore(layer: Layer): Layer[] {
  const outputs = layer.inboundNodes.flatMap((node) => node.outputTensors);
  return outputs.flatMap(({inputs}) => inputs.map((input) => input.sourceLayer)).filter((each) => each !== layer);
}

function passMasks(layer: Layer): void {
  const masking = insides(layer).masksAs ?? layer;
  const className = kerasClass(masking.getClassName());
  const apply = layer.apply.bind(layer);
  const usual = masking.computeMask.bind(masking);
  const {forwardLayer, backwardLayer} = insides(layer);
  if (forwardLayer && backwardLayer) for (const inner of [forwardLayer, backwardLayer]) zeroPadding(inner);
  if (className === 'TimeDistributed') handToSteps(layer, insides(layer).layer!);
  let masks: (tf.Tensor | null)[] = [];
  layer.supportsMasking = MASKING.has(className);
  insides(layer).setMaskMetadata = () => undefined;
  layer.apply = (inputs, kwargs) => {
    const tensors = [inputs].flat();
    if (!tensors.every((each) => each instanceof tf.Tensor)) return apply(inputs, kwargs);
    const drawnOnes = tensors.map(drawnMask);
    const isNoted = NOTED.has(className) && tensors.length === 1 && drawnOnes[0] !== undefined;
    const given = isNoted ? drawnOnes : tensors.map(foundMask);
    const isMerged = MASKED_MERGES.has(className) && given.some(Boolean);
    const result = isMerged
      ? tf.tidy(() => mergedUnder(className, tensors, given))
      : apply(inputs, {...kwargs, mask: maskFor(layer, className, given)});
    const outputs = [result].flat() as tf.Tensor[];
    const mask = maskAfter(layer, className, tensors, given, usual);
    const isAsDrawn = given.every((each, i) => each === drawnOnes[i]);
    const asDrawn = isAsDrawn ? mask : maskAfter(layer, className, tensors, drawnOnes, usual);
    for (const each of [mask, asDrawn]) {
      if (each && ![...given, ...drawnOnes].includes(each)) kept?.add(tf.keep(each));
    }
    if (className === TAKES) tensors.forEach(takeMask);
    const isTwice = className === 'Bidirectional' && insides(layer).mergeMode === null;
    masks = outputs.map((output, i) => {
      if (i > (isTwice ? 1 : 0)) return null;
      setMasks(output, asDrawn, mask);
      return mask ?? null;
    });
    return result;
  };
  // TensorFlow.js disposes what it is given.
  layer.computeMask = () => {
    const copies = masks.map((mask) => mask?.clone() ?? null) as tf.Tensor[];
    return copies.length === 1 ? copies[0]! : copies;
  };
}

/** What a layer is told of its inputs' masks. */
function maskFor(layer: Layer, className: string, given: Mask[]): Mask | Mask[] {
  if (!given.some(Boolean)) return undefined;
  const {layer: inner} = insides(layer);
  if (className === 'TimeDistributed') {
    return isContainer(inner!) ? given[0] : maskFor(inner!, kerasClass(inner!.getClassName()), given);
  }
  if (ATTENDS.has(className)) return given;
  if (className === 'Softmax') {
    throw new Error(
      `layer '${layer.name}' (Softmax): a mask reaches it, which Keras takes for one of its last axes; ` +
        "use the activation 'softmax' of the layer before it instead",
    );
  }
  // Called with initial states, a recurrent layer of Keras 3 isn't told of the mask, and hands it on.
  const isTold = (RECURRENT.has(className) && given.length === 1) || AVERAGES.has(className);
  return isTold ? given[0] : undefined;
}

function maskAfter(
  layer: Layer,
  className: string,
  inputs: tf.Tensor[],
  given: Mask[],
  own: Layer['computeMask'],
): Mask {
  const [first] = given;
  if (MAKES.has(className)) return (own(inputs[0]!) as tf.Tensor | null) ?? undefined;
  if (PASSES.has(className)) return first;
  if (RECURRENT.has(className)) return insides(layer).returnSequences === true ? first : undefined;
  if (MERGES.has(className)) {
    return given.every(Boolean)
      ? tf.tidy(() => (given as tf.Tensor[]).reduce((a, b) => tf.logicalOr(a, b)))
      : undefined;
  }
  if (className !== 'Concatenate' || !given.some(Boolean)) return undefined;
  return tf.tidy(() => {
    const whole = inputs.map((input, i) => {
      const mask = given[i];
      if (!mask) return tf.ones(input.shape, 'bool');
      return mask.rank < input.rank ? tf.logicalOr(mask.expandDims(-1), tf.zeros(input.shape, 'bool')) : mask;
    });
    return tf.any(tf.concat(whole, insides(layer).axis ?? -1), -1);
  });
}

/** Each step of TimeDistributed is told its own part of a mask. */
function handToSteps(layer: Layer, inner: Layer): void {
  const call = layer.call.bind(layer);
  layer.call = (inputs, kwargs: {mask?: tf.Tensor}) => {
    const {mask} = kwargs;
    if (!mask) return call(inputs, kwargs);
    return tf.tidy(() => {
      const masks = mask.unstack(1);
      const outputs = [inputs]
        .flat()[0]!
        .unstack(1)
        .map((step, i) => {
          if (isContainer(inner)) setMasks(step, undefined, masks[i]);
          return [inner.call(step, {...kwargs, mask: masks[i]!})].flat()[0]!;
        });
      return tf.stack(outputs, 1);
    });
  };
}

/** Inside Bidirectional, where sequences are returned, Keras has 0 at each step of padding and not the last output again. */
function zeroPadding(layer: Layer): void {
  const call = layer.call.bind(layer);
  const {returnSequences = false, goBackwards = false} = insides(layer);
  if (!returnSequences) return;
  layer.call = (inputs, kwargs: {mask?: tf.Tensor}) => {
    const {mask} = kwargs;
    const result = call(inputs, kwargs);
    if (!mask) return result;
    return tf.tidy(() => {
      const [output, ...states] = [result].flat() as [tf.Tensor, ...tf.Tensor[]];
      const steps = goBackwards ? mask.reverse(1) : mask;
      const left = tf.where(steps.expandDims(-1), output, 0);
      return Array.isArray(result) ? [left, ...states] : left;
    });
  };
}

/** The masks of models' outputs, which outlive what else is made inside of the models; undefined outside of them. */
let kept: Set<tf.Tensor> | undefined;

/**
 * Inside of a model its inputs have masks that layers find, and none that were there on drawing; the same goes for its outputs
 * outside of it.
 */
function keepMasks(model: tf.LayersModel): void {
  const call = model.call.bind(model);
  model.call = (inputs, kwargs) => {
    const around = kept;
    const inside = new Set<tf.Tensor>();
    kept = inside;
    const tensors = [inputs].flat();
    const before = tensors.map(drawnMask);
    const [noted] = tensors.length === 1 ? before : [];
    for (const tensor of tensors) setMasks(tensor, undefined, noted ?? foundMask(tensor));
    try {
      const result = call(inputs, kwargs);
      kept = around;
      for (const output of [result].flat()) {
        const mask = foundMask(output);
        if (!mask || !inside.has(mask)) continue;
        const copy = mask.clone();
        kept?.add(tf.keep(copy));
        setMasks(output, undefined, copy);
      }
      return result;
    } finally {
      kept = around;
      for (const [i, tensor] of tensors.entries()) setMasks(tensor, before[i], foundMask(tensor));
      for (const mask of inside) mask.dispose();
    }
  };
}
