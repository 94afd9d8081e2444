// tfjs frees a tensor as soon as the last layer that reads it has done so. A layer that gets the same one twice counts once
// as a reader and twice as having read, so that the tensor is gone before others, or the layer itself, come to it.
// Importing this file gives each further place a copy. Only the executor sees the copies, as it goes by an output's
// `inputs`: the model's layers, nodes and configuration stay as they are.
import {tf} from './tensorflow';

type Apply = tf.layers.Layer['apply'];

/** A layer that hands on what comes in, which tfjs copies, and its mask. */
function copyOf(x: tf.SymbolicTensor): tf.SymbolicTensor {
  const name = `${x.sourceLayer.name}_again`;
  return tf.layers.activation({activation: 'linear', name}).apply(x) as tf.SymbolicTensor;
}

const layer: {apply: (this: tf.layers.Layer, ...given: Parameters<Apply>) => ReturnType<Apply>} =
  tf.layers.Layer.prototype;
const usual = layer.apply;
layer.apply = function (...given) {
  const result = usual.apply(this, given);
  for (const output of [result].flat()) {
    if (!(output instanceof tf.SymbolicTensor)) continue;
    const {inputs} = output;
    if (new Set(inputs).size === inputs.length) continue;
    // Another list: the node, and whoever called, has this one.
    Object.assign(output, {inputs: inputs.map((x, i) => (inputs.indexOf(x) < i ? copyOf(x) : x))});
  }
  return result;
};
