import {publicCall} from '../arguments/publicCall';
import {checkArguments} from '../arguments/schema';
import {containers, isContainer, withLayersInside} from './layers';
import {modelKind} from './model';
import {kerasClass} from './ownNames';
import type {tf} from './tensorflow';

const loaded = new WeakSet<tf.layers.Layer>();
const inFiles = new WeakMap<tf.layers.Layer, string>();

/**
 * Marks the containers of a model from a file: what they are called was chosen there.
 *
 * @param renamed Layers that are called otherwise in the file, by their names here.
 */
export function keepNames(model: tf.LayersModel, renamed: ReadonlyMap<string, string> = new Map()): void {
  for (const container of containers(model)) loaded.add(container);
  for (const layer of withLayersInside(model)) {
    const name = renamed.get(layer.name);
    if (name !== undefined) inFiles.set(layer, name);
  }
}

/** What a layer is called in the file that it came from. */
export function nameInFile(layer: tf.layers.Layer): string {
  return inFiles.get(layer) ?? layer.name;
}

/**
 * The names of a model's layers as Keras would give them: the layers that TensorFlow.js named itself (conv2d_Conv2D1)
 * are counted per class (conv2d, conv2d_1, …), a name that the user chose stays. Counted from the model's beginning,
 * as in a Keras session that made this model only; what a user's name has taken is skipped.
 *
 * @param model Any model.
 * @returns The name in TensorFlow.js → the name in Keras, for the model, its layers, and the layers inside those.
 * @throws Error for what isn't a model.
 *
 * @example
 * keras.layerNames(model).get(model.layers[0].name); // 'conv2d'
 */
export function layerNames(model: tf.LayersModel): Map<string, string> {
  return publicCall('keras.layerNames', () => {
    checkArguments({model}, {model: modelKind});
    return namesIn(model);
  });
}

function namesIn(model: tf.LayersModel): Map<string, string> {
  const layers = withLayersInside(model);
  const taken = new Set(layers.filter((layer) => defaultStem(layer) === undefined).map(nameInFile));
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  for (const layer of layers) {
    const stem = defaultStem(layer);
    if (stem === undefined || names.has(layer.name)) continue;
    let name: string;
    do {
      const count = counts.get(stem) ?? 0;
      counts.set(stem, count + 1);
      name = count === 0 ? stem : `${stem}_${count}`;
    } while (taken.has(name));
    names.set(layer.name, name);
  }
  for (const layer of layers) if (!names.has(layer.name)) names.set(layer.name, nameInFile(layer));
  return names;
}

/** What Keras would call this layer if TensorFlow.js named it; undefined if its user did. */
function defaultStem(layer: tf.layers.Layer): string | undefined {
  const className = layer.getClassName();
  if (isContainer(layer)) {
    // TensorFlow.js counts sequential_1, sequential_2, … and model1, model2, …
    if (loaded.has(layer) || !/^(sequential_|model|functional_?)\d+$/.test(layer.name)) return undefined;
    return className === 'Sequential' ? 'sequential' : 'functional';
  }
  // The wrapper's direction comes before the name of the layer that it copied.
  const [, direction = '', name] = /^(forward_|backward_)?(.*)$/s.exec(layer.name)!;
  const stem = snakeCase(kerasClass(className));
  const prefix = `${stem}_${className}`;
  return name!.startsWith(prefix) && /^\d+$/.test(name!.slice(prefix.length)) ? direction + stem : undefined;
}

/** Keras's rule for turning a class into a name: MaxPooling2D → max_pooling2d, PReLU → p_re_lu. */
export function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
