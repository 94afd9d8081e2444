import {sublayers} from './layers';
import {withReplaced} from './replaced';
import type {tf} from './tensorflow';

type Layer = tf.layers.Layer;

/**
 * Does `work` while batch normalization that doesn't learn (`trainable: false`, of itself or of a model around it) uses
 * the averages that it has, and leaves them alone, as in Keras. tfjs would go on measuring the batches.
 */
export function withFrozenNormalization<T>(container: tf.LayersModel, work: () => T): T {
  return frozenNormalizations(container, false).reduce<() => T>((inner, layer) => {
    const call = layer.call.bind(layer);
    const withAverages: Layer['call'] = (inputs, kwargs) => call(inputs, {...kwargs, training: false});
    return () => withReplaced(layer, {call: withAverages}, inner);
  }, work)();
}

function frozenNormalizations(layer: Layer, within: boolean): Layer[] {
  const frozen = within || !layer.trainable;
  if (layer.getClassName() === 'BatchNormalization') return frozen ? [layer] : [];
  return sublayers(layer).flatMap((inner) => frozenNormalizations(inner.layer, frozen));
}
