// All that the model files need to know of TensorFlow.js's insides, which its types keep private. A test goes over each.
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

/** A weight: `read()` gives its tf.Variable. */
export type Weight = tf.LayerVariable;

/** A layer inside another one, with the attribute that holds it in Keras. */
export interface Sublayer {
  attribute: string;
  layer: tf.layers.Layer;
}

interface Insides {
  cell?: tf.layers.Layer;
  cells?: tf.layers.Layer[];
  layer?: tf.layers.Layer;
  forwardLayer?: tf.layers.Layer;
  backwardLayer?: tf.layers.Layer;
  /** Of layers of ours, by Keras's attributes. */
  sublayers?: Readonly<Record<string, tf.layers.Layer>>;
}

/** Whether a layer is a model: tf.sequential() or tf.model(). */
export function isContainer(layer: tf.layers.Layer): layer is tf.LayersModel {
  return layer instanceof tf.LayersModel;
}

/** The layers directly inside a model, a wrapper or a recurrent layer, in Keras's order. */
export function sublayers(layer: tf.layers.Layer): Sublayer[] {
  if (isContainer(layer)) return layer.layers.map((inner) => ({attribute: 'layers', layer: inner}));
  const {cell, cells, forwardLayer, backwardLayer, layer: wrapped, sublayers: own} = layer as unknown as Insides;
  if (own) return Object.entries(own).map(([attribute, inner]) => ({attribute, layer: inner}));
  if (forwardLayer && backwardLayer) {
    return [
      {attribute: 'forward_layer', layer: forwardLayer},
      {attribute: 'backward_layer', layer: backwardLayer},
    ];
  }
  if (wrapped) return [{attribute: 'layer', layer: wrapped}];
  if (cell) return [{attribute: 'cell', layer: cell}];
  return (cells ?? []).map((inner) => ({attribute: 'cells', layer: inner}));
}

/** A layer and all layers inside it; one that is used twice is there twice. */
export function withLayersInside(layer: tf.layers.Layer): tf.layers.Layer[] {
  return [layer, ...sublayers(layer).flatMap(({layer: inner}) => withLayersInside(inner))];
}

/** A layer and all layers inside it that learn, each once: neither they nor what holds them is frozen. */
export function learningLayers(layer: tf.layers.Layer): tf.layers.Layer[] {
  const all = [...new Set(withLayersInside(layer))];
  const frozen = new Set(all.filter(({trainable}) => !trainable).flatMap(withLayersInside));
  return all.filter((each) => !frozen.has(each));
}

/** A model and all models inside it. */
export function containers(layer: tf.layers.Layer): tf.LayersModel[] {
  const inside = sublayers(layer).flatMap((inner) => containers(inner.layer));
  return isContainer(layer) ? [layer, ...inside] : inside;
}

interface Own {
  _trainableWeights: Weight[];
  _nonTrainableWeights: Weight[];
}

/**
 * The weights that a layer counts as its own: trained first, then the others. Those of the layers inside aren't among them,
 * but for one that it keeps under a name of its own as well.
 */
export function ownWeights(layer: tf.layers.Layer): Weight[] {
  const {_trainableWeights, _nonTrainableWeights} = layer as unknown as Own;
  return [..._trainableWeights, ..._nonTrainableWeights];
}

/** What the regularizers of a layer itself add to the loss, one function each. */
export function penaltiesOf(layer: tf.layers.Layer): (() => tf.Scalar)[] {
  return (layer as unknown as {_losses: (() => tf.Scalar)[]})._losses;
}

/**
 * All weights of a layer and of those inside it, each once, in the order of Keras's .h5 files: what is trained, then the
 * rest, so that freezing a part moves it to the end. tfjs's own `weights` differ where a model in the model is frozen.
 *
 * @param isLearning false where the file has the layer frozen as a whole, and so in order
 */
export function weightsTrainedFirst(layer: tf.layers.Layer, isLearning = true): Weight[] {
  const trained = new Map<Weight, boolean>();
  const visit = (inner: tf.layers.Layer, within: boolean) => {
    const learns = within && inner.trainable;
    const {_trainableWeights, _nonTrainableWeights} = inner as unknown as Own;
    for (const weight of _trainableWeights) {
      trained.set(weight, (trained.get(weight) ?? isTrained(weight)) && learns);
    }
    for (const weight of _nonTrainableWeights) trained.set(weight, false);
    for (const {layer: deeper} of sublayers(inner)) visit(deeper, learns);
  };
  visit(layer, isLearning);
  const weights = [...trained.keys()];
  return [...weights.filter((each) => trained.get(each)), ...weights.filter((each) => !trained.get(each))];
}

