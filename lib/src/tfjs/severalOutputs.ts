// tfjs computes a layer anew for each of its outputs that is used: a model inside of another, an LSTM with its states. Beside
// the time that takes, batch normalization measured the batch twice, each output came from a dropout of its own, and a stateful
// layer went on by two steps. Importing this file has one computation serve all the outputs.
import {tf} from './tensorflow';

type Apply = tf.layers.Layer['apply'];

interface Computation {
  /** The scope in which tfjs's executor works through a model: another one each time. */
  scope: number;
  inputs: number[];
  outputs: tf.Tensor[];
}

const latest = new WeakMap<tf.layers.Layer, Computation>();

const layer: {apply: (this: tf.layers.Layer, ...given: Parameters<Apply>) => ReturnType<Apply>} =
  tf.layers.Layer.prototype;
const usual = layer.apply;
layer.apply = function (...given) {
  const tensors: unknown[] = [given[0]].flat();
  const scope = (tf.engine().state.activeScope as {id: number} | null)?.id;
  if (scope === undefined || !tensors.every((each) => each instanceof tf.Tensor)) return usual.apply(this, given);
  const inputs = tensors.map(({id}) => id);
  const before = latest.get(this);
  const isSame = before?.scope === scope && before.inputs.join() === inputs.join();
  // What is used up is disposed when a model predicts: then this is another call of the layer.
  if (isSame && before.outputs.every(({isDisposed}) => !isDisposed)) return before.outputs;
  const outputs = usual.apply(this, given) as tf.Tensor | tf.Tensor[];
  if (Array.isArray(outputs) && outputs.length > 1) latest.set(this, {scope, inputs, outputs});
  return outputs;
};
