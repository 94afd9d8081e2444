// The weights in Keras 3's files: model.weights.h5 inside a .keras file, and .weights.h5 by itself. Arrays are numbered
// under the place that each layer has in the tree of layers. Source: keras.src.saving.saving_lib.
import type {ArrayToWrite, Attribute, Hdf5, Hdf5ToWrite} from '../../files/hdf5';
import {heldWeight} from '../../tfjs/layers';
import type {tf} from '../../tfjs/tensorflow';
import {arrayAt, variablesOf, type Places} from './variables';
import type {Assignment} from './assignments';

/** Keras 2.12 and 2.13 called the group of layers by this name. */
const OLD_LAYERS = '_layer_checkpoint_dependencies';

/** Adds arrays under a place in the tree. */
export function putVariables(file: Hdf5ToWrite, path: string, name: string, arrays: readonly ArrayToWrite[]): void {
  const vars = path === '' ? 'vars' : `${path}/vars`;
  file.attributes.set(vars, new Map<string, Attribute>([['name', name]]));
  arrays.forEach((array, i) => file.arrays.set(`${vars}/${i}`, array));
}

/** A model's weights as Keras 3 writes them; they are held on to until they are written. */
export function weightsToKeras(model: tf.LayersModel, names: ReadonlyMap<string, string>): Hdf5ToWrite {
  const file: Hdf5ToWrite = {attributes: new Map(), arrays: new Map()};
  for (const {path, layer, weights} of variablesOf(model)) {
    putVariables(file, path, names.get(layer.name) ?? layer.name, weights.map(heldWeight));
  }
  return file;
}

/** Whether these are weights as Keras 3 writes them. */
export function isKerasWeights(file: Hdf5): boolean {
  return [...file.arrays.keys()].some((path) => /(^|\/)vars\/\d+$/.test(path));
}

/** Keras 2.13 to 2.15 on Windows joined the names of groups by backslashes. */
export function slashed({attributes, arrays}: Hdf5): Hdf5 {
  const withSlashes = <Value>(entries: Map<string, Value>) =>
    new Map([...entries].map(([path, value]) => [path.replaceAll('\\', '/'), value]));
  return {attributes: withSlashes(attributes), arrays: withSlashes(arrays)};
}

/** Which array goes into which weight. */
export function assignmentsFromKeras(file: Hdf5, model: tf.LayersModel): Assignment[] {
  return variablesOf(model, groupsOf(file)).flatMap(({path, layer, weights}) => {
    const found = countOf(file, path);
    if (found !== weights.length) {
      throw new Error(
        `layer '${layer.name}' needs ${weights.length} weights, the file has ${found} for it, under '${path}'`,
      );
    }
    return weights.map((weight, i) => ({weight, array: arrayAt(file, `${path}/vars/${i}`), path: `${path}/vars/${i}`}));
  });
}

function countOf(file: Hdf5, path: string): number {
  const vars = path === '' ? 'vars' : `${path}/vars`;
  let count = 0;
  while (file.arrays.has(`${vars}/${count}`)) count++;
  return count;
}

/**
 * How 2.12 and 2.13 numbered layers: a layer with weights was counted twice, so that dense is followed by dense_2.
 * What stands there in the order of its numbers is what belongs to the layers of that class in their order.
 */
function groupsOf(file: Hdf5): Places | undefined {
  const old = [...file.arrays.keys()].some((path) => path.startsWith(`${OLD_LAYERS}/`));
  if (!old) return undefined;
  return (parent, stem, layers) => {
    const place = parent === '' ? OLD_LAYERS : `${parent}/${OLD_LAYERS}`;
    const numbers = new Set<number>();
    for (const path of file.arrays.keys()) {
      if (!path.startsWith(`${place}/`)) continue;
      const [name = ''] = path.slice(place.length + 1).split('/');
      if (name === stem) numbers.add(0);
      else if (name.startsWith(`${stem}_`) && /^\d+$/.test(name.slice(stem.length + 1))) {
        numbers.add(Number(name.slice(stem.length + 1)));
      }
    }
    const withWeights = layers.filter((layer) => layer.weights.length > 0);
    const sorted = [...numbers].sort((a, b) => a - b);
    return new Map(
      withWeights.map((layer, i) => {
        const number = sorted[i] ?? i;
        return [layer, `${place}/${number === 0 ? stem : `${stem}_${number}`}`];
      }),
    );
  };
}