function isTrained(weight: Weight): boolean {
  return (weight as unknown as {trainable: boolean}).trainable;
}

/** An argument that the layer's own getConfig forgets. */
export function forgottenConfig(layer: tf.layers.Layer): Record<string, number> {
  const {depthMultiplier} = layer as unknown as {depthMultiplier?: number};
  return depthMultiplier === undefined ? {} : {depth_multiplier: depthMultiplier};
}

/** The tfjs variable that a weight is kept in. */
export function variableOf(weight: Weight): tf.Variable {
  return (weight as unknown as {val: tf.Variable}).val;
}

/** The name under which TensorFlow.js's optimizers know a weight. */
export function variableName(weight: Weight): string {
  return variableOf(weight).name;
}

/**
 * A weight as it is now, whatever it is trained to afterwards. Its values are only held on to, and come into JavaScript's
 * memory with `read()`; they may be the weight's own, so they mustn't be changed. `free()` lets go.
 */
export function heldWeight(weight: Weight): {shape: number[]; read: () => Float32Array; free: () => void} {
  const held = tf.keep(weight.read().clone());
  return {
    shape: held.shape,
    read: () => held.dataSync<'float32'>(),
    free: () => {
      held.dispose();
    },
  };
}

/** Sets a weight to exactly these values: unlike weight.write(), no constraint is applied to them. */
export function setWeight(weight: Weight, values: Float32Array): void {
  const tensor = tf.tensor(values, weight.shape as number[], 'float32');
  variableOf(weight).assign(tensor);
  tensor.dispose();
}

/** Puts a model's layers in the order of its description, which Keras goes by where it counts them. */
function orderLayers(model: tf.LayersModel, topology: object): void {
  const {config} = topology as {config: {layers?: {config: {name: string}}[]}};
  const layers = config.layers ?? [];
  const places = new Map(layers.map((layer, i) => [layer.config.name, i]));
  for (const layer of model.layers) {
    if (isContainer(layer)) orderLayers(layer, layers[places.get(layer.name)!] ?? {config: {}});
  }
  if (model.layers.every((layer) => places.has(layer.name))) {
    model.layers.sort((a, b) => places.get(a.name)! - places.get(b.name)!);
  }
}

type AddWeight = (name: string, shape: tf.Shape, dtype: tf.DataType, ...rest: unknown[]) => Weight;

/** The most numbers that a model is built with which brings none itself: 4 GB. */
const MOST = 2 ** 30;

/**
 * Builds a model whose weights come from a file. They start as zeros, since drawing 25 million random numbers takes
 * seconds; and their number is limited to what the file holds, since a few digits changed in a file would otherwise
 * allocate any amount of memory.
 *
 * @param held how many numbers the file holds; without it, weights start as the layers' initializers say
 */
export async function buildModel(topology: object, held?: number): Promise<tf.LayersModel> {
  const prototype = tf.layers.Layer.prototype as unknown as {addWeight: AddWeight};
  const original = prototype.addWeight;
  const zeros = tf.initializers.zeros();
  const most = held ?? MOST;
  const built: Weight[] = [];
  let total = 0;
  const addWeight: AddWeight = function (this: tf.layers.Layer, name, shape, dtype, initializer, ...rest) {
    total += shape.reduce<number>((product, length) => product * (length ?? 1), 1);
    if (!(total <= most)) {
      const limit = held === undefined ? `${most} weights` : `the ${held} weights that it holds`;
      throw new Error(`its layers need more than ${limit}`);
    }
    const weight = original.call(this, name, shape, dtype, held === undefined ? initializer : zeros, ...rest);
    built.push(weight);
    return weight;
  };
  // modelFromJSON builds before it first awaits.
  const building = withReplaced(prototype, {addWeight}, () => tf.models.modelFromJSON(topology as never));
  try {
    const model = await building;
    orderLayers(model, topology);
    return model;
  } catch (error) {
    for (const weight of built) weight.dispose();
    throw error;
  }
}
