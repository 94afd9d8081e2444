import {sublayers} from './layers';
import type {tf} from './tensorflow';

type Layer = tf.layers.Layer;

/**
 * Does `work` while batch normalization that doesn't learn (`trainable: false`, of itself or of a model around it) uses
 * the averages that it has, and leaves them alone, as in Keras. tfjs would go on measuring the batches.
 */
export function withFrozenNormalization<T>(container: tf.LayersModel, work: () => T): T {
  const frozen = frozenNormalizations(container, false);
  for (const layer of frozen) {
    const call = layer.call.bind(layer);
    layer.call = (inputs, kwargs) => call(inputs, {...kwargs, training: false});
  }
  try {
    return work();
  } finally {
    // What the class has comes to light again.
    for (const layer of frozen) Reflect.deleteProperty(layer, 'call');
  }
}

function frozenNormalizations(layer: Layer, within: boolean): Layer[] {
  const frozen = within || !layer.trainable;
  if (layer.getClassName() === 'BatchNormalization') return frozen ? [layer] : [];
  return sublayers(layer).flatMap((inner) => frozenNormalizations(inner.layer, frozen));
}
