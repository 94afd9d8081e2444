// Masking and Embedding mark steps of a sequence that are padding. tfjs hands the marks on from layer to layer and drops
// them at the end, where a loss that is to leave padding out needs them.
import {isContainer} from './layers';
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

type Layer = tf.layers.Layer;

/** The masks of a model's outputs. */
export class Masks {
  private readonly masks = new Map<tf.Tensor, tf.Tensor>();

  /** Runs `f`, a call of the model, and notes. */
  during<T>(container: tf.LayersModel, f: () => T): T {
    const layers = [...new Set(lastLayers(container))].filter((layer) => layer.supportsMasking);
    return layers.reduce<() => T>((inner, layer) => {
      const watching = watched(layer, this.masks);
      return () => withReplaced(layer, watching, inner);
    }, f)();
  }

  /** undefined for an output that has none. */
  find(output: tf.Tensor): tf.Tensor | undefined {
    return this.masks.get(output);
  }

  /** Frees them. */
  dispose(): void {
    tf.dispose([...this.masks.values()]);
    this.masks.clear();
  }
}

function lastLayers(container: tf.LayersModel): Layer[] {
  return container.outputs.flatMap(({sourceLayer}) =>
    isContainer(sourceLayer) ? lastLayers(sourceLayer) : [sourceLayer],
  );
}

/** tfjs asks a layer for its mask right after it has called it. */
function watched(layer: Layer, masks: Map<tf.Tensor, tf.Tensor>): Pick<Layer, 'apply' | 'computeMask'> {
  const apply = layer.apply.bind(layer);
  const computeMask = layer.computeMask.bind(layer);
  let output: ReturnType<typeof apply> | undefined;
  return {
    apply: (inputs, kwargs) => (output = apply(inputs, kwargs)),
    computeMask: (inputs, mask) => {
      const computed = computeMask(inputs, mask) as tf.Tensor | null | (tf.Tensor | null)[];
      const own = [computed].flat();
      // A recurrent layer has a mask for its sequence, and none for its states.
      [output].flat().forEach((each, i) => {
        if (own[i] && each instanceof tf.Tensor) masks.set(each, tf.keep(own[i].clone()));
      });
      return computed as tf.Tensor;
    },
  };
}
